# The vision transformer, as TorchScript: what every method and the classifier on the encoder share.
#
# N images of a batch, L patches of an image, K patches kept, D encoder width, E decoder width,
# C channels, P side of a patch, H heads. Parameters arrive as one list in the order of Layout.encoder:
# class token, patch projection (2), blocks (12 each, 14 with layer scale), final norm (2), then one more: the positions
# [1, 1+L, D] where they are learned, or the relative position bias [(2g-1)^2 + 3, H].
# kind[i] says how parameter i is used: 0 frozen, 1 trained, +2 when matrix products read it as bf16.
class Vit(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  bf16 : bool
  fused_attention : bool
  layer_scale : bool
  relative : bool
  patch : int
  depth : int
  heads : int
  micro : int

  # --- parameters -----------------------------------------------------------------------------------------------

  # Leaves of the graph: the parameters as the products read them.
  def leaves(self, p: List[Tensor], kind: List[int]) -> List[Tensor]:
    q = annotate(List[Tensor], [])
    for i in range(len(p)):
      t = torch.detach(p[i])
      if self.bf16 and kind[i] >= 2:
        t = torch.to(t, 15)
      if kind[i] % 2 == 1:
        t = torch.requires_grad_(t, True)
      torch.append(q, t)
    return q

  # Adds the gradients of the loss to g (fp32), for trained parameters only.
  def accumulate(self, loss: Tensor, q: List[Tensor], kind: List[int], g: List[Tensor]) -> None:
    trained = annotate(List[Tensor], [])
    at = annotate(List[int], [])
    for i in range(len(q)):
      if kind[i] % 2 == 1:
        torch.append(trained, q[i])
        torch.append(at, i)
    seed = annotate(List[Optional[Tensor]], [None])
    grads = torch.autograd.grad([loss], trained, seed, None, False, True)
    for j in range(len(grads)):
      grad = grads[j]
      if grad is not None:
        _ = torch.add_(g[at[j]], unchecked_cast(Tensor, grad))

  # --- blocks ---------------------------------------------------------------------------------------------------

  def linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(torch.to(x, ops.prim.dtype(w)), w, b)

  # [N, L, D] fp32 -> [N, L, D] in the type of the products.
  # bias [H, L, L] is added to the scores.
  def attention(self, x: Tensor, p: List[Tensor], i: int, heads: int, bias: Optional[Tensor]) -> Tensor:
    N = torch.size(x, 0)
    L = torch.size(x, 1)
    D = torch.size(x, 2)
    d = torch.floordiv(D, heads)
    qkv = torch.view(self.linear(x, p[i], p[i + 1]), [N, L, 3, heads, d])
    qkv = torch.contiguous(torch.permute(qkv, [2, 0, 3, 1, 4]))  # [3, N, H, L, d]
    if self.fused_attention:
      parts = torch.unbind(qkv, 0)
      mask = annotate(Optional[Tensor], None)
      if bias is not None:
        mask = torch.to(unchecked_cast(Tensor, bias), ops.prim.dtype(qkv))
      o = torch.scaled_dot_product_attention(parts[0], parts[1], parts[2], mask, 0., False)
    else:
      parts = torch.unbind(torch.view(qkv, [3, N * heads, L, d]), 0)
      if bias is not None:
        added = torch.to(unchecked_cast(Tensor, bias), ops.prim.dtype(qkv))
        added = torch.reshape(torch.expand(torch.unsqueeze(added, 0), [N, heads, L, L]), [N * heads, L, L])
        s = torch.baddbmm(added, parts[0], torch.transpose(parts[1], 1, 2), beta=1, alpha=d ** -0.5)
      else:
        zero = torch.empty([1, 1, 1], dtype=ops.prim.dtype(qkv), device=ops.prim.device(qkv))
        s = torch.baddbmm(zero, parts[0], torch.transpose(parts[1], 1, 2), beta=0, alpha=d ** -0.5)
      if L < 48:  # short rows: the engine's bf16 softmax takes four times as long as fp32 with its casts
        s = torch.softmax(torch.to(s, 6), -1)
      else:
        s = torch.softmax(s, -1)
      o = torch.view(torch.bmm(torch.to(s, ops.prim.dtype(qkv)), parts[2]), [N, heads, L, d])
    o = torch.reshape(torch.transpose(o, 1, 2), [N, L, D])
    return self.linear(o, p[i + 2], p[i + 3])

  # Parameters of one block.
  def stride(self) -> int:
    if self.layer_scale:
      return 14
    return 12

  # Pre-norm transformer block; its parameters begin at i. The residual is fp32.
  def block(self, x: Tensor, p: List[Tensor], i: int, heads: int, drop: Optional[Tensor], k: int, bias: Optional[Tensor]) -> Tensor:
    D = torch.size(x, 2)
    a = torch.to(self.attention(torch.layer_norm(x, [D], p[i], p[i + 1], 1e-06), p, i + 2, heads, bias), 6)
    if self.layer_scale:
      a = torch.mul(a, p[i + 12])
    if drop is not None:
      a = torch.mul(a, torch.view(torch.select(drop, 1, 2 * k), [-1, 1, 1]))
    x = torch.add(x, a)
    h = torch.layer_norm(x, [D], p[i + 6], p[i + 7], 1e-06)
    m = torch.to(self.linear(torch.gelu(self.linear(h, p[i + 8], p[i + 9])), p[i + 10], p[i + 11]), 6)
    if self.layer_scale:
      m = torch.mul(m, p[i + 13])
    if drop is not None:
      m = torch.mul(m, torch.view(torch.select(drop, 1, 2 * k + 1), [-1, 1, 1]))
    return torch.add(x, m)

  # All encoder blocks on tokens [N, 1+M, D], before the final norm; their parameters begin at i.
  def blocks(self, x: Tensor, p: List[Tensor], i: int, drop: Optional[Tensor], bias: Optional[Tensor]) -> Tensor:
    for k in range(self.depth):
      x = self.block(x, p, i, self.heads, drop, k, bias)
      i = i + self.stride()
    return x

  # Relative position bias of a grid of g x g patches and the class token: table [(2g-1)^2 + 3, H] -> [H, 1+L, 1+L].
  # The last three rows are for class token to patch, patch to class token, class token to itself.
  def relative_bias(self, table: Tensor, g: int) -> Tensor:
    L = g * g
    i = torch.arange(L, dtype=4, device=ops.prim.device(table))
    row = torch.floor_divide(i, g)
    col = torch.sub(i, torch.mul(row, g))
    down = torch.add(torch.sub(torch.unsqueeze(row, 1), torch.unsqueeze(row, 0)), g - 1)
    across = torch.add(torch.sub(torch.unsqueeze(col, 1), torch.unsqueeze(col, 0)), g - 1)
    between = torch.add(torch.mul(down, 2 * g - 1), across)  # [L, L]
    last = torch.size(table, 0)
    to_patch = torch.full([1, L], last - 3, dtype=4, device=ops.prim.device(table))
    to_class = torch.full([L, 1], last - 2, dtype=4, device=ops.prim.device(table))
    itself = torch.full([1, 1], last - 1, dtype=4, device=ops.prim.device(table))
    index = torch.cat([torch.cat([itself, to_patch], 1), torch.cat([to_class, between], 1)], 0)  # [1+L, 1+L]
    values = torch.view(torch.embedding(table, torch.reshape(index, [-1])), [1 + L, 1 + L, torch.size(table, 1)])
    return torch.contiguous(torch.permute(values, [2, 0, 1]))

  # --- patches --------------------------------------------------------------------------------------------------

  # [N, C, S, S] -> [N, L, C*P*P], channel first, as the patch projection's kernel is laid out.
  def patches_for_embedding(self, x: Tensor) -> Tensor:
    P = self.patch
    g = torch.floordiv(torch.size(x, 2), P)
    t = torch.view(x, [torch.size(x, 0), torch.size(x, 1), g, P, g, P])
    return torch.reshape(torch.permute(t, [0, 2, 4, 1, 3, 5]), [torch.size(x, 0), g * g, torch.size(x, 1) * P * P])

  # Rows ids [N, M] of t [N, L, X] -> [N, M, X].
  def rows(self, t: Tensor, ids: Tensor) -> Tensor:
    index = torch.expand(torch.unsqueeze(ids, -1), [torch.size(ids, 0), torch.size(ids, 1), torch.size(t, 2)])
    return torch.gather(t, 1, index)

  # Positions pos [1, 1+L, X] of the patches ids [N, M] -> [N, M, X].
  def positions(self, pos: Tensor, ids: Tensor) -> Tensor:
    return torch.embedding(torch.select(torch.slice(pos, 1, 1), 0, 0), ids)

  # --- encoder --------------------------------------------------------------------------------------------------

  # patches [N, M, C*P*P] at ids [N, M] -> tokens [N, 1+M, D], class token first.
  def embed(self, patches: Tensor, ids: Tensor, pos: Tensor, p: List[Tensor]) -> Tensor:
    N = torch.size(patches, 0)
    w = torch.flatten(p[1], 1)  # [D, C*P*P]
    x = torch.add(torch.to(self.linear(patches, w, p[2]), 6), self.positions(pos, ids))
    cls = torch.add(p[0], torch.slice(pos, 1, 0, 1))
    return torch.cat([torch.expand(cls, [N, 1, torch.size(x, 2)]), x], 1)

  # All patches in their order, no mask, before the final norm. pos is empty where positions are relative. -> [N, 1+L, D]
  def trunk(self, images: Tensor, pos: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    patches = self.patches_for_embedding(images)
    w = torch.flatten(p[1], 1)
    x = torch.to(self.linear(patches, w, p[2]), 6)
    cls = p[0]
    if torch.numel(pos) > 0:
      x = torch.add(x, torch.slice(pos, 1, 1))
      cls = torch.add(cls, torch.slice(pos, 1, 0, 1))
    x = torch.cat([torch.expand(cls, [torch.size(x, 0), 1, torch.size(x, 2)]), x], 1)
    bias = annotate(Optional[Tensor], None)
    if self.relative:
      bias = self.relative_bias(p[self.place()], torch.floordiv(torch.size(images, 2), self.patch))
    return self.blocks(x, p, 3, drop, bias)

  # Where the final norm stands among the parameters, and after it the positions or the relative position bias.
  def norm(self) -> int:
    return 3 + self.stride() * self.depth

  def place(self) -> int:
    return self.norm() + 2
