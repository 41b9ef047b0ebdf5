# Linear probing on frozen features: BatchNorm without affine, a linear layer, LARS.
#
# N samples, D features, C classes. The head p holds head.weight [C, D], head.bias [C], bn.running_mean and bn.running_var [D].
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
    if p.dim() > 1:
      d = torch.add(g, p, alpha=self.weight_decay)
      weight = float(p.norm())
      update = float(d.norm())
      if weight > 0. and update > 0.:
        d = d * (self.trust * weight / update)
    m.mul_(self.momentum).add_(d)
    p.sub_(m, alpha=lr)

  # Features [N, D] without mean and deviation: those of the batch, which move the running ones, or the running ones.
  def normalised(self, features: Tensor, p: Dict[str, Tensor], of_batch: bool) -> Tensor:
    return torch.batch_norm(features, None, None, p["bn.running_mean"], p["bn.running_var"], of_batch, 0.1, 1e-06, False)

  # features [N, D]; labels [N] int64; m holds the momenta of weight and bias; -> loss [1].
  def train_step(self, features: Tensor, labels: Tensor, lr: Tensor, p: Dict[str, Tensor], m: Dict[str, Tensor]) -> Tensor:
    w = p["head.weight"].detach().requires_grad_(True)
    b = p["head.bias"].detach().requires_grad_(True)
    logits = torch.linear(self.normalised(features, p, True), w, b)  # [N, C]
    loss = torch.cross_entropy_loss(logits, labels)
    grads = torch.autograd.grad([loss], [w, b])
    dw = grads[0]
    db = grads[1]
    if dw is not None and db is not None:
      self.lars(p["head.weight"], dw, m["weight"], float(lr))
      self.lars(p["head.bias"], db, m["bias"], float(lr))
    return loss.detach().reshape(1)

  # Updates given gradients: what train_step does after the backward pass.
  def lars_step(self, lr: Tensor, p: List[Tensor], g: List[Tensor], m: List[Tensor]) -> Tensor:
    for i in range(len(p)):
      self.lars(p[i], g[i], m[i], float(lr))
    return lr

  # Logits [N, C] with the running statistics.
  def logits(self, features: Tensor, p: Dict[str, Tensor]) -> Tensor:
    return torch.linear(self.normalised(features, p, False), p["head.weight"], p["head.bias"])

  # Rows [N] of features [T, D] -> [N, D].
  def rows(self, features: Tensor, rows: Tensor) -> Tensor:
    return features.index_select(0, rows)

  # Mean cross-entropy of views [T, D] with labels [T], one after another N in all, and by how much it lies above its
  # minimum: half the squared Newton decrement, in double precision. K = D + 1 weights of a class. -> [2]
  def excess(self, views: List[Tensor], labels: Tensor, p: Dict[str, Tensor]) -> Tensor:
    labels = labels.repeat(len(views))  # [N]
    x = self.normalised(torch.cat(views, 0), p, False)
    logits = torch.linear(x, p["head.weight"], p["head.bias"])
    N, C, K = x.size(0), logits.size(1), x.size(1) + 1
    loss = torch.cross_entropy_loss(logits, labels)
    share = logits.softmax(-1)  # [N, C]
    x = torch.cat([x, torch.ones([N, 1], device=x.device)], 1)  # [N, K]
    error = share - torch.one_hot(labels, C).float()
    gradient = (error.transpose(0, 1) @ x / N).double()  # [C, K]
    hessian = torch.zeros([C, K, C, K], dtype=7, device=x.device)
    for a in range(C):
      for b in range(a + 1):
        weight = -(share[:, a] * share[:, b])
        if a == b:
          weight = weight + share[:, a]
        product = (x * weight.unsqueeze(1)).transpose(0, 1) @ x / N  # [K, K]
        hessian[a, :, b] = product.double()
        hessian[b, :, a] = product.transpose(0, 1).double()
    hessian = hessian.reshape(C * K, C * K)
    # All classes moved by one vector change nothing, and fp32 products know a curvature to about 1e-6 of the largest.
    ridge = torch.eye(C * K, dtype=7, device=x.device) * (float(hessian.diagonal().max()) * 1e-06)
    slope = gradient.reshape(C * K, 1)
    step = torch.linalg_solve(hessian + ridge, slope)
    decrement = (slope * step).sum()
    return torch.stack([loss.double(), decrement * 0.5], 0).float()
