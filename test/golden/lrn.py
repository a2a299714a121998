"""Local response normalization and its gradient: python3 test/golden/lrn.py > test/golden/lrn.json"""

import torch
import torch.nn.functional as F

from hashed_numbers import hashed_uniform
from printing import print_cases
from rounding import rounded

# title, images, options as TensorFlow has them
CASES = [
    ("the notes' options", [1, 2, 1, 11], {"depthRadius": 4, "bias": 1, "alpha": 0.001 / 9, "beta": 0.75}),
    ("a heavy weight", [1, 2, 2, 7], {"depthRadius": 2, "bias": 2, "alpha": 0.7, "beta": 0.75}),
    ("beta 0.5", [1, 1, 2, 9], {"depthRadius": 1, "bias": 1, "alpha": 1, "beta": 0.5}),
    ("beta 0.6", [1, 1, 2, 5], {"depthRadius": 5, "bias": 1.5, "alpha": 0.3, "beta": 0.6}),
]


def golden(title, shape, options):
    images = torch.tensor(hashed_uniform(shape, 1, 3), requires_grad=True)
    size = 2 * options["depthRadius"] + 1
    # PyTorch divides alpha by the window.
    nchw = F.local_response_norm(images.permute(0, 3, 1, 2), size, options["alpha"] * size, options["beta"], options["bias"])
    y = nchw.permute(0, 2, 3, 1)
    y.backward(torch.tensor(hashed_uniform(shape, 2)))
    return {"title": title, "images": shape, "options": options, "y": rounded(y), "dImages": rounded(images.grad)}


if __name__ == "__main__":
    print_cases([golden(*case) for case in CASES])
