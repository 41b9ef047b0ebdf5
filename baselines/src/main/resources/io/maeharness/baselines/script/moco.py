  # Momentum contrast on the transformer of vit.py.
  #
  # N images of a batch, D encoder width, O width of the compared vectors. The query's parameters p are encoder,
  # projector and predictor; the key's k are encoder and projector. s and t are their running BatchNorm statistics,
  # mean and variance of each norm in order, updated in place.
  temperature : float

  # --- heads ----------------------------------------------------------------------------------------------------

  # Linear layers without biases, each followed by BatchNorm over the batch; ReLU between, the last norm without
  # gain and bias. x [N, X] -> [N, O], fp32.
  def norm_mlp(self, x: Tensor, p: List[Tensor], i: int, layers: int, s: List[Tensor], j: int) -> Tensor:
    for l in range(layers):
      x = torch.to(torch.linear(torch.to(x, ops.prim.dtype(p[i])), p[i], None), 6)
      if l < layers - 1:
        x = torch.relu(torch.batch_norm(x, p[i + 1], p[i + 2], s[j], s[j + 1], True, 0.1, 1e-05, True))
      else:
        x = torch.batch_norm(x, None, None, s[j], s[j + 1], True, 0.1, 1e-05, True)
      i = i + 3
      j = j + 2
    return x

  # Class tokens [N, D] -> [N, O]: seven parameters and three norms from the projector on.
  def key(self, tokens: Tensor, k: List[Tensor], t: List[Tensor]) -> Tensor:
    return self.norm_mlp(tokens, k, self.norm() + 2, 3, t, 0)

  # Class tokens [N, D] -> [N, O]: the projector, then four parameters and two norms of the predictor.
  def query(self, tokens: Tensor, p: List[Tensor], s: List[Tensor]) -> Tensor:
    return self.norm_mlp(self.key(tokens, p, s), p, self.norm() + 9, 2, s, 6)

  # --- loss -----------------------------------------------------------------------------------------------------

  # Rows of length 1.
  def unit(self, x: Tensor) -> Tensor:
    return torch.div(x, torch.clamp_min(torch.norm(x, 2, [1], True), 1e-12))

  # Cosines over the temperature of every query with every key, [N, N]; a query's own key lies on the diagonal.
  def similarities(self, q: Tensor, k: Tensor) -> Tensor:
    return torch.div(torch.matmul(self.unit(q), torch.transpose(self.unit(k), 0, 1)), self.temperature)

  # InfoNCE times 2 tau: the cross-entropy of finding the own key among those of the batch. q, k [N, O] -> [1]
  def info_nce(self, q: Tensor, k: Tensor) -> Tensor:
    s = self.similarities(q, k)
    entropy = torch.sub(torch.logsumexp(s, [1]), torch.diagonal(s, 0, 0, 1))
    return torch.reshape(torch.mul(torch.mean(entropy), 2. * self.temperature), [1])

  # Share of the queries whose own key is the nearest. -> [1]
  def found(self, q: Tensor, k: Tensor) -> Tensor:
    s = torch.detach(self.similarities(q, k))
    best = torch.ge(torch.diagonal(s, 0, 0, 1), torch.amax(s, [1], False))
    return torch.reshape(torch.mean(torch.to(best, 6)), [1])

  # Each view's queries look for the other view's keys. -> loss [1], share found [1]
  def symmetric(self, t1: Tensor, t2: Tensor, k1: Tensor, k2: Tensor, p: List[Tensor], s: List[Tensor]) -> Tuple[Tensor, Tensor]:
    q1 = self.query(t1, p, s)
    q2 = self.query(t2, p, s)
    loss = torch.add(self.info_nce(q1, k2), self.info_nce(q2, k1))
    return (loss, torch.mul(torch.add(self.found(q1, k2), self.found(q2, k1)), 0.5))

  # --- entry points ---------------------------------------------------------------------------------------------

  # The class token after the final norm. [N, C, S, S] -> [N, D]
  def class_token(self, images: Tensor, pos: Tensor, p: List[Tensor]) -> Tensor:
    x = torch.select(self.trunk(images, pos, p, None), 1, 0)
    return torch.layer_norm(x, [torch.size(x, 1)], p[self.norm()], p[self.norm() + 1], 1e-06)

  # A whole batch at once: first and second views [N, C, S, S] of the same pictures. Adds the gradient to g.
  # -> [2]: the loss and the share of queries that find their key
  def contrast(self, first: Tensor, second: Tensor, pos: Tensor, kind: Tensor, p: List[Tensor], k: List[Tensor], s: List[Tensor], t: List[Tensor], g: List[Tensor]) -> Tensor:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    fixed = self.leaves(k, self.frozen(kinds))
    k1 = self.key(self.class_token(first, pos, fixed), fixed, t)
    k2 = self.key(self.class_token(second, pos, fixed), fixed, t)
    loss, share = self.symmetric(self.class_token(first, pos, q), self.class_token(second, pos, q), k1, k2, q, s)
    self.accumulate(loss, q, kinds, g)
    return torch.cat([torch.detach(loss), share], 0)

  # The kinds with every parameter frozen.
  def frozen(self, kinds: List[int]) -> List[int]:
    still = annotate(List[int], [])
    for kind in kinds:
      torch.append(still, kind - kind % 2)
    return still

  # Class tokens without a graph, micro-batch after micro-batch. [N, C, S, S] -> [N, D]
  def tokens(self, images: Tensor, pos: Tensor, kind: Tensor, p: List[Tensor]) -> Tensor:
    q = self.leaves(p, self.frozen(annotate(List[int], kind.tolist())))
    parts = annotate(List[Tensor], [])
    for images_of_part in torch.split(images, self.micro, 0):
      torch.append(parts, self.class_token(images_of_part, pos, q))
    return torch.cat(parts, 0)

  # The loss of a whole batch from the class tokens [N, D] of the query (t1, t2) and of the key (u1, u2). Adds the
  # gradient of the heads to g. -> as contrast, and the gradients at t1 and t2 [N, D]
  def contrast_tokens(self, t1: Tensor, t2: Tensor, u1: Tensor, u2: Tensor, kind: Tensor, p: List[Tensor], k: List[Tensor], s: List[Tensor], t: List[Tensor], g: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    fixed = self.leaves(k, self.frozen(kinds))
    k1 = self.key(u1, fixed, t)
    k2 = self.key(u2, fixed, t)
    a1 = torch.requires_grad_(torch.detach(t1), True)
    a2 = torch.requires_grad_(torch.detach(t2), True)
    loss, share = self.symmetric(a1, a2, k1, k2, q, s)
    torch.append(q, a1)
    torch.append(q, a2)
    torch.append(kinds, 1)
    torch.append(kinds, 1)
    d1 = torch.zeros_like(t1)
    d2 = torch.zeros_like(t2)
    sums = torch.add(g, [d1, d2])
    self.accumulate(loss, q, kinds, sums)
    return (torch.cat([torch.detach(loss), share], 0), d1, d2)

  # Carries the gradients d [N, D] at the class tokens of images [N, C, S, S] on to the encoder's g.
  def pull(self, images: Tensor, d: Tensor, pos: Tensor, kind: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    at = 0
    for part in torch.split(images, self.micro, 0):
      n = torch.size(part, 0)
      self.accumulate(torch.sum(torch.mul(self.class_token(part, pos, q), torch.narrow(d, 0, at, n))), q, kinds, g)
      at = at + n
    return d
