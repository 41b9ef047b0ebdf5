  # --- momentum contrast ----------------------------------------------------------------------------------------
  #
  # N images of a batch, D encoder width, O width of the compared vectors. The query's parameters p are encoder, projector
  # and predictor; the key's k are encoder and projector. s and t are their running BatchNorm statistics, updated in place.
  temperature : float

  # --- heads ----------------------------------------------------------------------------------------------------

  # Linear layers without biases, each followed by BatchNorm over the batch; ReLU between, the last norm without
  # gain and bias. x [N, X] -> [N, O], fp32.
  def norm_mlp(self, x: Tensor, p: Dict[str, Tensor], name: str, layers: int, s: Dict[str, Tensor]) -> Tensor:
    for l in range(layers):
      w = p[name + "." + str(3 * l) + ".weight"]
      norm = name + "." + str(3 * l + 1)
      x = torch.linear(x.to(w.dtype), w, None).float()
      mean, var = s[norm + ".running_mean"], s[norm + ".running_var"]
      if l < layers - 1:
        x = torch.relu(torch.batch_norm(x, p[norm + ".weight"], p[norm + ".bias"], mean, var, True, 0.1, 1e-05, True))
      else:
        x = torch.batch_norm(x, None, None, mean, var, True, 0.1, 1e-05, True)
    return x

  # Class tokens [N, D] -> [N, O].
  def key(self, tokens: Tensor, k: Dict[str, Tensor], t: Dict[str, Tensor]) -> Tensor:
    return self.norm_mlp(tokens, k, "projector", 3, t)

  # Class tokens [N, D] -> [N, O].
  def query(self, tokens: Tensor, p: Dict[str, Tensor], s: Dict[str, Tensor]) -> Tensor:
    return self.norm_mlp(self.key(tokens, p, s), p, "predictor", 2, s)

  # --- loss -----------------------------------------------------------------------------------------------------

  # Rows of length 1.
  def unit(self, x: Tensor) -> Tensor:
    return x / torch.norm(x, 2, [1], True).clamp_min(1e-12)

  # Cosines over the temperature of every query with every key, [N, N]; a query's own key lies on the diagonal.
  def similarities(self, q: Tensor, k: Tensor) -> Tensor:
    return self.unit(q) @ self.unit(k).transpose(0, 1) / self.temperature

  # InfoNCE times 2 tau: the cross-entropy of finding the own key among those of the batch. q, k [N, O] -> [1]
  def info_nce(self, q: Tensor, k: Tensor) -> Tensor:
    s = self.similarities(q, k)
    entropy = s.logsumexp(1) - s.diagonal()
    return (entropy.mean() * (2. * self.temperature)).reshape(1)

  # Share of the queries whose own key is the nearest. -> [1]
  def found(self, q: Tensor, k: Tensor) -> Tensor:
    s = self.similarities(q, k).detach()
    return (s.diagonal() >= s.amax(1)).float().mean().reshape(1)

  # Each view's queries look for the other view's keys. -> loss [1], share found [1]
  def symmetric(self, t1: Tensor, t2: Tensor, k1: Tensor, k2: Tensor, p: Dict[str, Tensor], s: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
    q1 = self.query(t1, p, s)
    q2 = self.query(t2, p, s)
    return self.info_nce(q1, k2) + self.info_nce(q2, k1), (self.found(q1, k2) + self.found(q2, k1)) * 0.5

  # --- entry points ---------------------------------------------------------------------------------------------

  # The class token after the final norm. [N, C, S, S] -> [N, D]
  def class_token(self, images: Tensor, pos: Tensor, p: Dict[str, Tensor]) -> Tensor:
    return self.layer_norm(self.trunk(images, pos, p, None)[:, 0], p, "norm")

  # The key's parameters as the products read them: each in the type of the query's, without a graph.
  def fixed(self, k: Dict[str, Tensor], q: Dict[str, Tensor]) -> Dict[str, Tensor]:
    f : Dict[str, Tensor] = {}
    for name, t in k.items():
      f[name] = t.detach().to(q[name].dtype)
    return f

  # A whole batch at once: first and second views [N, C, S, S] of the same pictures. Adds the gradient to g.
  # -> [2]: the loss and the share of queries that find their key
  def contrast(self, first: Tensor, second: Tensor, pos: Tensor, kind: Tensor, p: Dict[str, Tensor], k: Dict[str, Tensor], s: Dict[str, Tensor], t: Dict[str, Tensor], g: List[Tensor]) -> Tensor:
    q = self.leaves(p, kind)
    f = self.fixed(k, q)
    k1 = self.key(self.class_token(first, pos, f), f, t)
    k2 = self.key(self.class_token(second, pos, f), f, t)
    loss, share = self.symmetric(self.class_token(first, pos, q), self.class_token(second, pos, q), k1, k2, q, s)
    self.accumulate(loss, q, g)
    return torch.cat([loss.detach(), share], 0)

  # Class tokens without a graph, micro-batch after micro-batch. [N, C, S, S] -> [N, D]
  def tokens(self, images: Tensor, pos: Tensor, kind: Tensor, p: Dict[str, Tensor]) -> Tensor:
    q = self.leaves(p, self.frozen(kind))
    return torch.cat([self.class_token(part, pos, q) for part in images.split(self.micro)], 0)

  # The loss of a whole batch from the class tokens [N, D] of the query (t1, t2) and of the key (u1, u2). Adds the
  # gradient of the heads to g. -> as contrast, and the gradients at t1 and t2 [N, D]
  def contrast_tokens(self, t1: Tensor, t2: Tensor, u1: Tensor, u2: Tensor, kind: Tensor, p: Dict[str, Tensor], k: Dict[str, Tensor], s: Dict[str, Tensor], t: Dict[str, Tensor], g: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    q = self.leaves(p, kind)
    f = self.fixed(k, q)
    k1 = self.key(u1, f, t)
    k2 = self.key(u2, f, t)
    a1 = t1.detach().requires_grad_(True)
    a2 = t2.detach().requires_grad_(True)
    loss, share = self.symmetric(a1, a2, k1, k2, q, s)
    q["tokens.1"] = a1
    q["tokens.2"] = a2
    d1 = torch.zeros_like(t1)
    d2 = torch.zeros_like(t2)
    self.accumulate(loss, q, g + [d1, d2])
    return torch.cat([loss.detach(), share], 0), d1, d2

  # Carries the gradients d [N, D] at the class tokens of images [N, C, S, S] on to the encoder's g.
  def pull(self, images: Tensor, d: Tensor, pos: Tensor, kind: Tensor, p: Dict[str, Tensor], g: List[Tensor]) -> Tensor:
    q = self.leaves(p, kind)
    at = 0
    for part in images.split(self.micro):
      n = part.size(0)
      self.accumulate((self.class_token(part, pos, q) * d[at:at + n]).sum(), q, g)
      at += n
    return d
