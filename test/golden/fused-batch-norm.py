"""Batch normalization and its gradients: python3 test/golden/fused-batch-norm.py > test/golden/fused-batch-norm.json"""

import torch
import torch.nn.functional as F

from hashed_numbers import hashed_uniform
from printing import print_cases
from rounding import rounded

# title, x, isTraining, epsilon
CASES = [
    ("training", [2, 3, 2, 3], True, 0.001),
    ("training, a large epsilon", [4, 1, 1, 2], True, 0.5),
    ("given moments", [1, 2, 2, 3], False, 0.001),
]


def golden(title, shape, training, epsilon):
    channels = shape[-1:]
    x = torch.tensor(hashed_uniform(shape, 1, 2), requires_grad=True)
    scale = torch.tensor(hashed_uniform(channels, 2), requires_grad=True)
    offset = torch.tensor(hashed_uniform(channels, 3), requires_grad=True)
    mean = torch.tensor(hashed_uniform(channels, 4))
    variance = torch.tensor(hashed_uniform(channels, 5) ** 2)
    # momentum 1: the running moments become the batch's.
    nchw = F.batch_norm(x.permute(0, 3, 1, 2), mean, variance, scale, offset, training, 1, epsilon)
    y = nchw.permute(0, 2, 3, 1)
    y.backward(torch.tensor(hashed_uniform(shape, 6)))
    return {
        "title": title,
        "x": shape,
        "isTraining": training,
        "epsilon": epsilon,
        "y": rounded(y),
        "mean": rounded(mean),
        "variance": rounded(variance),
        "dX": rounded(x.grad),
        "dScale": rounded(scale.grad),
        "dOffset": rounded(offset.grad),
    }


if __name__ == "__main__":
    print_cases([golden(*case) for case in CASES])
