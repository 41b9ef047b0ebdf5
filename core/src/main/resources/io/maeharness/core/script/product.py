# The ceiling of a device: square matrix products in bf16.
class Product(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  times : int

  # a, b [n, n] fp32, cast once, multiplied so many times that the casts do not count.
  def bf16(self, a: Tensor, b: Tensor) -> Tensor:
    x = a.to(15)
    y = b.to(15)
    z = x
    for i in range(self.times):
      z = torch.mm(x, y)
    return z.float()
