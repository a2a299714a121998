"""Convolutions and both gradients: python3 test/golden/conv2d.py > test/golden/conv2d.json"""

import torch
import torch.nn.functional as F

from hashed_numbers import whole_numbers
from printing import nested, print_cases
from windows import as_torch, explicit

# title, images, filter (HWIO), options
CASES = [
    ("VALID", [2, 3, 4, 2], [2, 2, 2, 3], {"padding": "VALID"}),
    ("SAME, odd sizes, stride 2", [1, 5, 4, 2], [3, 2, 2, 2], {"padding": "SAME", "strides": [1, 2, 2, 1]}),
    ("SAME, stride above kernel", [1, 7, 5, 1], [2, 1, 1, 3], {"padding": "SAME", "strides": [3, 2]}),
    ("dilated", [1, 6, 7, 1], [3, 2, 1, 2], {"padding": "VALID", "dilations": [2, 3]}),
    ("SAME, dilated", [1, 4, 5, 2], [2, 3, 2, 1], {"padding": "SAME", "dilations": 2}),
    ("explicit, one-sided", [1, 3, 4, 2], [3, 3, 2, 2], {"padding": [[0, 2], [1, 0]], "strides": [1, 2]}),
    ("kernel above image", [1, 2, 2, 1], [5, 4, 1, 2], {"padding": [[2, 1], [1, 3]]}),
    ("groups", [1, 3, 3, 6], [2, 2, 2, 3], {"padding": "SAME", "groups": 3}),
    ("1x1", [1, 3, 3, 3], [1, 1, 3, 2], {"padding": "SAME", "strides": 2}),
]


def pair(value):
    if isinstance(value, int):
        return [value, value]
    return value[1:3] if len(value) == 4 else value


def convolve(images, kernel, options):
    """NHWC images, HWIO kernel; returns NHWC."""
    strides, dilations = pair(options.get("strides", 1)), pair(options.get("dilations", 1))
    padding = explicit(options["padding"], images.shape[1:3], kernel.shape[:2], strides, dilations)
    padded = F.pad(images.permute(0, 3, 1, 2), as_torch(padding))
    y = F.conv2d(padded, kernel.permute(3, 2, 0, 1), None, strides, 0, dilations, options.get("groups", 1))
    return y.permute(0, 2, 3, 1)


def golden(title, images_shape, filter_shape, options):
    images = torch.tensor(whole_numbers(images_shape, 1), requires_grad=True)
    kernel = torch.tensor(whole_numbers(filter_shape, 2), requires_grad=True)
    y = convolve(images, kernel, options)
    dy = torch.tensor(whole_numbers(list(y.shape), 3))
    y.backward(dy)
    return {
        "title": title,
        "images": images_shape,
        "filter": filter_shape,
        "options": options,
        "y": nested(y),
        "dImages": nested(images.grad),
        "dFilter": nested(kernel.grad),
    }


if __name__ == "__main__":
    print_cases(golden(*case) for case in CASES)
