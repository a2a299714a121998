"""Transposed convolutions: python3 test/golden/conv2d-transpose.py > test/golden/conv2d-transpose.json"""

import torch
import torch.nn.functional as F

from hashed_numbers import whole_numbers
from printing import nested, print_cases
from windows import explicit

# title, images, filter [height, width, out, in], options; outputShape is what the case must give, and the option too.
CASES = [
    ("VALID", [2, 2, 3, 2], [2, 3, 3, 2], {"padding": "VALID", "outputShape": [2, 3, 5, 3]}),
    ("SAME, stride 2", [1, 3, 2, 2], [3, 3, 1, 2], {"padding": "SAME", "strides": 2, "outputShape": [1, 6, 4, 1]}),
    ("SAME, stride 2, odd result", [1, 3, 2, 1], [3, 2, 2, 1], {"padding": "SAME", "strides": 2, "outputShape": [1, 5, 3, 2]}),
    ("VALID, kernel below stride", [1, 2, 2, 2], [1, 2, 2, 2], {"padding": "VALID", "strides": [2, 3], "outputShape": [1, 4, 6, 2]}),
    ("dilated", [1, 2, 3, 1], [2, 2, 2, 1], {"padding": "VALID", "dilations": [3, 2], "outputShape": [1, 5, 5, 2]}),
    ("explicit", [1, 3, 3, 2], [3, 3, 1, 2], {"padding": [[1, 0], [0, 2]], "strides": [2, 1], "outputShape": [1, 6, 3, 1]}),
]


def pair(value):
    return [value, value] if isinstance(value, int) else value


def golden(title, images_shape, filter_shape, options):
    strides, dilations = pair(options.get("strides", 1)), pair(options.get("dilations", 1))
    images = torch.tensor(whole_numbers(images_shape, 1), requires_grad=True)
    kernel = torch.tensor(whole_numbers(filter_shape, 2), requires_grad=True)
    _, height, width, _ = options["outputShape"]
    (top, _), (left, _) = explicit(options["padding"], [height, width], filter_shape[:2], strides, dilations)
    # PyTorch's [in, out, height, width] is this filter's last, third, first and second axis. Unpadded, the result has
    # every cell that a window reaches; those in the padding are cut off, and cells that no window reaches are 0.
    whole = F.conv_transpose2d(images.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), None, strides, 0, 0, 1, dilations)
    whole = F.pad(whole, (0, width, 0, height))
    y = whole[:, :, top : top + height, left : left + width].permute(0, 2, 3, 1)
    y.backward(torch.tensor(whole_numbers(list(y.shape), 3)))
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
