  # The relative position bias [H, 1+L, 1+L] of images of this size.
  def bias_of(self, images: Tensor, table: Tensor) -> Tensor:
    return self.relative_bias(table, torch.floordiv(torch.size(images, 2), self.patch))
