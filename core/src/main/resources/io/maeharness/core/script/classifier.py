  # --- the encoder with a head, and its frozen features: all patches, no mask -----------------------------------
  pooled : bool

  # Frozen features [N, D]: the class token after the final norm, or the mean of the patch tokens of the last block.
  # pos [1, 1+L, D] are fixed positions; empty where they are relative. q: frozen leaves.
  def features(self, images: Tensor, pos: Tensor, q: Dict[str, Tensor]) -> Tensor:
    given : Optional[Tensor] = None
    if pos.numel() > 0:
      given = pos
    x = self.trunk(images, given, q, None)  # [N, 1+L, D]
    if self.pooled:
      return x[:, 1:].mean(1)
    return self.layer_norm(x, q, "norm")[:, 0]

  # Mean of the patch tokens -> fc_norm -> head. drop [N, 2 * depth] scales each residual branch of each sample.
  # images [N, C, S, S] -> logits [N, classes], fp32
  def classify(self, images: Tensor, p: Dict[str, Tensor], drop: Optional[Tensor]) -> Tensor:
    pos : Optional[Tensor] = None
    if not self.relative:
      pos = p["pos_embed"]
    x = self.trunk(images, pos, p, drop)[:, 1:].mean(1)  # [N, D]
    return self.linear(self.layer_norm(x, p, "fc_norm"), p, "head").float()

  # Mean cross-entropy with targets [N, classes], which are probabilities. -> [1]
  def loss(self, batch: Dict[str, Tensor], fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tensor:
    drop : Optional[Tensor] = None
    if "drop" in batch:
      drop = batch["drop"]
    logits = self.classify(batch["images"], p, drop)
    entropy = -(batch["targets"] * logits.log_softmax(-1)).sum(-1)  # [N]
    return entropy.mean().reshape(1)

  # Logits [N, classes], fp32. q: frozen leaves.
  def logits(self, images: Tensor, q: Dict[str, Tensor]) -> Tensor:
    return self.classify(images, q, None)
