# Linear probing on frozen features: BatchNorm without affine, a linear layer, LARS.
class Probe(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  momentum : float
  trust : float
  weight_decay : float

  # One LARS update of p from g with momentum buffer m; no trust ratio and no decay for rank <= 1.
  def lars(self, p: Tensor, g: Tensor, m: Tensor, lr: float) -> None:
    d = g
    if torch.dim(p) > 1:
      d = torch.add(g, p, alpha=self.weight_decay)
      weight = float(torch.norm(p))
      update = float(torch.norm(d))
      if weight > 0. and update > 0.:
        d = torch.mul(d, self.trust * weight / update)
    _0 = torch.add_(torch.mul_(m, self.momentum), d)
    _1 = torch.sub_(p, m, alpha=lr)

  # p = [weight, bias, running mean, running variance]; m = [momentum of weight, of bias].
  # features [N, D]; labels [N] int64; -> loss [1].
  def train_step(self, features: Tensor, labels: Tensor, lr: Tensor, p: List[Tensor], m: List[Tensor]) -> Tensor:
    w = torch.requires_grad_(torch.detach(p[0]), True)
    b = torch.requires_grad_(torch.detach(p[1]), True)
    x = torch.batch_norm(features, None, None, p[2], p[3], True, 0.1, 1e-06, False)
    loss = torch.cross_entropy_loss(torch.linear(x, w, b), labels)
    seed = annotate(List[Optional[Tensor]], [None])
    grads = torch.autograd.grad([loss], [w, b], seed, None, False, False)
    self.lars(p[0], unchecked_cast(Tensor, grads[0]), m[0], float(lr))
    self.lars(p[1], unchecked_cast(Tensor, grads[1]), m[1], float(lr))
    return torch.reshape(torch.detach(loss), [1])

  # Updates given gradients: what train_step does after the backward pass.
  def lars_step(self, lr: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor]) -> Tensor:
    for i in range(len(p)):
      self.lars(p[i], g[i], m[i], float(lr))
    return lr

  # Logits [N, classes] with the running statistics.
  def logits(self, features: Tensor, p: List[Tensor]) -> Tensor:
    x = torch.batch_norm(features, None, None, p[2], p[3], False, 0.1, 1e-06, False)
    return torch.linear(x, p[0], p[1])
