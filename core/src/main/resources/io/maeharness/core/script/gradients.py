  # --- parameters and their gradients ---------------------------------------------------------------------------
  #
  # Parameters p and gradients g are kept by name, in fp32. kind [P] says of each parameter, in the order of their names,
  # how it is used: 0 frozen, 1 trained, +2 when matrix products may read it as bf16.
  bf16 : bool
  micro : int

  # Leaves of the graph: the parameters as the products read them.
  def leaves(self, p: Dict[str, Tensor], kind: Tensor) -> Dict[str, Tensor]:
    kinds : List[int] = kind.tolist()
    q : Dict[str, Tensor] = {}
    for i, name in enumerate(sorted(p.keys())):
      t = p[name].detach()
      if self.bf16 and kinds[i] >= 2:
        t = t.to(15)
      q[name] = t.requires_grad_(kinds[i] % 2 == 1)
    return q

  # The same kinds with every parameter frozen.
  def frozen(self, kind: Tensor) -> Tensor:
    return kind // 2 * 2

  # Adds the gradients of the loss at the trained leaves q to g.
  def accumulate(self, loss: Tensor, q: Dict[str, Tensor], g: Dict[str, Tensor]) -> None:
    names : List[str] = []
    trained : List[Tensor] = []
    for name, t in q.items():
      if t.requires_grad:
        names.append(name)
        trained.append(t)
    grads = torch.autograd.grad([loss], trained, allow_unused=True)
    for i in range(len(names)):
      grad = grads[i]
      if grad is not None:
        g[names[i]].add_(grad)
