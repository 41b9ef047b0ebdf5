# The vision transformer: what every method and the classifier on the encoder share.
#
# Ordinary PyTorch, read by the importer of TorchScript. It takes no number format by its name, so that x.float() and
# x.to(15), which is bf16, stand for those.
#
# N images of a batch, L patches of an image, K patches kept, D encoder width, E decoder width, C channels, P side of a
# patch, H heads. Parameters p are a map from names, as Layout gives them, to tensors.
class Vit(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  fused_attention : bool
  layer_scale : bool
  relative : bool
  patch : int
  depth : int
  heads : int

  # --- blocks ---------------------------------------------------------------------------------------------------

  # The layer called name on x [..., X] -> [..., Y], in the type of its weight.
  def linear(self, x: Tensor, p: Dict[str, Tensor], name: str) -> Tensor:
    w = p[name + ".weight"]
    return torch.linear(x.to(w.dtype), w, p[name + ".bias"])

  # The layer norm called name.
  def layer_norm(self, x: Tensor, p: Dict[str, Tensor], name: str) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], p[name + ".weight"], p[name + ".bias"], 1e-06)

  # [N, L, D] fp32 -> [N, L, D] in the type of the products. bias [H, L, L] is added to the scores.
  def attention(self, x: Tensor, p: Dict[str, Tensor], name: str, heads: int, bias: Optional[Tensor]) -> Tensor:
    N, L, D = x.size()
    d = D // heads
    qkv = self.linear(x, p, name + ".qkv").view(N, L, 3, heads, d)
    qkv = qkv.permute(2, 0, 3, 1, 4).contiguous()  # [3, N, H, L, d]
    if self.fused_attention:
      q, k, v = qkv.unbind(0)
      mask : Optional[Tensor] = None
      if bias is not None:
        mask = bias.to(qkv.dtype)
      o = torch.scaled_dot_product_attention(q, k, v, mask)  # [N, H, L, d]
    else:
      q, k, v = qkv.view(3, N * heads, L, d).unbind(0)
      if bias is not None:
        added = bias.to(qkv.dtype).unsqueeze(0).expand(N, heads, L, L).reshape(N * heads, L, L)
        s = torch.baddbmm(added, q, k.transpose(1, 2), beta=1, alpha=d ** -0.5)
      else:
        zero = torch.empty([1, 1, 1], dtype=qkv.dtype, device=qkv.device)
        s = torch.baddbmm(zero, q, k.transpose(1, 2), beta=0, alpha=d ** -0.5)  # [N * H, L, L]
      if L < 48:  # short rows: the engine's bf16 softmax takes four times as long as fp32 with its casts
        s = s.float()
      s = s.softmax(-1)
      o = torch.bmm(s.to(qkv.dtype), v).view(N, heads, L, d)
    o = o.transpose(1, 2).reshape(N, L, D)
    return self.linear(o, p, name + ".proj")

  # Pre-norm transformer block called name, the k-th of its stack; the residual [N, L, D] is fp32. drop [N, 2 * depth]
  # scales the two branches of each sample.
  def block(self, x: Tensor, p: Dict[str, Tensor], name: str, heads: int, k: int, drop: Optional[Tensor], bias: Optional[Tensor]) -> Tensor:
    a = self.attention(self.layer_norm(x, p, name + ".norm1"), p, name + ".attn", heads, bias).float()
    if self.layer_scale:
      a = a * p[name + ".gamma_1"]
    if drop is not None:
      a = a * drop[:, 2 * k].view(-1, 1, 1)
    x = x + a
    h = self.layer_norm(x, p, name + ".norm2")
    m = self.linear(torch.gelu(self.linear(h, p, name + ".mlp.fc1")), p, name + ".mlp.fc2").float()
    if self.layer_scale:
      m = m * p[name + ".gamma_2"]
    if drop is not None:
      m = m * drop[:, 2 * k + 1].view(-1, 1, 1)
    return x + m

  # All encoder blocks on tokens [N, 1+M, D], before the final norm.
  def blocks(self, x: Tensor, p: Dict[str, Tensor], drop: Optional[Tensor], bias: Optional[Tensor]) -> Tensor:
    for k in range(self.depth):
      x = self.block(x, p, "blocks." + str(k), self.heads, k, drop, bias)
    return x

  # Relative position bias of a grid of g x g patches and the class token: table [(2g-1)^2 + 3, H] -> [H, 1+L, 1+L].
  # The last three rows are for class token to patch, patch to class token, class token to itself.
  def relative_bias(self, table: Tensor, g: int) -> Tensor:
    L = g * g
    i = torch.arange(L, device=table.device)
    row = i // g
    col = i - row * g
    down = row.unsqueeze(1) - row.unsqueeze(0) + (g - 1)
    across = col.unsqueeze(1) - col.unsqueeze(0) + (g - 1)
    between = down * (2 * g - 1) + across  # [L, L]
    last = table.size(0)
    to_patch = torch.full([1, L], last - 3, dtype=4, device=table.device)
    to_class = torch.full([L, 1], last - 2, dtype=4, device=table.device)
    itself = torch.full([1, 1], last - 1, dtype=4, device=table.device)
    index = torch.cat([torch.cat([itself, to_patch], 1), torch.cat([to_class, between], 1)], 0)  # [1+L, 1+L]
    values = torch.embedding(table, index.reshape(-1)).view(1 + L, 1 + L, table.size(1))
    return values.permute(2, 0, 1).contiguous()

  # --- patches --------------------------------------------------------------------------------------------------

  # [N, C, S, S] -> [N, L, C*P*P], channel first, as the patch projection's kernel is laid out.
  def patches_for_embedding(self, x: Tensor) -> Tensor:
    N, C, S = x.size(0), x.size(1), x.size(2)
    P = self.patch
    g = S // P
    return x.view(N, C, g, P, g, P).permute(0, 2, 4, 1, 3, 5).reshape(N, g * g, C * P * P)

  # Patches [N, M, C*P*P] -> [N, M, D], without positions.
  def project(self, patches: Tensor, p: Dict[str, Tensor]) -> Tensor:
    w = p["patch_embed.proj.weight"].flatten(1)  # [D, C*P*P]
    return torch.linear(patches.to(w.dtype), w, p["patch_embed.proj.bias"]).float()

  # Rows ids [N, M] of t [N, L, X] -> [N, M, X].
  def rows(self, t: Tensor, ids: Tensor) -> Tensor:
    return t.gather(1, ids.unsqueeze(-1).expand(ids.size(0), ids.size(1), t.size(2)))

  # Positions pos [1, 1+L, X] of the patches ids [N, M] -> [N, M, X].
  def positions(self, pos: Tensor, ids: Tensor) -> Tensor:
    return torch.embedding(pos[:, 1:][0], ids)

  # --- encoder --------------------------------------------------------------------------------------------------

  # patches [N, M, C*P*P] at ids [N, M] -> tokens [N, 1+M, D], class token first.
  def embed(self, patches: Tensor, ids: Tensor, pos: Tensor, p: Dict[str, Tensor]) -> Tensor:
    x = self.project(patches, p) + self.positions(pos, ids)  # [N, M, D]
    cls = p["cls_token"] + pos[:, :1]
    return torch.cat([cls.expand(x.size(0), 1, x.size(2)), x], 1)

  # All patches in their order, no mask, before the final norm. pos is none where positions are relative. -> [N, 1+L, D]
  def trunk(self, images: Tensor, pos: Optional[Tensor], p: Dict[str, Tensor], drop: Optional[Tensor]) -> Tensor:
    x = self.project(self.patches_for_embedding(images), p)  # [N, L, D]
    cls = p["cls_token"]
    if pos is not None:
      x = x + pos[:, 1:]
      cls = cls + pos[:, :1]
    x = torch.cat([cls.expand(x.size(0), 1, x.size(2)), x], 1)  # [N, 1+L, D]
    return self.blocks(x, p, drop, self.bias_of(images, p))

  # The relative position bias [H, 1+L, 1+L] for images of this size; none where positions are others.
  def bias_of(self, images: Tensor, p: Dict[str, Tensor]) -> Optional[Tensor]:
    bias : Optional[Tensor] = None
    if self.relative:
      bias = self.relative_bias(p["rel_pos_bias.relative_position_bias_table"], images.size(2) // self.patch)
    return bias
