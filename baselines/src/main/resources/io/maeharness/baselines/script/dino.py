# Self-distillation without labels.
#
# V views of an image: two global ones of the whole size, then local ones of a smaller size. K outputs of the head.
# Parameters: the encoder with its positions, then the head: three layers with biases, and the last layer [K, bottleneck].
  grid : int
  student_temperature : float

  # --- network --------------------------------------------------------------------------------------------------

  # Positions [1, 1+L, D] for views of g x g patches: bicubic where the grid is another than the model's.
  # The interpolation is a matrix, so that its gradient is a product, which gives the same bits on every device.
  def positions_of(self, pos: Tensor, g: int) -> Tensor:
    if g == self.grid:
      return pos
    L = self.grid * self.grid
    eye = torch.view(torch.eye(L, dtype=6, device=ops.prim.device(pos)), [1, L, self.grid, self.grid])
    weights = torch.view(torch.upsample_bicubic2d(eye, [g, g], False, None, None), [L, g * g])
    patches = torch.matmul(torch.transpose(weights, 0, 1), torch.select(torch.slice(pos, 1, 1), 0, 0))  # [g*g, D]
    return torch.cat([torch.slice(pos, 1, 0, 1), torch.unsqueeze(patches, 0)], 1)

  # Rows of unit length.
  def unit(self, x: Tensor) -> Tensor:
    norm = torch.sqrt(torch.sum(torch.mul(x, x), [-1], True))
    return torch.div(x, torch.clamp_min(norm, 1e-12))

  # Class token after the final norm [N, D] -> cosines with the rows of the last layer, whose gain is 1 [N, K] fp32.
  def head(self, x: Tensor, p: List[Tensor]) -> Tensor:
    i = self.place() + 1
    h = torch.gelu(self.linear(x, p[i], p[i + 1]))
    h = torch.gelu(self.linear(h, p[i + 2], p[i + 3]))
    z = self.unit(torch.to(self.linear(h, p[i + 4], p[i + 5]), 6))
    return torch.matmul(z, torch.transpose(self.unit(p[i + 6]), 0, 1))

  # [N, C, s, s] -> [N, K]
  def outputs(self, images: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    pos = self.positions_of(p[self.place()], torch.floordiv(torch.size(images, 2), self.patch))
    x = torch.select(self.trunk(images, pos, p, drop), 1, 0)
    x = torch.layer_norm(x, [torch.size(x, 1)], p[self.norm()], p[self.norm() + 1], 1e-06)
    return self.head(x, p)

  # --- loss -----------------------------------------------------------------------------------------------------

  # Probabilities of the teacher's outputs [2N, K] under a centre [1, K].
  def centred(self, teacher: Tensor, centre: Tensor, temperature: float) -> Tensor:
    return torch.softmax(torch.div(torch.sub(teacher, centre), temperature), -1)

  # Mean cross-entropy over all pairs of a global view of the teacher, target [2N, K], and another view of the student [V*N, K].
  def distillation(self, student: Tensor, target: Tensor) -> Tensor:
    K = torch.size(student, 1)
    N = torch.floordiv(torch.size(target, 0), 2)
    views = torch.floordiv(torch.size(student, 0), N)
    log_p = torch.view(torch.log_softmax(torch.div(student, self.student_temperature), -1), [views, N, K])
    others = torch.sub(torch.sum(log_p, [0], True), torch.narrow(log_p, 0, 0, 2))  # [2, N, K]
    total = torch.sum(torch.mul(torch.view(target, [2, N, K]), others))
    return torch.div(torch.neg(total), N * 2 * (views - 1))

  # Adds what the teacher said to the tally: outputs [1, K], probabilities [1, K], entropies [1, 1].
  def count(self, teacher: Tensor, target: Tensor, tally: List[Tensor]) -> None:
    _ = torch.add_(tally[0], torch.sum(teacher, [0], True))
    _ = torch.add_(tally[1], torch.sum(target, [0], True))
    _ = torch.add_(tally[2], torch.neg(torch.sum(torch.xlogy(target, target))))

  # --- entry points ---------------------------------------------------------------------------------------------

  # Drop-path factors of some views of some images, [V, N, 2*depth] -> [v*n, 2*depth]; none where there are none.
  def paths(self, drop: Tensor, view: int, views: int, at: int, n: int) -> Optional[Tensor]:
    if torch.numel(drop) == 0:
      return None
    some = torch.narrow(torch.narrow(drop, 0, view, views), 1, at, n)
    return torch.reshape(some, [views * n, torch.size(drop, 2)])

  # Some images of the views from first to last, one view after the other.
  def stacked(self, views: List[Tensor], first: int, last: int, at: int, n: int) -> Tensor:
    some = annotate(List[Tensor], [])
    for v in range(first, last):
      torch.append(some, torch.narrow(views[v], 0, at, n))
    return torch.cat(some, 0)

  # One chunk of an optimisation step. hyper is [teacher temperature, share]; views are V times [N, C, s, s]; drop is
  # [V, N, 2*depth] or empty; t are the teacher's parameters. Adds share * gradient to g; -> share * loss [1].
  def distil(self, hyper: Tensor, centre: Tensor, drop: Tensor, kind: Tensor, views: List[Tensor], p: List[Tensor], t: List[Tensor], tally: List[Tensor], g: List[Tensor]) -> Tensor:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    u = self.leaves(t, annotate(List[int], torch.mul(torch.floor_divide(kind, 2), 2).tolist()))
    V = len(views)
    N = torch.size(views[0], 0)
    total = torch.zeros([1], dtype=6, device=ops.prim.device(centre))
    at = 0
    while at < N:
      n = ops.prim.min(self.micro, N - at)
      images = self.stacked(views, 0, 2, at, n)
      teacher = self.outputs(images, u, None)
      target = self.centred(teacher, centre, float(hyper[0]))
      self.count(teacher, target, tally)
      student = self.outputs(images, q, self.paths(drop, 0, 2, at, n))
      if V > 2:
        small = self.outputs(self.stacked(views, 2, V, at, n), q, self.paths(drop, 2, V - 2, at, n))
        student = torch.cat([student, small], 0)
      loss = torch.mul(self.distillation(student, target), float(hyper[1]) * n / N)
      self.accumulate(loss, q, kinds, g)
      total = torch.add(total, torch.detach(loss))
      at = at + n
    return total

  # Ends a step: hyper is [outputs in the tally, share of itself that the centre keeps]. Moves the centre towards the mean
  # output and clears the tally; -> mean entropy of the teacher's outputs and entropy of their mean, nats [2].
  def settle(self, hyper: Tensor, centre: Tensor, tally: List[Tensor]) -> Tensor:
    rows = float(hyper[0])
    keep = float(hyper[1])
    _ = torch.add_(torch.mul_(centre, keep), torch.div(tally[0], rows), alpha=1. - keep)
    mean = torch.div(tally[1], rows)
    within = torch.div(torch.reshape(tally[2], [1]), rows)
    whole = torch.reshape(torch.neg(torch.sum(torch.xlogy(mean, mean))), [1])
    for i in range(len(tally)):
      _ = torch.zero_(tally[i])
    return torch.cat([within, whole], 0)

  # Loss and gradient of given outputs, [V*N, K] of the student and [2N, K] of the teacher, which enter the tally.
  def compare(self, temperature: Tensor, centre: Tensor, student: Tensor, teacher: Tensor, tally: List[Tensor]) -> Tuple[Tensor, Tensor]:
    target = self.centred(teacher, centre, float(temperature))
    self.count(teacher, target, tally)
    s = torch.requires_grad_(torch.detach(student), True)
    loss = torch.reshape(self.distillation(s, target), [1])
    seed = annotate(List[Optional[Tensor]], [None])
    grads = torch.autograd.grad([loss], [s], seed, None, False, True)
    return (torch.detach(loss), unchecked_cast(Tensor, grads[0]))
