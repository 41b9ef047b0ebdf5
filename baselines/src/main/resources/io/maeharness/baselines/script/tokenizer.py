# The discrete VAE: a convolutional encoder to words, a relaxed choice of one word a place, a convolutional decoder.
#
# N images of a batch, C channels, S side of the picture, W width, V words of the vocabulary, g = S / 2^halvings places
# a side. Parameters p are a map from the names of TokenizerLayout to tensors. Everything is fp32.
class Tokenizer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  halvings : int
  residuals : int

  # --- layers ---------------------------------------------------------------------------------------------------

  # The convolution called name, padded by so much.
  def conv(self, x: Tensor, p: Dict[str, Tensor], name: str, stride: int, padding: int) -> Tensor:
    return torch.conv2d(x, p[name + ".weight"], p[name + ".bias"], [stride, stride], [padding, padding])

  # Residual blocks: ReLU, 3x3, ReLU, 1x1, added to the input.
  def residual(self, x: Tensor, p: Dict[str, Tensor], name: str) -> Tensor:
    for k in range(self.residuals):
      block = name + "." + str(k)
      h = self.conv(torch.relu(x), p, block + ".wide", 1, 1)
      x = x + self.conv(torch.relu(h), p, block + ".narrow", 1, 0)
    return x

  # images [N, C, S, S] -> logits [N, V, g, g]
  def encode(self, images: Tensor, p: Dict[str, Tensor]) -> Tensor:
    x = images
    for k in range(self.halvings):
      if k > 0:
        x = torch.relu(x)
      x = self.conv(x, p, "encoder.down." + str(k), 2, 1)  # half the side
    x = torch.relu(self.residual(x, p, "encoder.blocks"))  # [N, W, g, g]
    return self.conv(x, p, "encoder.words", 1, 0)

  # Shares of the words [N, V, g, g], each place summing to 1 -> picture [N, C, S, S]
  def decode(self, words: Tensor, p: Dict[str, Tensor]) -> Tensor:
    x = self.residual(self.conv(words, p, "decoder.words", 1, 0), p, "decoder.blocks")  # [N, W, g, g]
    for k in range(self.halvings):
      name = "decoder.up." + str(k)
      x = torch.conv_transpose2d(torch.relu(x), p[name + ".weight"], p[name + ".bias"], [2, 2], [1, 1])  # twice the side
    return x

  # Divergence of each place's distribution of words from the uniform one, nats: [N, V, g, g] -> [N, g, g]
  def divergence(self, logits: Tensor) -> Tensor:
    logs = logits.log_softmax(1)
    return (logs.exp() * (logs + torch.log(logits.size(1)))).sum(1)

  # --- loss and entry points ------------------------------------------------------------------------------------

  # x with its bits moved right by so many, zeros moving in: a shift of PyTorch moves in the sign.
  def shifted(self, x: Tensor, by: int) -> Tensor:
    return torch.bitwise_and(torch.bitwise_right_shift(x, by), (1 << (64 - by)) - 1)

  # The draws of SplitMix64 generators, 23 bits each, in the middle of their step. states [N] of 64 bits -> [N, V, g, g] from (0, 1)
  def drawn(self, states: Tensor, V: int, g: int) -> Tensor:
    i = torch.arange(1, V * g * g + 1, dtype=4, device=states.device)
    z = states.unsqueeze(1) + i * -7046029254386353131
    z = torch.bitwise_xor(z, self.shifted(z, 30)) * -4658895280553007687
    z = torch.bitwise_xor(z, self.shifted(z, 27)) * -7723592293110705685
    z = torch.bitwise_xor(z, self.shifted(z, 31))
    return (self.shifted(z, 41).float() * 2. ** -23 + 2. ** -24).view(states.size(0), V, g, g)

  # The draws behind the choice of words of a batch, given or by the states of their generators.
  def uniform(self, batch: Dict[str, Tensor], logits: Tensor) -> Tensor:
    if "states" in batch:
      return self.drawn(batch["states"], logits.size(1), logits.size(2))
    return batch["uniform"]

  # images [N, C, S, S]; uniform [N, V, g, g] holds draws from (0, 1) for the Gumbel noise. fixed: temperature, and weight of
  # the divergence, on the CPU. -> [3]: mean squared error of a pixel + weight * divergence of a place, and the two terms
  def loss(self, batch: Dict[str, Tensor], fixed: Dict[str, Tensor], p: Dict[str, Tensor]) -> Tensor:
    x = batch["images"].clone()
    logits = self.encode(x, p)
    gumbel = -(-self.uniform(batch, logits).log()).log()
    words = ((logits + gumbel) / float(fixed["temperature"])).softmax(1)
    error = self.decode(words, p) - x
    square = (error * error).mean()
    divergence = self.divergence(logits).mean()
    return torch.stack([square + divergence * float(fixed["weight"]), square, divergence], 0)

  # Logits [N, V, g, g].
  def logits(self, images: Tensor, p: Dict[str, Tensor]) -> Tensor:
    return self.encode(images.clone(), p).detach()

  # Bytes of sums in fixed point of 22 bits, as Pillow cuts them.
  def cut(self, sums: Tensor) -> Tensor:
    return torch.floor((sums + 2. ** 21) * 2. ** -22).clamp(0., 255.)

  # Views [N, C, S, S], standardised, as pictures [N, C, T, T] that the tokenizer takes: their levels of 0 to 255 resized along
  # rows, then along columns, by whole numbers in fp64, which are exact, and standardised again by table.
  def resized(self, views: Tensor, how: Dict[str, Tensor]) -> Tensor:
    levels = ((views.double() * how["deviation"] + how["mean"]) * 255.).round().clamp(0., 255.)
    taps = how["taps"]  # [T, S]
    rows = self.cut(levels.matmul(taps.t()))  # [N, C, S, T]
    pictures = self.cut(taps.matmul(rows))  # [N, C, T, T]
    return how["table"].take(pictures.long() + how["offsets"])

  # About the first logit of [N, V, g, g] that is no finite number, place by place: [3] image, counted from first, word and
  # logit; image -1 where all are finite. No value of it is read here, which would wait for the device.
  def doubt(self, logits: Tensor, first: float) -> Tensor:
    N, V = logits.size(0), logits.size(1)
    bad = torch.logical_not(torch.isfinite(logits)).view(N, -1).any(1).int()  # [N]
    image = bad.argmax(0, True)  # [1], the first of the largest
    row = logits.index_select(0, image).permute(0, 2, 3, 1).reshape(-1)  # [g * g * V]
    at = torch.logical_not(torch.isfinite(row)).int().argmax(0, True)  # [1]
    found = bad.index_select(0, image).float()  # [1]
    number = (image.float() + (first + 1.)) * found - 1.
    return torch.cat([number, torch.remainder(at, V).float(), row.index_select(0, at)], 0)

  # The most probable word of each place of images [N, C, S, S], the first of several, sorted by patches: [N, L, W], and what
  # doubt says of all. how: on the CPU "first", images "at_once" and words along a "side" of a patch; where the pictures of
  # the tokenizer have another size, what resized takes.
  def choose(self, images: Tensor, how: Dict[str, Tensor], p: Dict[str, Tensor]) -> List[Tensor]:
    first, most, side = float(how["first"]), int(how["at_once"]), int(how["side"])
    words : List[Tensor] = []
    doubts : List[Tensor] = []
    at = 0
    while at < images.size(0):
      x = images[at:at + most]
      if "taps" in how:
        x = self.resized(x, how)
      logits = self.logits(x, p)
      doubts.append(self.doubt(logits, first + at))
      words.append(logits.argmax(1))  # [n, g, g]
      at += most
    chosen = torch.cat(words, 0)
    N, g = chosen.size(0), chosen.size(1)
    patches = g // side
    chosen = chosen.view(N, patches, side, patches, side).permute(0, 1, 3, 2, 4).reshape(N, patches * patches, side * side)
    doubted = torch.stack(doubts, 0)  # [batches, 3]
    return [chosen, doubted.index_select(0, torch.gt(doubted[:, 0], -1.).int().argmax(0, True)).view(3)]

  # The picture [N, C, S, S] that words [N, g, g] stand for; a grid of any size.
  def picture(self, words: Tensor, p: Dict[str, Tensor]) -> Tensor:
    V = p["decoder.words.weight"].size(1)
    return self.decode(torch.one_hot(words, V).permute(0, 3, 1, 2).float(), p).detach()

  # For each image its most probable words, then the mean squared error of a pixel of the picture they stand for, and the
  # mean divergence of a place from the uniform distribution of words. -> [N, g*g + 2] fp32
  def measure(self, images: Tensor, p: Dict[str, Tensor]) -> Tensor:
    logits = self.logits(images, p)
    N = logits.size(0)
    words = logits.argmax(1)  # [N, g, g]
    error = self.picture(words, p) - images
    square = (error * error).reshape(N, -1).mean(dim=1, keepdim=True)
    divergence = self.divergence(logits).reshape(N, -1).mean(dim=1, keepdim=True)
    return torch.cat([words.reshape(N, -1).float(), square, divergence], 1)
