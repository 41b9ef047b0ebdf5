# Principal components of patches, in float64.
class Pca(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  components : int

  # patches [M, X] -> mean patch and the first components [1 + components, X], fp32. The largest entry of a component is
  # positive, so that the sign does not depend on the solver.
  def fit(self, patches: Tensor) -> Tensor:
    x = torch.to(patches, 7)
    centre = torch.mean(x, [0], True)
    d = torch.sub(x, centre)
    covariance = torch.div(torch.matmul(torch.transpose(d, 0, 1), d), torch.size(x, 0))
    values, vectors = torch.linalg_eigh(covariance)  # ascending
    rows = torch.flip(torch.transpose(vectors, 0, 1), [0])
    rows = torch.slice(rows, 0, 0, self.components)
    largest = torch.gather(rows, 1, torch.argmax(torch.abs(rows), 1, True))
    rows = torch.mul(rows, torch.sign(largest))
    return torch.to(torch.cat([centre, rows], 0), 6)
