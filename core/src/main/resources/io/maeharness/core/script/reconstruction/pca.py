  # --- target: projections on principal components -------------------------------------------------------------------
  # Mean squared error of predictions pred [N, M, X] of the patches that removed [N, M] counts; basis [1+X, P*P*C], the mean
  # patch first -> [].
  def target_loss(self, pred: Tensor, removed: Tensor, batch: Dict[str, Tensor], fixed: Dict[str, Tensor]) -> Tensor:
    basis = fixed["basis"]
    return self.squared_error(pred, (self.patches_of(batch, removed) - basis[:1]) @ basis[1:].transpose(0, 1))
