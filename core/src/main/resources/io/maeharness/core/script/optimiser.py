# Optimisers over lists of parameters, in place.
#
# torch._foreach_ operations work on lists that a method was given: on one made here the importer of TorchScript takes them
# for a change of the list, which nobody reads, and leaves them out.
class Optimiser(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  beta1 : float
  beta2 : float

  # AdamW on parameters that share a learning rate and a weight decay: hyper [2]; step [], counted from 1.
  def adamw(self, step: Tensor, hyper: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
    none : List[Tensor] = []
    steps = [step for t in p]
    torch._fused_adamw_(p, g, m, v, none, steps, lr=float(hyper[0]), beta1=self.beta1, beta2=self.beta2, weight_decay=float(hyper[1]), eps=1e-08, amsgrad=False, maximize=False)
    return step

  # Sets all values to zero: a product with 0 would keep what is no number.
  def clear(self, sums: Tensor) -> Tensor:
    return sums.zero_()

  # Moves the average a towards p by 1 - decay.
  def average(self, decay: Tensor, p: List[Tensor], a: List[Tensor]) -> Tensor:
    torch._foreach_lerp_(a, p, 1. - float(decay))
    return decay

  # Scales each gradient whose norm is larger down to that norm. -> the norms [P]
  def clip_each(self, most: Tensor, g: List[Tensor]) -> Tensor:
    norms = torch.stack(torch._foreach_norm(g))  # [P]
    torch._foreach_mul_(g, self.factor(norms, most).unbind(0))
    return norms

  # Scales all gradients down together when the norm of the whole is larger. -> that norm [1]
  def clip_all(self, most: Tensor, g: List[Tensor]) -> Tensor:
    square = torch.zeros([1], device=g[0].device)
    for t in g:
      square = square + (t * t).sum().reshape(1)
    norm = square.sqrt()
    torch._foreach_mul_(g, self.factor(norm, most)[0])
    return norm

  # What brings each norm [n] down to the largest that is allowed; at most 1. -> [n]
  def factor(self, norm: Tensor, most: Tensor) -> Tensor:
    return (torch.ones_like(norm) * float(most) / (norm + 1e-06)).clamp_max(1.)
