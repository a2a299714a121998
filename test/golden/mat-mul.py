"""Matrix products and both gradients: python3 test/golden/mat-mul.py > test/golden/mat-mul.json"""

import torch

from hashed_numbers import whole_numbers
from printing import nested, print_cases

# title, a, b, options
CASES = [
    ("plain", [2, 3], [3, 4], {}),
    ("a transposed", [3, 2], [3, 4], {"transposeA": True}),
    ("b transposed", [2, 3], [4, 3], {"transposeB": True}),
    ("both transposed", [3, 2], [4, 3], {"transposeA": True, "transposeB": True}),
    ("batch of 2", [2, 2, 3], [2, 3, 2], {}),
    ("batches broadcast", [2, 1, 2, 3], [3, 3, 2], {}),
    ("one matrix for a batch, transposed", [2, 2, 3], [2, 3], {"transposeB": True}),
]


def golden(title, a_shape, b_shape, options):
    a = torch.tensor(whole_numbers(a_shape, 1), requires_grad=True)
    b = torch.tensor(whole_numbers(b_shape, 2), requires_grad=True)
    left = a.mT if options.get("transposeA") else a
    right = b.mT if options.get("transposeB") else b
    y = left @ right
    y.backward(torch.tensor(whole_numbers(list(y.shape), 3)))
    return {"title": title, "a": a_shape, "b": b_shape, "options": options, "y": nested(y), "dA": nested(a.grad), "dB": nested(b.grad)}


if __name__ == "__main__":
    print_cases(golden(*case) for case in CASES)
