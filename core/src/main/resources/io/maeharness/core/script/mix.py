# Mixup and cutmix of a batch [B, C, S, S] in place: image i with image B - 1 - i; one in the middle stays as it is.
#
# Products and sums are single operations in fp32, in the order of the Java that does this on the processor.
class Mix(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # share [2]: part of an image that is its own, and the rest
  def blend(self, images: Tensor, share: Tensor) -> Tensor:
    s : List[float] = share.tolist()
    half = images.size(0) // 2
    first = images[:half]
    last = images[images.size(0) - half:]
    a = first.clone()
    b = last.flip([0])
    first.copy_(a * s[0] + b * s[1])
    last.copy_((b * s[0] + a * s[1]).flip([0]))
    return images

  # cut [4]: first row, first column, and those behind the last
  def exchange(self, images: Tensor, cut: Tensor) -> Tensor:
    c : List[int] = cut.tolist()
    part = images[:, :, c[0]:c[2], c[1]:c[3]]
    part.copy_(part.flip([0]))
    return images
