  # --- parameters and their gradients ---------------------------------------------------------------------------
  #
  # Parameters p are kept by name, their gradients g in the order of the names, in fp32. kind [P] says of each parameter, in
  # that order, how it is used: 0 frozen, 1 trained, +2 when matrix products may read it as bf16.
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

  # The leaves of parameters that are not trained, in the order of their names: what a pass over many images makes once.
  def frozen_leaves(self, kind: Tensor, p: Dict[str, Tensor]) -> List[Tensor]:
    return self.leaves(p, self.frozen(kind)).values()

  # The same kinds with every parameter frozen.
  def frozen(self, kind: Tensor) -> Tensor:
    return kind // 2 * 2

  # Adds the gradients of the loss at the trained leaves q to g, which holds one for each of q in its order.
  def accumulate(self, loss: Tensor, q: Dict[str, Tensor], g: List[Tensor]) -> None:
    trained : List[Tensor] = []
    sums : List[Tensor] = []
    for i, t in enumerate(q.values()):
      if t.requires_grad:
        trained.append(t)
        sums.append(g[i])
    for i, grad in enumerate(torch.autograd.grad([loss], trained, allow_unused=True)):
      if grad is not None:
        sums[i].add_(grad)
