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
