# Principal components of patches, in float64.
class Pca(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  components : int

  # patches [M, X] -> mean patch and the first components [1 + components, X], fp32. The largest entry of a component is
  # positive, so that the sign does not depend on the solver.
  def fit(self, patches: Tensor) -> Tensor:
    x = patches.double()
    centre = x.mean(dim=0, keepdim=True)
    d = x - centre
    covariance = d.transpose(0, 1) @ d / x.size(0)
    values, vectors = torch.linalg_eigh(covariance)  # ascending
    rows = vectors.transpose(0, 1).flip(0)[:self.components]
    largest = rows.gather(1, rows.abs().argmax(dim=1, keepdim=True))
    return torch.cat([centre, rows * largest.sign()], 0).float()
