  # --- BEiT: the words of masked patches are predicted -----------------------------------------------------------

  # Logits [N, M, V] at the patches masked [N, M] of images [N, C, S, S], fp32.
  def words_at(self, images: Tensor, masked: Tensor, p: Dict[str, Tensor], drop: Optional[Tensor]) -> Tensor:
    z = self.at_masked(images, masked, p, drop)  # [N, M, D]
    return self.linear(z, p, "lm_head").float()

  # Mean cross-entropy of the words of masked patches: images [N, C, S, S], masked [N, M], words [N, L] int64. -> [1]
  def loss(self, batch: Dict[str, Tensor], fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tensor:
    drop : Optional[Tensor] = None
    if "drop" in batch:
      drop = batch["drop"]
    masked = batch["masked"]
    logits = self.words_at(batch["images"], masked, p, drop)
    words = batch["words"].gather(1, masked)
    return torch.cross_entropy_loss(logits.reshape(-1, logits.size(2)), words.reshape(-1)).reshape(1)

  # The logits alone, without drop path.
  def predict_words(self, images: Tensor, masked: Tensor, kind: Tensor, p: Dict[str, Tensor]) -> Tensor:
    return self.words_at(images, masked, self.leaves(p, self.frozen(kind)), None)
