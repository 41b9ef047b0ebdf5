# BEiT: masked patches enter the encoder as a learned token, and their words are predicted.
#
# After the encoder's parameters, relative position bias included, come the mask token [1, 1, D] and the head, weight
# [V, D] and bias [V].
  # Logits [N, M, V] at the patches masked [N, M] of images [N, C, S, S], fp32.
  def words_at(self, images: Tensor, masked: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    patches = self.patches_for_embedding(images)
    N = torch.size(patches, 0)
    x = torch.to(self.linear(patches, torch.flatten(p[1], 1), p[2]), 6)  # [N, L, D]
    i = self.place() + 1
    hidden = torch.zeros([N, torch.size(x, 1)], dtype=6, device=ops.prim.device(images))
    hidden = torch.unsqueeze(torch.scatter(hidden, 1, masked, 1.), -1)  # [N, L, 1], 1 = masked
    x = torch.add(torch.mul(x, torch.sub(torch.ones_like(hidden), hidden)), torch.mul(p[i], hidden))
    x = torch.cat([torch.expand(p[0], [N, 1, torch.size(x, 2)]), x], 1)
    bias = self.relative_bias(p[self.place()], torch.floordiv(torch.size(images, 2), self.patch))
    x = self.blocks(x, p, 3, drop, bias)
    z = self.rows(torch.slice(x, 1, 1), masked)  # [N, M, D]
    z = torch.layer_norm(z, [torch.size(z, 2)], p[self.norm()], p[self.norm() + 1], 1e-06)
    return torch.to(self.linear(z, p[i + 1], p[i + 2]), 6)

  # Mean cross-entropy of the words of masked patches; words [N, L].
  def beit_loss(self, images: Tensor, masked: Tensor, words: Tensor, p: List[Tensor], drop: Optional[Tensor]) -> Tensor:
    logits = self.words_at(images, masked, p, drop)
    return torch.cross_entropy_loss(torch.reshape(logits, [-1, torch.size(logits, 2)]), torch.reshape(torch.gather(words, 1, masked), [-1]))

  # One chunk of an optimisation step, micro-batch after micro-batch. images [N, C, S, S]; masked [N, M] patch numbers;
  # words [N, L] int64; drop [N, 2*depth] or empty; adds share * gradient to g; -> share * loss [1].
  def beit(self, images: Tensor, masked: Tensor, words: Tensor, drop: Tensor, share: Tensor, kind: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
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
      loss = self.beit_loss(torch.narrow(images, 0, at, n), torch.narrow(masked, 0, at, n), torch.narrow(words, 0, at, n), q, paths)
      loss = torch.mul(loss, float(share) * n / N)
      self.accumulate(loss, q, kinds, g)
      total = torch.add(total, torch.detach(loss))
      at = at + n
    return total

  # The logits alone, without drop path.
  def predict_words(self, images: Tensor, masked: Tensor, kind: Tensor, p: List[Tensor]) -> Tensor:
    return self.words_at(images, masked, self.leaves(p, annotate(List[int], kind.tolist())), None)
