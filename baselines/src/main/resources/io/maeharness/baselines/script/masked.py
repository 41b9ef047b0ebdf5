  # --- masked patches enter the encoder as a learned token ------------------------------------------------------

  # Outputs of the encoder, after the final norm, at the patches masked [N, M] of images [N, C, S, S]. -> [N, M, D]
  def at_masked(self, images: Tensor, masked: Tensor, p: Dict[str, Tensor], drop: Optional[Tensor]) -> Tensor:
    x = self.project(self.patches_for_embedding(images), p)  # [N, L, D]
    N, L, D = x.size()
    hidden = torch.zeros([N, L], device=images.device).scatter(1, masked, 1.).unsqueeze(-1)  # [N, L, 1], 1 = masked
    x = x * (torch.ones_like(hidden) - hidden) + p["mask_token"] * hidden
    x = torch.cat([p["cls_token"].expand(N, 1, D), x], 1)  # [N, 1+L, D]
    x = self.blocks(x, p, drop, self.bias_of(images, p))
    return self.layer_norm(self.rows(x[:, 1:], masked), p, "norm")
