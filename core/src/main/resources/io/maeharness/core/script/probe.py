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

  # Rows [N] of features [T, D] -> [N, D].
  def rows(self, features: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(features, 0, rows)

  # Mean cross-entropy of views [T, D] with labels [T], one after another N in all, and by how much it lies above its minimum: half the squared
  # Newton decrement, in double precision. C classes, K = D + 1 weights of a class. -> [2]
  def excess(self, views: List[Tensor], labels: Tensor, p: List[Tensor]) -> Tensor:
    labels = torch.repeat(labels, [len(views)])  # [N]
    x = torch.batch_norm(torch.cat(views, 0), None, None, p[2], p[3], False, 0.1, 1e-06, False)
    logits = torch.linear(x, p[0], p[1])
    N = torch.size(x, 0)
    C = torch.size(logits, 1)
    K = torch.size(x, 1) + 1
    loss = torch.cross_entropy_loss(logits, labels)
    share = torch.softmax(logits, -1)  # [N, C]
    x = torch.cat([x, torch.ones([N, 1], dtype=6, device=ops.prim.device(x))], 1)  # [N, K]
    error = torch.sub(share, torch.to(torch.one_hot(labels, C), 6))
    gradient = torch.to(torch.div(torch.matmul(torch.transpose(error, 0, 1), x), N), 7)  # [C, K]
    hessian = torch.zeros([C, K, C, K], dtype=7, device=ops.prim.device(x))
    for a in range(C):
      for b in range(a + 1):
        weight = torch.neg(torch.mul(torch.select(share, 1, a), torch.select(share, 1, b)))
        if a == b:
          weight = torch.add(weight, torch.select(share, 1, a))
        product = torch.div(torch.matmul(torch.transpose(torch.mul(x, torch.unsqueeze(weight, 1)), 0, 1), x), N)  # [K, K]
        _0 = torch.copy_(torch.select(torch.select(hessian, 0, a), 1, b), torch.to(product, 7))
        _1 = torch.copy_(torch.select(torch.select(hessian, 0, b), 1, a), torch.to(torch.transpose(product, 0, 1), 7))
    hessian = torch.reshape(hessian, [C * K, C * K])
    # All classes moved by one vector change nothing, and fp32 products know a curvature to about 1e-6 of the largest.
    ridge = torch.mul(torch.eye(C * K, dtype=7, device=ops.prim.device(x)), float(torch.max(torch.diagonal(hessian))) * 1e-06)
    slope = torch.reshape(gradient, [C * K, 1])
    step = torch.linalg_solve(torch.add(hessian, ridge), slope)
    decrement = torch.sum(torch.mul(slope, step))
    return torch.to(torch.stack([torch.to(loss, 7), torch.mul(decrement, 0.5)]), 6)
