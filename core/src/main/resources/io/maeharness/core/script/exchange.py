# Sums and copies of lists of tensors. Those of reduce and copy may lie on several devices: PyTorch copies from one to the
# other itself, and has each wait for what the other was asked for before.
class Exchange(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Adds each of b to that of a, on one device.
  def add(self, a: List[Tensor], b: List[Tensor]) -> Tensor:
    torch._foreach_add_(a, b)
    return a[0]

  # Overwrites each of b with that of a.
  def copy(self, a: List[Tensor], b: List[Tensor]) -> Tensor:
    torch._foreach_copy_(b, a)
    return a[0]

  # Sums the parts of several devices, D of them, pair by pair: 0 with 1, 2 with 3, then the two sums, and so on. parts are the
  # pieces of device 0, then those of device 1, ...; the sum is left in own, on its device.
  def reduce(self, own: List[Tensor], parts: List[Tensor]) -> Tensor:
    k = len(own)
    sums = [parts[i].to(own[i % k].device) for i in range(len(parts))]
    while len(sums) > k:
      pairs : List[Tensor] = []
      for i in range(len(sums) // (2 * k)):
        for j in range(k):
          pairs.append(sums[2 * i * k + j] + sums[(2 * i + 1) * k + j])
      sums = pairs
    torch._foreach_copy_(own, sums)
    return own[0]

  # A product with 0 would keep what is no number.
  def clear(self, a: List[Tensor]) -> Tensor:
    torch._foreach_zero_(a)
    return a[0]
