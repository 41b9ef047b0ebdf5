# The encoder with a head, and its frozen features: all patches, no mask.
  pooled : bool

  # Frozen features [N, D]: the class token after the final norm, or the mean of the patch tokens of the last block.
  def features(self, images: Tensor, pos: Tensor, kind: Tensor, p: List[Tensor]) -> Tensor:
    q = self.leaves(p, annotate(List[int], torch.mul(torch.floor_divide(kind, 2), 2).tolist()))
    return self.pool(self.trunk(images, pos, q, None), q)

  def pool(self, x: Tensor, p: List[Tensor]) -> Tensor:
    D = torch.size(x, 2)
    i = self.norm()
    if self.pooled:
      return torch.mean(torch.slice(x, 1, 1), [1])
    return torch.select(torch.layer_norm(x, [D], p[i], p[i + 1], 1e-06), 1, 0)

  # Mean of the patch tokens -> fc_norm -> head; positions or relative position bias are the last parameter but four.
  def classify(self, images: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    n = len(p)
    pos = p[n - 5]
    if self.relative:
      pos = torch.empty([0], dtype=6, device=ops.prim.device(images))
    x = self.trunk(images, pos, p, drop)
    f = torch.mean(torch.slice(x, 1, 1), [1])  # [N, D]
    f = torch.layer_norm(f, [torch.size(f, 1)], p[n - 4], p[n - 3], 1e-06)
    return torch.to(self.linear(f, p[n - 2], p[n - 1]), 6)

  # One chunk of a supervised step. targets [N, classes] are probabilities; drop [N, 2*depth] scales each residual
  # branch of each sample (ones where there is no drop path).
  def finetune(self, images: Tensor, targets: Tensor, drop: Tensor, share: Tensor, kind: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    N = torch.size(images, 0)
    total = torch.zeros([1], dtype=6, device=ops.prim.device(images))
    at = 0
    while at < N:
      n = ops.prim.min(self.micro, N - at)
      paths = annotate(Optional[Tensor], None)
      if torch.numel(drop) > 0:
        paths = torch.narrow(drop, 0, at, n)
      logits = self.classify(torch.narrow(images, 0, at, n), q, paths)
      entropy = torch.neg(torch.sum(torch.mul(torch.narrow(targets, 0, at, n), torch.log_softmax(logits, -1)), [-1]))
      loss = torch.mul(torch.mean(entropy), float(share) * n / N)
      self.accumulate(loss, q, kinds, g)
      total = torch.add(total, torch.detach(loss))
      at = at + n
    return total

  # Logits [N, classes], fp32.
  def logits(self, images: Tensor, kind: Tensor, p: List[Tensor]) -> Tensor:
    q = self.leaves(p, annotate(List[int], torch.mul(torch.floor_divide(kind, 2), 2).tolist()))
    return self.classify(images, q, None)

