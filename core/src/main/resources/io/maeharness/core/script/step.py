  # --- the training step ----------------------------------------------------------------------------------------

  # One chunk of an optimisation step, micro-batch after micro-batch. A method contributes loss(batch, fixed, p), whose first
  # value is differentiated. batch: tensors of N images each, [N, ...]; fixed: what all images share, and "share", the part
  # of the step that these images are. Adds share * gradient to g, which is in the order of the names of p; -> share * loss [1], or as many values as the loss has.
  def step(self, kind: Tensor, fixed: Dict[str, Tensor], batch: Dict[str, Tensor], p: Dict[str, Tensor], g: List[Tensor]) -> Tensor:
    q = self.leaves(p, kind)
    share = float(fixed["share"])
    N = 0
    for t in batch.values():
      N = t.size(0)
    losses : List[Tensor] = []
    at = 0
    while at < N:
      n = min(self.micro, N - at)
      part : Dict[str, Tensor] = {}
      for name, t in batch.items():
        part[name] = t[at:at + n]
      loss = self.loss(part, fixed, q) * (share * n / N)  # [values]
      self.accumulate(loss[0], q, g)
      losses.append(loss.detach())
      at += n
    total = losses[0]
    for loss in losses[1:]:
      total = total + loss
    return total
