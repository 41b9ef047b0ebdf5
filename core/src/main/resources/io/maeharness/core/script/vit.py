# The masked autoencoder and the classifier on its encoder, as TorchScript.
#
# N images of a batch, L patches of an image, K patches kept, D encoder width, E decoder width,
# C channels, P side of a patch, H heads. Parameters arrive as one list in the order of MaeLayout and ClassifierLayout.
# kind[i] says how parameter i is used: 0 frozen, 1 trained, +2 when matrix products read it as bf16.
class Vit(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  bf16 : bool
  fused_attention : bool
  norm_pix : bool
  encoder_mask_tokens : bool
  patch : int
  depth : int
  heads : int
  decoder_depth : int
  decoder_heads : int
  keep : int
  micro : int
  pooled : bool

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
  def attention(self, x: Tensor, p: List[Tensor], i: int, heads: int) -> Tensor:
    N = torch.size(x, 0)
    L = torch.size(x, 1)
    D = torch.size(x, 2)
    d = torch.floordiv(D, heads)
    qkv = torch.view(self.linear(x, p[i], p[i + 1]), [N, L, 3, heads, d])
    qkv = torch.contiguous(torch.permute(qkv, [2, 0, 3, 1, 4]))  # [3, N, H, L, d]
    if self.fused_attention:
      parts = torch.unbind(qkv, 0)
      o = torch.scaled_dot_product_attention(parts[0], parts[1], parts[2], None, 0., False)
    else:
      parts = torch.unbind(torch.view(qkv, [3, N * heads, L, d]), 0)
      zero = torch.empty([1, 1, 1], dtype=ops.prim.dtype(qkv), device=ops.prim.device(qkv))
      s = torch.baddbmm(zero, parts[0], torch.transpose(parts[1], 1, 2), beta=0, alpha=d ** -0.5)
      if L < 48:  # short rows: the engine's bf16 softmax takes four times as long as fp32 with its casts
        s = torch.softmax(torch.to(s, 6), -1)
      else:
        s = torch.softmax(s, -1)
      o = torch.view(torch.bmm(torch.to(s, ops.prim.dtype(qkv)), parts[2]), [N, heads, L, d])
    o = torch.reshape(torch.transpose(o, 1, 2), [N, L, D])
    return self.linear(o, p[i + 2], p[i + 3])

  # Pre-norm transformer block; twelve parameters from i on. The residual is fp32.
  def block(self, x: Tensor, p: List[Tensor], i: int, heads: int, drop: Optional[Tensor], k: int) -> Tensor:
    D = torch.size(x, 2)
    a = torch.to(self.attention(torch.layer_norm(x, [D], p[i], p[i + 1], 1e-06), p, i + 2, heads), 6)
    if drop is not None:
      a = torch.mul(a, torch.view(torch.select(drop, 1, 2 * k), [-1, 1, 1]))
    x = torch.add(x, a)
    h = torch.layer_norm(x, [D], p[i + 6], p[i + 7], 1e-06)
    m = torch.to(self.linear(torch.gelu(self.linear(h, p[i + 8], p[i + 9])), p[i + 10], p[i + 11]), 6)
    if drop is not None:
      m = torch.mul(m, torch.view(torch.select(drop, 1, 2 * k + 1), [-1, 1, 1]))
    return torch.add(x, m)

  # --- patches --------------------------------------------------------------------------------------------------

  # [N, C, S, S] -> [N, L, C*P*P], channel first, as the patch projection's kernel is laid out.
  def patches_for_embedding(self, x: Tensor) -> Tensor:
    P = self.patch
    g = torch.floordiv(torch.size(x, 2), P)
    t = torch.view(x, [torch.size(x, 0), torch.size(x, 1), g, P, g, P])
    return torch.reshape(torch.permute(t, [0, 2, 4, 1, 3, 5]), [torch.size(x, 0), g * g, torch.size(x, 1) * P * P])

  # [N, C, S, S] -> [N, L, P*P*C], channel last, as the loss sees a patch.
  def patchify(self, x: Tensor) -> Tensor:
    P = self.patch
    g = torch.floordiv(torch.size(x, 2), P)
    t = torch.view(x, [torch.size(x, 0), torch.size(x, 1), g, P, g, P])
    return torch.reshape(torch.permute(t, [0, 2, 4, 3, 5, 1]), [torch.size(x, 0), g * g, torch.size(x, 1) * P * P])

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

  # Encoder of the pre-training, tokens in the shuffled order. -> after the final norm [N, 1+K, D] (or 1+L)
  def encode(self, images: Tensor, shuffle: Tensor, pos: Tensor, p: List[Tensor]) -> Tensor:
    patches = self.patches_for_embedding(images)
    kept = torch.slice(shuffle, 1, 0, self.keep)
    x = self.embed(self.rows(patches, kept), kept, pos, p)
    i = 3
    if self.encoder_mask_tokens:
      removed = torch.slice(shuffle, 1, self.keep)
      x = torch.cat([x, torch.add(p[3], self.positions(pos, removed))], 1)
      i = 4
    for k in range(self.depth):
      x = self.block(x, p, i, self.heads, None, 0)
      i = i + 12
    return torch.layer_norm(x, [torch.size(x, 2)], p[i], p[i + 1], 1e-06)

  # All patches in their order, no mask, before the final norm. -> [N, 1+L, D]
  def trunk(self, images: Tensor, pos: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    patches = self.patches_for_embedding(images)
    w = torch.flatten(p[1], 1)
    x = torch.add(torch.to(self.linear(patches, w, p[2]), 6), torch.slice(pos, 1, 1))
    cls = torch.add(p[0], torch.slice(pos, 1, 0, 1))
    x = torch.cat([torch.expand(cls, [torch.size(x, 0), 1, torch.size(x, 2)]), x], 1)
    i = 3
    for k in range(self.depth):
      x = self.block(x, p, i, self.heads, drop, k)
      i = i + 12
    return x

  # --- decoder --------------------------------------------------------------------------------------------------

  def decoder_start(self) -> int:
    i = 3 + 12 * self.depth + 2
    if self.encoder_mask_tokens:
      i = i + 1
    return i

  # Encoder output in the shuffled order -> decoder tokens after the final norm [N, 1+L, E], in the same order.
  # Attention does not see the order: the position added to a token is what places it.
  def decode(self, latent: Tensor, shuffle: Tensor, dec_pos: Tensor, p: List[Tensor]) -> Tensor:
    i = self.decoder_start()
    y = torch.to(self.linear(latent, p[i], p[i + 1]), 6)
    E = torch.size(y, 2)
    i = i + 2
    if not self.encoder_mask_tokens:
      N = torch.size(y, 0)
      y = torch.cat([y, torch.expand(p[i], [N, torch.size(shuffle, 1) - self.keep, E])], 1)
      i = i + 1
    place = torch.cat([torch.expand(torch.slice(dec_pos, 1, 0, 1), [torch.size(y, 0), 1, E]), self.positions(dec_pos, shuffle)], 1)
    z = torch.add(y, place)
    for k in range(self.decoder_depth):
      z = self.block(z, p, i, self.decoder_heads, None, 0)
      i = i + 12
    return torch.layer_norm(z, [E], p[i], p[i + 1], 1e-06)

  # [N, M, E] -> [N, M, outputs of a patch], fp32.
  def predict(self, z: Tensor, p: List[Tensor]) -> Tensor:
    return torch.to(self.linear(z, p[len(p) - 2], p[len(p) - 1]), 6)

  # What the decoder is to predict: [N, M, P*P*C] pixels, normalised pixels, or projections on the basis.
  def target(self, patches: Tensor, basis: Tensor) -> Tensor:
    if self.norm_pix:
      mean = torch.mean(patches, [-1], True)
      var = torch.var(patches, [-1], unbiased=True, keepdim=True)
      return torch.div(torch.sub(patches, mean), torch.pow(torch.add(var, 1e-06), 0.5))
    if torch.numel(basis) > 0:
      centre = torch.slice(basis, 0, 0, 1)  # [1, P*P*C]
      return torch.matmul(torch.sub(patches, centre), torch.transpose(torch.slice(basis, 0, 1), 0, 1))
    return patches

  # Mean over removed patches of the mean squared error of a patch.
  def mae_loss(self, images: Tensor, shuffle: Tensor, pos: Tensor, dec_pos: Tensor, basis: Tensor, p: List[Tensor]) -> Tensor:
    z = self.decode(self.encode(images, shuffle, pos, p), shuffle, dec_pos, p)
    removed = torch.slice(shuffle, 1, self.keep)
    error = torch.sub(self.predict(torch.slice(z, 1, 1 + self.keep), p), self.target(self.rows(self.patchify(images), removed), basis))
    return torch.mean(torch.mul(error, error))

  # --- entry points ---------------------------------------------------------------------------------------------

  # One chunk of an optimisation step, micro-batch after micro-batch.
  # images [N, C, S, S]; shuffle [N, L], patches by ascending noise; adds share * gradient to g; -> share * loss [1].
  def pretrain(self, images: Tensor, shuffle: Tensor, pos: Tensor, dec_pos: Tensor, basis: Tensor, share: Tensor, kind: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    N = torch.size(images, 0)
    total = torch.zeros([1], dtype=6, device=ops.prim.device(images))
    at = 0
    while at < N:
      n = ops.prim.min(self.micro, N - at)
      loss = self.mae_loss(torch.narrow(images, 0, at, n), torch.narrow(shuffle, 0, at, n), pos, dec_pos, basis, q)
      loss = torch.mul(loss, float(share) * n / N)
      self.accumulate(loss, q, kinds, g)
      total = torch.add(total, torch.detach(loss))
      at = at + n
    return total

  # Predictions of all patches in their order [N, L, X], the latent [N, 1+K, D] and the loss [1].
  def reconstruct(self, images: Tensor, shuffle: Tensor, pos: Tensor, dec_pos: Tensor, basis: Tensor, kind: Tensor, p: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    q = self.leaves(p, annotate(List[int], torch.mul(torch.floor_divide(kind, 2), 2).tolist()))
    latent = self.encode(images, shuffle, pos, q)
    z = self.decode(latent, shuffle, dec_pos, q)
    pred = self.predict(torch.slice(z, 1, 1), q)
    error = torch.sub(torch.slice(pred, 1, self.keep), self.target(self.rows(self.patchify(images), torch.slice(shuffle, 1, self.keep)), basis))
    loss = torch.reshape(torch.mean(torch.mul(error, error)), [1])
    return (self.rows(pred, torch.argsort(shuffle, 1)), latent, loss)

  # Frozen features [N, D]: the class token after the final norm, or the mean of the patch tokens of the last block.
  def features(self, images: Tensor, pos: Tensor, kind: Tensor, p: List[Tensor]) -> Tensor:
    q = self.leaves(p, annotate(List[int], torch.mul(torch.floor_divide(kind, 2), 2).tolist()))
    return self.pool(self.trunk(images, pos, q, None), q)

  def pool(self, x: Tensor, p: List[Tensor]) -> Tensor:
    D = torch.size(x, 2)
    i = 3 + 12 * self.depth
    if self.pooled:
      return torch.mean(torch.slice(x, 1, 1), [1])
    return torch.select(torch.layer_norm(x, [D], p[i], p[i + 1], 1e-06), 1, 0)

  # Mean of the patch tokens -> fc_norm -> head; the positions are the last parameter but four.
  def classify(self, images: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    n = len(p)
    x = self.trunk(images, p[n - 5], p, drop)
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
