"""The notes' networks at reduced size, forward and backward: python3 test/golden/nets.py > test/golden/nets.json

Each is the convolutional part up to pool5, its channels divided by 8. Parameter i, counted in the order of layers with
kernel before bias, is hashed_uniform(shape, i + 1, scale), kernels with sqrt(6 / fan-in), biases with 1; the images are
hashed_uniform(shape, 0, 60): large, so that the local response normalization of AlexNet has an effect. Gradients are
those of l2Loss(pool5) = sum(pool5 ** 2) / 2. A gradient is told by its norm and by its products with four directions,
hashed_uniform(shape, 1001 ... 1004): few numbers, and no element can be wrong without changing them.
"""

import json
import math

import torch
import torch.nn.functional as F

from hashed_numbers import hashed_uniform
from windows import as_torch, same

# name: images (NHWC), layers: ("conv", out channels, kernel, stride), ("lrn",), ("pool", size)
NETS = {
    "alexnet": (
        [2, 99, 67, 3],
        [
            ("conv", 8, 11, 4), ("lrn",), ("pool", 3),
            ("conv", 24, 5, 1), ("lrn",), ("pool", 3),
            ("conv", 48, 3, 1), ("conv", 32, 3, 1), ("conv", 32, 3, 1), ("pool", 3),
        ],
    ),
    "vgg16": (
        [2, 32, 32, 3],
        [
            layer
            for width, depth in [(8, 2), (16, 2), (32, 3), (64, 3), (64, 3)]
            for layer in [("conv", width, 3, 1)] * depth + [("pool", 2)]
        ],
    ),
}  # fmt: skip


def forward(images, layers):
    """pool5 (NHWC), and kernels (HWIO) and biases in order."""
    parameters = []

    def parameter(shape, scale):
        made = torch.tensor(hashed_uniform(shape, len(parameters) + 1, scale), requires_grad=True)
        parameters.append(made)
        return made

    x = images.permute(0, 3, 1, 2)
    for kind, *sizes in layers:
        if kind == "conv":
            out_channels, kernel, stride = sizes
            inside = x.shape[1]
            weights = parameter([kernel, kernel, inside, out_channels], math.sqrt(6 / (kernel * kernel * inside)))
            biases = parameter([out_channels], 1)
            padded = F.pad(x, as_torch([same(size, kernel, stride) for size in x.shape[2:]]))
            x = F.relu(F.conv2d(padded, weights.permute(3, 2, 0, 1), biases, stride))
        elif kind == "lrn":
            # The notes' alpha, 0.001 / 9, multiplies the sum; PyTorch divides its alpha by the window of 9.
            x = F.local_response_norm(x, 9, alpha=0.001, beta=0.75, k=1.0)
        else:
            x = F.max_pool2d(x, sizes[0], 2)
    return x.permute(0, 2, 3, 1), parameters


def short(value):
    return [short(part) for part in value] if isinstance(value, list) else float(f"{value:.10g}")


def summary(gradient):
    directions = [torch.tensor(hashed_uniform(list(gradient.shape), 1001 + which)) for which in range(4)]
    products = [(gradient * direction).sum().item() for direction in directions]
    return {"shape": list(gradient.shape), "norm": short(gradient.norm().item()), "products": short(products)}


def net(name, images_shape, layers):
    images = torch.tensor(hashed_uniform(images_shape, 0, 60))
    pool5, parameters = forward(images, layers)
    (pool5.square().sum() / 2).backward()
    assert all(parameter.grad.norm() > 0 for parameter in parameters)
    return {
        "name": name,
        "images": images_shape,
        "pool5": short(pool5.tolist()),
        "gradients": [summary(parameter.grad) for parameter in parameters],
    }


if __name__ == "__main__":
    print(json.dumps([net(name, *parts) for name, parts in NETS.items()]))
