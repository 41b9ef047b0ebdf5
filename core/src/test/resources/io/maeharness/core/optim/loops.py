# What optimiser.py does to lists of tensors, one after another.
class Loops(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def average(self, decay: Tensor, p: List[Tensor], a: List[Tensor]) -> Tensor:
    for i in range(len(p)):
      a[i].lerp_(p[i], 1. - float(decay))
    return decay

  def factor(self, norm: Tensor, most: Tensor) -> Tensor:
    return (torch.ones_like(norm) * float(most) / (norm + 1e-06)).clamp_max(1.)

  def clip_each(self, most: Tensor, g: List[Tensor]) -> Tensor:
    for t in g:
      t.mul_(self.factor(t.norm().reshape(1), most))
    return most

  def clip_all(self, most: Tensor, g: List[Tensor]) -> Tensor:
    square = torch.zeros([1], device=g[0].device)
    for t in g:
      square = square + (t * t).sum().reshape(1)
    for t in g:
      t.mul_(self.factor(square.sqrt(), most))
    return most
