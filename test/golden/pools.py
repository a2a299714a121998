"""Pools and their gradients: python3 test/golden/pools.py > test/golden/pools.json"""

import torch
import torch.nn.functional as F

from hashed_numbers import hashed_uniform
from printing import print_cases
from rounding import rounded
from windows import as_torch, explicit

# title, images, [kernel height, width], [stride height, width], padding
CASES = [
    ("VALID, 3x3 every 2", [1, 7, 5, 2], [3, 3], [2, 2], "VALID"),
    ("SAME, odd padding", [2, 4, 5, 1], [2, 3], [2, 2], "SAME"),
    ("SAME, overlapping", [1, 4, 3, 2], [3, 3], [1, 1], "SAME"),
    ("explicit padding", [1, 4, 4, 1], [3, 2], [2, 1], [[1, 2], [0, 1]]),
]


def golden(op, title, shape, kernels, strides, padding):
    images = torch.tensor(hashed_uniform(shape, 1), requires_grad=True)
    around = as_torch(explicit(padding, shape[1:3], kernels, strides, [1, 1]))
    nchw = images.permute(0, 3, 1, 2)
    if op == "maxPool":
        pooled = F.max_pool2d(F.pad(nchw, around, value=-float("inf")), kernels, strides)
    else:
        # Sums over counts: padding does not count.
        sums = F.avg_pool2d(F.pad(nchw, around), kernels, strides)
        counts = F.avg_pool2d(F.pad(torch.ones_like(nchw), around), kernels, strides)
        pooled = sums / counts
    y = pooled.permute(0, 2, 3, 1)
    y.backward(torch.tensor(hashed_uniform(list(y.shape), 2)))
    options = {"ksize": [1, *kernels, 1], "strides": [1, *strides, 1], "padding": padding}
    return {"op": op, "title": title, "images": shape, "options": options, "y": rounded(y), "dImages": rounded(images.grad)}


if __name__ == "__main__":
    print_cases([golden(op, *case) for op in ("maxPool", "avgPool") for case in CASES])
