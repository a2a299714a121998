"""What `millrace fit-plane` prints first, in PyTorch: from the start of the process to the result of one step."""

import torch

x = torch.rand(2, 100)
y = 0.1 * x[0] + 0.2 * x[1] + 0.3
w = (torch.rand(1, 2) * 2 - 1).requires_grad_()
b = torch.zeros(1, requires_grad=True)
loss = (w @ x + b - y).square().mean()
dw, db = torch.autograd.grad(loss, (w, b))
with torch.no_grad():
    w.sub_(0.5 * dw)
    b.sub_(0.5 * db)
print(0, w.detach().numpy(), b.detach().numpy(), flush=True)
