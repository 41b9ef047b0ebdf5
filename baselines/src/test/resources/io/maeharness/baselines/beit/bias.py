  # The relative position bias [H, 1+L, 1+L] of images of this size.
  def bias_of_table(self, images: Tensor, table: Tensor) -> Tensor:
    return self.relative_bias(table, images.size(2) // self.patch)
