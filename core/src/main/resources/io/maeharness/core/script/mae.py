  # --- the masked autoencoder -----------------------------------------------------------------------------------
  #
  # The encoder sees the kept patches, the decoder predicts the removed ones. shuffle [N, L] holds the patches by ascending
  # noise, so that the first K are the kept ones; pos [1, 1+L, D] and dec_pos [1, 1+L, E] are fixed.
  encoder_mask_tokens : bool
  decoder_depth : int
  decoder_heads : int
  keep : int

  # [N, C, S, S] -> [N, L, P*P*C], channel last, as the loss sees a patch.
  def patchify(self, x: Tensor) -> Tensor:
    N, C, S = x.size(0), x.size(1), x.size(2)
    P = self.patch
    g = S // P
    return x.view(N, C, g, P, g, P).permute(0, 2, 4, 3, 5, 1).reshape(N, g * g, C * P * P)

  # Tokens in the shuffled order, after the final norm -> [N, 1+K, D], or [N, 1+L, D] with mask tokens in the encoder.
  def encode(self, images: Tensor, shuffle: Tensor, pos: Tensor, p: Dict[str, Tensor]) -> Tensor:
    patches = self.patches_for_embedding(images)  # [N, L, C*P*P]
    kept = shuffle[:, :self.keep]
    x = self.embed(self.rows(patches, kept), kept, pos, p)  # [N, 1+K, D]
    if self.encoder_mask_tokens:
      removed = shuffle[:, self.keep:]
      x = torch.cat([x, p["encoder_mask_token"] + self.positions(pos, removed)], 1)  # [N, 1+L, D]
    return self.layer_norm(self.blocks(x, p, None, None), p, "norm")

  # Encoder output in the shuffled order -> decoder tokens after the final norm [N, 1+L, E], in the same order.
  # Attention does not see the order: the position added to a token is what places it.
  def decode(self, latent: Tensor, shuffle: Tensor, dec_pos: Tensor, p: Dict[str, Tensor]) -> Tensor:
    y = self.linear(latent, p, "decoder_embed").float()  # [N, 1+K, E]
    N, E = y.size(0), y.size(2)
    if not self.encoder_mask_tokens:
      y = torch.cat([y, p["mask_token"].expand(N, shuffle.size(1) - self.keep, E)], 1)  # [N, 1+L, E]
    z = y + torch.cat([dec_pos[:, :1].expand(N, 1, E), self.positions(dec_pos, shuffle)], 1)
    for k in range(self.decoder_depth):
      z = self.block(z, p, "decoder_blocks." + str(k), self.decoder_heads, k, None, None)
    return self.layer_norm(z, p, "decoder_norm")

  # [N, M, E] -> [N, M, outputs of a patch], fp32.
  def predict(self, z: Tensor, p: Dict[str, Tensor]) -> Tensor:
    return self.linear(z, p, "decoder_pred").float()

  # Patches [N, M, P*P*C] that rows [N, M] count, as the loss sees them.
  def patches_of(self, batch: Dict[str, Tensor], rows: Tensor) -> Tensor:
    return self.rows(self.patchify(batch["images"]), rows)

  # Mean over patches of the mean squared error of one.
  def squared_error(self, pred: Tensor, target: Tensor) -> Tensor:
    error = pred - target
    return (error * error).mean()

  # Mean over removed patches of the loss of one, which the fragment of the target gives. images [N, C, S, S] -> [1]
  def loss(self, batch: Dict[str, Tensor], fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tensor:
    shuffle = batch["shuffle"]
    z = self.decode(self.encode(batch["images"], shuffle, fixed["pos"], p), shuffle, fixed["dec_pos"], p)  # [N, 1+L, E]
    z = z[:, 1 + self.keep:]  # [N, L-K, E]
    return self.target_loss(self.predict(z, p), shuffle[:, self.keep:], batch, fixed).reshape(1)

  # Predictions of all patches in their order [N, L, X], the latent [N, 1+K, D] and the loss [1].
  def reconstruct(self, kind: Tensor, fixed: Dict[str, Tensor], batch: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    q = self.leaves(p, self.frozen(kind))
    shuffle = batch["shuffle"]
    latent = self.encode(batch["images"], shuffle, fixed["pos"], q)
    pred = self.predict(self.decode(latent, shuffle, fixed["dec_pos"], q)[:, 1:], q)  # [N, L, X], shuffled
    loss = self.target_loss(pred[:, self.keep:], shuffle[:, self.keep:], batch, fixed)
    return self.rows(pred, shuffle.argsort(1)), latent, loss.reshape(1)
