"""Depthwise convolutions: python3 test/golden/depthwise-conv2d.py > test/golden/depthwise-conv2d.json"""

import torch
import torch.nn.functional as F

from hashed_numbers import whole_numbers
from printing import nested, print_cases
from windows import as_torch, explicit

# title, images, filter [height, width, channels, multiplier], strides, dilations, padding
CASES = [
    ("VALID", [2, 3, 4, 3], [2, 2, 3, 1], [1, 1], [1, 1], "VALID"),
    ("SAME, multiplier 2, stride 2", [1, 4, 5, 2], [3, 3, 2, 2], [2, 2], [1, 1], "SAME"),
    ("SAME, dilated", [1, 5, 4, 2], [2, 3, 2, 1], [1, 1], [2, 1], "SAME"),
    ("explicit", [1, 3, 3, 2], [3, 2, 2, 3], [1, 2], [1, 1], [[1, 0], [0, 2]]),
]


def golden(title, images_shape, filter_shape, strides, dilations, padding):
    images = torch.tensor(whole_numbers(images_shape, 1), requires_grad=True)
    kernel = torch.tensor(whole_numbers(filter_shape, 2), requires_grad=True)
    height, width, channels, multiplier = filter_shape
    cells = explicit(padding, images_shape[1:3], filter_shape[:2], strides, dilations)
    padded = F.pad(images.permute(0, 3, 1, 2), as_torch(cells))
    # PyTorch's out channel is channel * multiplier + m, as TensorFlow's.
    weight = kernel.reshape(height, width, 1, channels * multiplier).permute(3, 2, 0, 1)
    y = F.conv2d(padded, weight, None, strides, 0, dilations, channels).permute(0, 2, 3, 1)
    y.backward(torch.tensor(whole_numbers(list(y.shape), 3)))
    return {
        "title": title,
        "images": images_shape,
        "filter": filter_shape,
        "options": {"strides": strides, "dilations": dilations, "padding": padding},
        "y": nested(y),
        "dImages": nested(images.grad),
        "dFilter": nested(kernel.grad),
    }


if __name__ == "__main__":
    print_cases(golden(*case) for case in CASES)
