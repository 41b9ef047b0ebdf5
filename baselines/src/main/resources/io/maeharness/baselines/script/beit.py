  # --- BEiT: masked patches enter the encoder as a learned token, and their words are predicted ------------------

  # Logits [N, M, V] at the patches masked [N, M] of images [N, C, S, S], fp32.
  def words_at(self, images: Tensor, masked: Tensor, p: Dict[str, Tensor], drop: Optional[Tensor]) -> Tensor:
    x = self.project(self.patches_for_embedding(images), p)  # [N, L, D]
    N, L, D = x.size()
    hidden = torch.zeros([N, L], device=images.device).scatter(1, masked, 1.).unsqueeze(-1)  # [N, L, 1], 1 = masked
    x = x * (torch.ones_like(hidden) - hidden) + p["mask_token"] * hidden
    x = torch.cat([p["cls_token"].expand(N, 1, D), x], 1)  # [N, 1+L, D]
    x = self.blocks(x, p, drop, self.bias_of(images, p))
    z = self.layer_norm(self.rows(x[:, 1:], masked), p, "norm")  # [N, M, D]
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
