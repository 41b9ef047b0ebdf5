  # --- target: words of a tokenizer ----------------------------------------------------------------------------------
  # Mean cross-entropy of predictions pred [N, M, W*V] of the patches that removed [N, M] counts; words [N, L, W], W of a
  # patch -> [].
  def target_loss(self, pred: Tensor, removed: Tensor, batch: Dict[str, Tensor], fixed: Dict[str, Tensor]) -> Tensor:
    words = self.rows(batch["words"], removed)  # [N, M, W]
    V = pred.size(2) // words.size(2)
    return torch.cross_entropy_loss(pred.reshape(-1, V), words.reshape(-1))
