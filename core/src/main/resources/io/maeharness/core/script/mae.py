# The masked autoencoder: the encoder sees the kept patches, the decoder predicts the removed ones.
  norm_pix : bool
  encoder_mask_tokens : bool
  decoder_depth : int
  decoder_heads : int
  keep : int

  # [N, C, S, S] -> [N, L, P*P*C], channel last, as the loss sees a patch.
  def patchify(self, x: Tensor) -> Tensor:
    P = self.patch
    g = torch.floordiv(torch.size(x, 2), P)
    t = torch.view(x, [torch.size(x, 0), torch.size(x, 1), g, P, g, P])
    return torch.reshape(torch.permute(t, [0, 2, 4, 3, 5, 1]), [torch.size(x, 0), g * g, torch.size(x, 1) * P * P])

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
    x = self.blocks(x, p, i, None, None)
    i = i + self.stride() * self.depth
    return torch.layer_norm(x, [torch.size(x, 2)], p[i], p[i + 1], 1e-06)

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
      z = self.block(z, p, i, self.decoder_heads, None, 0, None)
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

  # Mean cross-entropy of the words of removed patches; words [N, L, W], W of a patch.
  def word_loss(self, z: Tensor, removed: Tensor, words: Tensor, p: List[Tensor]) -> Tensor:
    logits = self.predict(torch.slice(z, 1, 1 + self.keep), p)  # [N, L-K, W*V]
    V = torch.floordiv(torch.size(logits, 2), torch.size(words, 2))
    return torch.cross_entropy_loss(torch.reshape(logits, [-1, V]), torch.reshape(self.rows(words, removed), [-1]))

  # Mean over removed patches of the mean squared error of a patch, or of the cross-entropy of its words, if there are any.
  def mae_loss(self, images: Tensor, shuffle: Tensor, pos: Tensor, dec_pos: Tensor, basis: Tensor, words: Tensor, p: List[Tensor]) -> Tensor:
    z = self.decode(self.encode(images, shuffle, pos, p), shuffle, dec_pos, p)
    removed = torch.slice(shuffle, 1, self.keep)
    if torch.numel(words) > 0:
      return self.word_loss(z, removed, words, p)
    error = torch.sub(self.predict(torch.slice(z, 1, 1 + self.keep), p), self.target(self.rows(self.patchify(images), removed), basis))
    return torch.mean(torch.mul(error, error))

  # --- entry points ---------------------------------------------------------------------------------------------

  # One chunk of an optimisation step, micro-batch after micro-batch.
  # images [N, C, S, S]; shuffle [N, L], patches by ascending noise; words [N, L, W] int64, or empty; adds share * gradient to g; -> share * loss [1].
  def pretrain(self, images: Tensor, shuffle: Tensor, pos: Tensor, dec_pos: Tensor, basis: Tensor, words: Tensor, share: Tensor, kind: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
    kinds = annotate(List[int], kind.tolist())
    q = self.leaves(p, kinds)
    N = torch.size(images, 0)
    total = torch.zeros([1], dtype=6, device=ops.prim.device(images))
    at = 0
    while at < N:
      n = ops.prim.min(self.micro, N - at)
      wanted = words
      if torch.numel(words) > 0:
        wanted = torch.narrow(words, 0, at, n)
      loss = self.mae_loss(torch.narrow(images, 0, at, n), torch.narrow(shuffle, 0, at, n), pos, dec_pos, basis, wanted, q)
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
