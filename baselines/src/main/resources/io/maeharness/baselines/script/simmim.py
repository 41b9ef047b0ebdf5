  # --- SimMIM: the pixels of masked patches are predicted by one linear layer ------------------------------------

  # Mean absolute error of the standardised pixels of the patches masked [N, M]; images [N, C, S, S]. -> [1]
  def loss(self, batch: Dict[str, Tensor], fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tensor:
    drop : Optional[Tensor] = None
    if "drop" in batch:
      drop = batch["drop"]
    images, masked = batch["images"], batch["masked"]
    pred = self.linear(self.at_masked(images, masked, p, drop), p, "decoder").float()  # [N, M, C*P*P]
    pixels = self.rows(self.patches_for_embedding(images), masked)  # [N, M, C*P*P]
    return (pred - pixels).abs().mean().reshape(1)
