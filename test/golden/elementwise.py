"""Prints golden values of the elementwise ops: python3 test/golden/elementwise.py (PyTorch 1.13)."""

import torch
import torch.nn.functional as F

x = torch.tensor([-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0], dtype=torch.float64)

def show(name, y):
    print(name, [float(f"{v:.9g}") for v in y.tolist()])

show("x", x)
show("gelu", F.gelu(x))
show("gelu approximate", F.gelu(x, approximate="tanh"))
show("elu", F.elu(x))
show("leakyRelu 0.1", F.leaky_relu(x, 0.1))
show("relu6", F.relu6(x))
show("softplus", F.softplus(x, threshold=100))
show("sigmoid", torch.sigmoid(x))
show("tanh", torch.tanh(x))
show("log1p", torch.log1p(x[3:]))
show("round", torch.round(torch.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4, 2.6])))

y = x.clone().requires_grad_()
F.gelu(y).sum().backward()
show("geluGrad", y.grad)
y = x.clone().requires_grad_()
F.gelu(y, approximate="tanh").sum().backward()
show("geluGrad approximate", y.grad)

a = torch.tensor([7.0, -7.0, 7.0, -7.0, 6.0])
b = torch.tensor([3.0, 3.0, -3.0, -3.0, 3.0])
show("floorDiv", torch.div(a, b, rounding_mode="floor"))
show("floorMod", torch.remainder(a, b))
