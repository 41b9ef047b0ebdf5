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
    none = annotate(List[Tensor], [])
    steps = annotate(List[Tensor], [])
    for i in range(len(p)):
      torch.append(steps, step)
    torch._fused_adamw_(p, g, m, v, none, steps, lr=float(hyper[0]), beta1=self.beta1, beta2=self.beta2, weight_decay=float(hyper[1]), eps=1e-08, amsgrad=False, maximize=False)
    for i in range(len(g)):
      _ = torch.zero_(g[i])
    return step

  # Moves the average a towards p by 1 - decay.
  def average(self, decay: Tensor, p: List[Tensor], a: List[Tensor]) -> Tensor:
    weight = 1. - float(decay)
    for i in range(len(p)):
      _ = torch.lerp_(a[i], p[i], weight)
    return decay

  # Scales each gradient whose norm is larger down to that norm. -> the largest norm found []
  def clip_each(self, most: Tensor, g: List[Tensor]) -> Tensor:
    largest = torch.zeros([1], dtype=6, device=ops.prim.device(g[0]))
    for i in range(len(g)):
      norm = torch.reshape(torch.norm(g[i]), [1])
      _ = torch.mul_(g[i], torch.clamp(torch.div(torch.mul(torch.ones_like(norm), float(most)), torch.add(norm, 1e-06)), None, 1.))
      largest = torch.maximum(largest, norm)
    return largest

  # Scales all gradients down together when the norm of the whole is larger. -> that norm [1]
  def clip_all(self, most: Tensor, g: List[Tensor]) -> Tensor:
    square = torch.zeros([1], dtype=6, device=ops.prim.device(g[0]))
    for i in range(len(g)):
      square = torch.add(square, torch.reshape(torch.sum(torch.mul(g[i], g[i])), [1]))
    norm = torch.sqrt(square)
    factor = torch.clamp(torch.div(torch.mul(torch.ones_like(norm), float(most)), torch.add(norm, 1e-06)), None, 1.)
    for i in range(len(g)):
      _ = torch.mul_(g[i], factor)
    return norm
