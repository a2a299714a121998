"""Golden values of reductions, by PyTorch."""

import torch

x = torch.tensor([[1.0, 2, 3], [1000, 1000, -1000]])
print("logsumexp", torch.logsumexp(x, 1).tolist())

values, indices = torch.topk(torch.tensor([[1.0, 5, 2, 4, 3]]), 3)
print("topk", values.tolist(), indices.tolist())

x = torch.tensor([[1.0, 2, 3, 4], [2, 4, 8, 16]])
print("moments", x.mean(1).tolist(), x.var(1, unbiased=False).tolist())

x = torch.tensor([[1.0, 3, 3, 1], [2, 2, 2, 2]], requires_grad=True)
(torch.amax(x, 1) * torch.tensor([6.0, 8])).sum().backward()
print("gradient of amax", x.grad.tolist())
