# The discrete VAE: a convolutional encoder to words, a relaxed choice of one word a place, a convolutional decoder.
#
# N images of a batch, C channels, S side of the picture, W width, V words of the vocabulary, g = S / 2^halvings places
# a side. Parameters arrive as one list in the order of TokenizerLayout. Everything is fp32.
class Tokenizer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  halvings : int
  residuals : int
  micro : int

  # --- layers ---------------------------------------------------------------------------------------------------

  # Residual blocks from parameter i on: ReLU, 3x3, ReLU, 1x1, added to the input; four parameters each.
  def residual(self, x: Tensor, p: List[Tensor], i: int) -> Tensor:
    for k in range(self.residuals):
      h = torch.conv2d(torch.relu(x), p[i], p[i + 1], [1, 1], [1, 1], [1, 1], 1)
      h = torch.conv2d(torch.relu(h), p[i + 2], p[i + 3], [1, 1], [0, 0], [1, 1], 1)
      x = torch.add(x, h)
      i = i + 4
    return x

  # images [N, C, S, S] -> logits [N, V, g, g]
  def encode(self, images: Tensor, p: List[Tensor]) -> Tensor:
    x = images
    i = 0
    for k in range(self.halvings):
      if k > 0:
        x = torch.relu(x)
      x = torch.conv2d(x, p[i], p[i + 1], [2, 2], [1, 1], [1, 1], 1)
      i = i + 2
    x = torch.relu(self.residual(x, p, i))
    i = i + 4 * self.residuals
    return torch.conv2d(x, p[i], p[i + 1], [1, 1], [0, 0], [1, 1], 1)

  # Shares of the words [N, V, g, g], each place summing to 1 -> picture [N, C, S, S]
  def decode(self, words: Tensor, p: List[Tensor]) -> Tensor:
    i = 2 * self.halvings + 4 * self.residuals + 2
    x = torch.conv2d(words, p[i], p[i + 1], [1, 1], [0, 0], [1, 1], 1)
    x = self.residual(x, p, i + 2)
    i = i + 2 + 4 * self.residuals
    for k in range(self.halvings):
      x = torch.conv_transpose2d(torch.relu(x), p[i], p[i + 1], [2, 2], [1, 1], [0, 0], 1, [1, 1])
      i = i + 2
    return x

  # --- entry points ---------------------------------------------------------------------------------------------

  # One chunk of an optimisation step. uniform [N, V, g, g] holds draws from (0, 1) for the Gumbel noise; how [3] on the
  # CPU holds temperature, weight of the divergence, share of the chunk. Adds share * gradient to g.
  # -> share * (mean squared error of a pixel + weight * divergence of a place, the two terms) [3]
  def train(self, images: Tensor, uniform: Tensor, how: Tensor, p: List[Tensor], g: List[Tensor]) -> Tensor:
    q = annotate(List[Tensor], [])
    for i in range(len(p)):
      torch.append(q, torch.requires_grad_(torch.detach(p[i]), True))
    N = torch.size(images, 0)
    total = torch.zeros([3], dtype=6, device=ops.prim.device(images))
    seed = annotate(List[Optional[Tensor]], [None])
    at = 0
    while at < N:
      n = ops.prim.min(self.micro, N - at)
      x = torch.clone(torch.narrow(images, 0, at, n))
      logits = self.encode(x, q)
      chosen = torch.neg(torch.log(torch.neg(torch.log(torch.narrow(uniform, 0, at, n)))))  # Gumbel noise
      words = torch.softmax(torch.div(torch.add(logits, chosen), float(how[0])), 1)
      error = torch.sub(self.decode(words, q), x)
      loss = torch.mean(torch.mul(error, error))
      logs = torch.log_softmax(logits, 1)
      V = torch.size(logits, 1)
      divergence = torch.mean(torch.sum(torch.mul(torch.exp(logs), torch.add(logs, torch.log(V))), [1]))
      share = float(how[2]) * n / N
      whole = torch.mul(torch.add(loss, torch.mul(divergence, float(how[1]))), share)
      grads = torch.autograd.grad([whole], q, seed, None, False, False)
      for j in range(len(grads)):
        _ = torch.add_(g[j], unchecked_cast(Tensor, grads[j]))
      total = torch.add(total, torch.detach(torch.stack([whole, torch.mul(loss, share), torch.mul(divergence, share)], 0)))
      at = at + n
    return total

  # Logits [N, V, g, g].
  def logits(self, images: Tensor, p: List[Tensor]) -> Tensor:
    return torch.detach(self.encode(torch.clone(images), p))

  # The picture [N, C, S, S] that words [N, g, g] stand for; a grid of any size.
  def picture(self, words: Tensor, p: List[Tensor]) -> Tensor:
    i = 2 * self.halvings + 4 * self.residuals + 2
    V = torch.size(p[i], 1)
    return torch.detach(self.decode(torch.to(torch.permute(torch.one_hot(words, V), [0, 3, 1, 2]), 6), p))

  # For each image its most probable words, then the mean squared error of a pixel of the picture they stand for, and the
  # mean divergence of a place from the uniform distribution of words. -> [N, g*g + 2] fp32
  def measure(self, images: Tensor, p: List[Tensor]) -> Tensor:
    logits = self.logits(images, p)
    N = torch.size(logits, 0)
    words = torch.argmax(logits, 1)
    error = torch.sub(self.picture(words, p), images)
    logs = torch.log_softmax(logits, 1)
    V = torch.size(logits, 1)
    divergence = torch.sum(torch.mul(torch.exp(logs), torch.add(logs, torch.log(V))), [1])
    columns = [torch.to(torch.reshape(words, [N, -1]), 6), torch.mean(torch.reshape(torch.mul(error, error), [N, -1]), [1], True), torch.mean(torch.reshape(divergence, [N, -1]), [1], True)]
    return torch.cat(columns, 1)
