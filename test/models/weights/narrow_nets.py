"""PyTorch's logits of narrow networks: python3 test/models/weights/narrow_nets.py > test/models/weights/narrow-nets.json

The networks are torchvision's VGG11 (with and without batch normalization) and AlexNet with their widths divided by 16
and images of 64 x 64 (VGG) or 127 x 127 pixels, so that 2 x 2 or 3 x 3 cells are flattened: in the wrong order, logits
would be wrong. The names are torchvision's. Tensor i of the state dict is hashed_uniform(shape, i + 1, sqrt(6 / fan-in))
for weights, 1 for biases and running means; scales and running variances are that plus 2, so that they are positive.
Batches that a normalization counted are left out. The images are hashed_uniform(shape, 0), NHWC.
"""

import json
import math
import os
import sys

import torch
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "golden"))

from hashed_numbers import hashed_uniform  # noqa: E402

VGG11 = [4, "M", 8, "M", 16, 16, "M", 32, 32, "M", 32, 32, "M"]


def vgg(normalized):
    layers, inside = [], 3
    for width in VGG11:
        if width == "M":
            layers.append(nn.MaxPool2d(2, 2))
            continue
        layers.append(nn.Conv2d(inside, width, 3, padding=1))
        if normalized:
            layers.append(nn.BatchNorm2d(width))
        layers.append(nn.ReLU())
        inside = width
    classifier = [nn.Linear(2 * 2 * 32, 24), nn.ReLU(), nn.Dropout(), nn.Linear(24, 16), nn.ReLU(), nn.Dropout(), nn.Linear(16, 5)]
    return module(layers, classifier)


def alexnet():
    pool = lambda: nn.MaxPool2d(3, 2)  # noqa: E731
    features = [
        nn.Conv2d(3, 4, 11, 4, 2), nn.ReLU(), pool(),
        nn.Conv2d(4, 12, 5, padding=2), nn.ReLU(), pool(),
        nn.Conv2d(12, 24, 3, padding=1), nn.ReLU(),
        nn.Conv2d(24, 16, 3, padding=1), nn.ReLU(),
        nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(), pool(),
    ]  # fmt: skip
    classifier = [nn.Dropout(), nn.Linear(3 * 3 * 16, 24), nn.ReLU(), nn.Dropout(), nn.Linear(24, 16), nn.ReLU(), nn.Linear(16, 5)]
    return module(features, classifier)


def module(features, classifier):
    made = nn.Module()
    made.features = nn.Sequential(*features)
    made.classifier = nn.Sequential(*classifier)
    made.forward = lambda x: made.classifier(torch.flatten(made.features(x), 1))
    return made.double().eval()


def fill(net):
    tensors = {name: tensor for name, tensor in net.state_dict().items() if not name.endswith("num_batches_tracked")}
    for index, (name, tensor) in enumerate(tensors.items()):
        fan_in = tensor[0].numel()
        value = hashed_uniform(list(tensor.shape), index + 1, math.sqrt(6 / fan_in) if tensor.dim() > 1 else 1)
        if name.endswith("running_var") or (tensor.dim() == 1 and name.endswith(".weight")):
            value = value + 2
        tensor.copy_(torch.from_numpy(value))
    return {name: list(tensor.shape) for name, tensor in tensors.items()}


if __name__ == "__main__":
    nets = []
    for name, net, size in [("vgg11", vgg(False), 64), ("vgg11_bn", vgg(True), 64), ("alexnet", alexnet(), 127)]:
        with torch.no_grad():
            tensors = fill(net)
            images = torch.tensor(hashed_uniform([2, size, size, 3], 0)).permute(0, 3, 1, 2)
            logits = [[float(f"{x:.9g}") for x in row] for row in net.forward(images).tolist()]
        nets.append({"name": name, "size": size, "tensors": tensors, "logits": logits})
    print(json.dumps(nets))
