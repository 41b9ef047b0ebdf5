  # --- target: pixels less the mean of their patch, over its deviation -----------------------------------------------
  # Mean squared error of predictions pred [N, M, P*P*C] of the patches that removed [N, M] counts -> [].
  def target_loss(self, pred: Tensor, removed: Tensor, batch: Dict[str, Tensor], fixed: Dict[str, Tensor]) -> Tensor:
    patches = self.patches_of(batch, removed)
    mean = patches.mean(dim=-1, keepdim=True)
    var = patches.var(dim=-1, keepdim=True)
    return self.squared_error(pred, (patches - mean) / (var + 1e-06) ** 0.5)
