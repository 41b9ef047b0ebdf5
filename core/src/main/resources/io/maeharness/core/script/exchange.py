# Sums and copies of lists of tensors that may lie on several devices: PyTorch copies from one to the other itself.
class Exchange(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Adds each of b to that of a, on the device of a.
  def add(self, a: List[Tensor], b: List[Tensor]) -> Tensor:
    for i in range(len(a)):
      a[i].add_(b[i].to(a[i].device))
    return a[0]

  # Overwrites each of b with that of a.
  def copy(self, a: List[Tensor], b: List[Tensor]) -> Tensor:
    for i in range(len(a)):
      b[i].copy_(a[i])
    return a[0]

  # A product with 0 would keep what is no number.
  def clear(self, a: List[Tensor]) -> Tensor:
    for t in a:
      t.zero_()
    return a[0]
