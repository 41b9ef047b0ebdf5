  # --- target: pixels ------------------------------------------------------------------------------------------------
  # Mean squared error of predictions pred [N, M, P*P*C] of the patches that removed [N, M] counts -> [].
  def target_loss(self, pred: Tensor, removed: Tensor, batch: Dict[str, Tensor], fixed: Dict[str, Tensor]) -> Tensor:
    return self.squared_error(pred, self.patches_of(batch, removed))
