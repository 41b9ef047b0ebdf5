# What a device is fed with. Blocks lie in the memory of the processor; where they are pinned, a copy of one is asked
# for and not waited for, and PyTorch hands a released block out again when the device has read it.
class Feed(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  pinned : bool
  values : int

  # how [2]: the kind of values, by PyTorch's number, and how many -> a block of them, of any content
  def block(self, how: Tensor) -> Tensor:
    h : List[int] = how.tolist()
    return torch.empty(h[1:], dtype=h[0], device=torch.device("cpu"), pin_memory=self.pinned)

  # A copy on the device of like. shape [dimensions]
  def put(self, block: Tensor, like: Tensor, shape: Tensor) -> Tensor:
    s : List[int] = shape.tolist()
    return block.to(like.device, block.dtype, True, True).reshape(s)

  # What the levels of images standardise to. block [N*C*S*S]; table [C*256]; first [C, 1, 1], place of each channel's 0 in the
  # table; shape [4] -> [N, C, S, S]. Some images at a time, as a place takes eight bytes.
  def standardised(self, block: Tensor, table: Tensor, first: Tensor, shape: Tensor) -> Tensor:
    s : List[int] = shape.tolist()
    levels = block.to(table.device, block.dtype, True, True).reshape(s)
    out = torch.empty(s, dtype=table.dtype, device=table.device)
    some = max(1, self.values // (s[1] * s[2] * s[3]))
    a = 0
    while a < s[0]:
      b = min(s[0], a + some)
      torch.take(table, levels[a:b] + first, out=out[a:b])
      a = b
    return out
