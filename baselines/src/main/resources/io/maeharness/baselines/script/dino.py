  # --- self-distillation without labels -------------------------------------------------------------------------
  #
  # V views of an image: two global ones of the whole size, then local ones of a smaller size. K outputs of the head.
  # The teacher's parameters are among the fixed inputs, as teacher.NAME.
  grid : int
  student_temperature : float

  # --- network --------------------------------------------------------------------------------------------------

  # Positions [1, 1+L, D] for views of g x g patches: bicubic where the grid is another than the model's.
  # The interpolation is a matrix, so that its gradient is a product, which gives the same bits on every device.
  def positions_of(self, pos: Tensor, g: int) -> Tensor:
    if g == self.grid:
      return pos
    L = self.grid * self.grid
    eye = torch.eye(L, dtype=6, device=pos.device).view(1, L, self.grid, self.grid)
    weights = torch.upsample_bicubic2d(eye, [g, g], False, None, None).view(L, g * g)
    patches = weights.transpose(0, 1) @ pos[:, 1:][0]  # [g*g, D]
    return torch.cat([pos[:, :1], patches.unsqueeze(0)], 1)

  # Rows of unit length.
  def unit(self, x: Tensor) -> Tensor:
    return x / (x * x).sum(dim=-1, keepdim=True).sqrt().clamp_min(1e-12)

  # Class token after the final norm [N, D] -> cosines with the rows of the last layer, whose gain is 1 [N, K] fp32.
  def head(self, x: Tensor, p: Dict[str, Tensor]) -> Tensor:
    h = torch.gelu(self.linear(x, p, "head.mlp.0"))
    h = torch.gelu(self.linear(h, p, "head.mlp.2"))
    z = self.unit(self.linear(h, p, "head.mlp.4").float())  # [N, bottleneck]
    return z @ self.unit(p["head.last_layer.weight_v"]).transpose(0, 1)

  # [N, C, s, s] -> [N, K]
  def outputs(self, images: Tensor, p: Dict[str, Tensor], drop: Optional[Tensor]) -> Tensor:
    pos = self.positions_of(p["pos_embed"], images.size(2) // self.patch)
    x = self.trunk(images, pos, p, drop)[:, 0]  # [N, D]
    return self.head(self.layer_norm(x, p, "norm"), p)

  # --- loss -----------------------------------------------------------------------------------------------------

  # Probabilities of the teacher's outputs [2N, K] under a centre [1, K].
  def centred(self, teacher: Tensor, centre: Tensor, temperature: float) -> Tensor:
    return ((teacher - centre) / temperature).softmax(-1)

  # Mean cross-entropy over all pairs of a global view of the teacher, target [2N, K], and another view of the student
  # [V*N, K].
  def distillation(self, student: Tensor, target: Tensor) -> Tensor:
    K = student.size(1)
    N = target.size(0) // 2
    views = student.size(0) // N
    log_p = (student / self.student_temperature).log_softmax(-1).view(views, N, K)
    others = log_p.sum(dim=0, keepdim=True) - log_p[:2]  # [2, N, K]
    total = (target.view(2, N, K) * others).sum()
    return -total / (N * 2 * (views - 1))

  # Adds what the teacher said to the tally: outputs [1, K], probabilities [1, K], entropies [1, 1].
  def count(self, teacher: Tensor, target: Tensor, tally: Dict[str, Tensor]) -> None:
    tally["tally.outputs"].add_(teacher.sum(dim=0, keepdim=True))
    tally["tally.probabilities"].add_(target.sum(dim=0, keepdim=True))
    tally["tally.entropies"].add_(-torch.xlogy(target, target).sum())

  # Drop-path factors [N, V, 2*depth] of some views -> [v*N, 2*depth], view after view; none where there are none.
  def paths(self, batch: Dict[str, Tensor], first: int, last: int) -> Optional[Tensor]:
    paths : Optional[Tensor] = None
    if "drop" in batch:
      some = batch["drop"][:, first:last].transpose(0, 1)
      paths = some.reshape(-1, some.size(2))
    return paths

  # The views from first to last, one after the other. -> [v*N, C, s, s]
  def stacked(self, batch: Dict[str, Tensor], first: int, last: int) -> Tensor:
    return torch.cat([batch["view." + str(v)] for v in range(first, last)], 0)

  # views: V times [N, C, s, s]. fixed: centre [1, K], the tally, the teacher's temperature on the CPU. -> [1]
  def loss(self, batch: Dict[str, Tensor], fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tensor:
    V = len(batch)
    if "drop" in batch:
      V -= 1
    images = self.stacked(batch, 0, 2)
    teacher = self.outputs(images, self.teacher(fixed, p), None)
    target = self.centred(teacher, fixed["centre"], float(fixed["temperature"]))
    self.count(teacher, target, fixed)
    student = self.outputs(images, p, self.paths(batch, 0, 2))
    if V > 2:
      student = torch.cat([student, self.outputs(self.stacked(batch, 2, V), p, self.paths(batch, 2, V))], 0)
    return self.distillation(student, target).reshape(1)

  # The teacher's parameters as the products read them: each in the type of the student's, without a graph.
  def teacher(self, fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Dict[str, Tensor]:
    t : Dict[str, Tensor] = {}
    for name, student in p.items():
      t[name] = fixed["teacher." + name].detach().to(student.dtype)
    return t

  # --- entry points ---------------------------------------------------------------------------------------------

  # Ends a step: hyper is [outputs in the tally, share of itself that the centre keeps]. Moves the centre towards the mean
  # output and clears the tally; -> mean entropy of the teacher's outputs and entropy of their mean, nats [2].
  def settle(self, hyper: Tensor, centre: Tensor, tally: Dict[str, Tensor]) -> Tensor:
    rows = float(hyper[0])
    keep = float(hyper[1])
    centre.mul_(keep).add_(tally["tally.outputs"] / rows, alpha=1. - keep)
    mean = tally["tally.probabilities"] / rows
    within = tally["tally.entropies"].reshape(1) / rows
    whole = -torch.xlogy(mean, mean).sum().reshape(1)
    for t in tally.values():
      t.zero_()
    return torch.cat([within, whole], 0)

  # Loss and gradient of given outputs, [V*N, K] of the student and [2N, K] of the teacher, which enter the tally.
  def compare(self, temperature: Tensor, centre: Tensor, student: Tensor, teacher: Tensor, tally: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
    target = self.centred(teacher, centre, float(temperature))
    self.count(teacher, target, tally)
    s = student.detach().requires_grad_(True)
    loss = self.distillation(s, target).reshape(1)
    grad = torch.zeros_like(s)
    self.accumulate(loss[0], {"student": s}, [grad])
    return loss.detach(), grad
