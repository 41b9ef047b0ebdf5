# Optimisers over lists of parameters, in place.
class Optimiser(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  beta1 : float
  beta2 : float

  # AdamW with a learning rate and a weight decay for each parameter; hyper [parameters, 2]; step [1], counted from 1.
  # A rate of -1 leaves the parameter alone. Gradients are set to zero afterwards.
  def adamw(self, step: Tensor, hyper: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor]) -> Tensor:
    none = annotate(List[Tensor], [])
    for i in range(len(p)):
      lr = float(hyper[i][0])
      if lr >= 0.:
        torch._fused_adamw_([p[i]], [g[i]], [m[i]], [v[i]], none, [step], lr=lr, beta1=self.beta1, beta2=self.beta2, weight_decay=float(hyper[i][1]), eps=1e-08, amsgrad=False, maximize=False)
        _ = torch.zero_(g[i])
    return step

  # Moves the average a towards p by 1 - decay.
  def average(self, decay: Tensor, p: List[Tensor], a: List[Tensor]) -> Tensor:
    weight = 1. - float(decay)
    for i in range(len(p)):
      _ = torch.lerp_(a[i], p[i], weight)
    return decay
