# Optimisers over lists of parameters, in place.
class Optimiser(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  beta1 : float
  beta2 : float

  # AdamW on parameters that share a learning rate and a weight decay: hyper [2]; step [], counted from 1.
  # Gradients are set to zero afterwards.
  def adamw(self, step: Tensor, hyper: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
    none : List[Tensor] = []
    steps = [step for t in p]
    torch._fused_adamw_(p, g, m, v, none, steps, lr=float(hyper[0]), beta1=self.beta1, beta2=self.beta2, weight_decay=float(hyper[1]), eps=1e-08, amsgrad=False, maximize=False)
    for t in g:
      t.zero_()
    return step

  # Moves the average a towards p by 1 - decay.
  def average(self, decay: Tensor, p: List[Tensor], a: List[Tensor]) -> Tensor:
    weight = 1. - float(decay)
    for i in range(len(p)):
      a[i].lerp_(p[i], weight)
    return decay

  # Scales each gradient whose norm is larger down to that norm. -> the largest norm found [1]
  def clip_each(self, most: Tensor, g: List[Tensor]) -> Tensor:
    largest = torch.zeros([1], device=g[0].device)
    for t in g:
      norm = t.norm().reshape(1)
      t.mul_(self.factor(norm, most))
      largest = torch.maximum(largest, norm)
    return largest

  # Scales all gradients down together when the norm of the whole is larger. -> that norm [1]
  def clip_all(self, most: Tensor, g: List[Tensor]) -> Tensor:
    square = torch.zeros([1], device=g[0].device)
    for t in g:
      square = square + (t * t).sum().reshape(1)
    norm = square.sqrt()
    factor = self.factor(norm, most)
    for t in g:
      t.mul_(factor)
    return norm

  # What brings a norm [1] down to the largest that is allowed; at most 1. -> [1]
  def factor(self, norm: Tensor, most: Tensor) -> Tensor:
    return (torch.ones_like(norm) * float(most) / (norm + 1e-06)).clamp_max(1.)
