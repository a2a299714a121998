"""Values pasted into the tests of the cross-entropies: python3 test/golden/cross-entropy.py"""

import torch
import torch.nn.functional as F

from rounding import rounded

LOGITS = [[2, 1, 3], [0.5, -1, 0]]


def dense_and_sparse(name, labels):
    logits = torch.tensor(LOGITS, dtype=torch.float64, requires_grad=True)
    loss = F.cross_entropy(logits, labels, reduction="none")
    loss.sum().backward()
    print(name, "loss", rounded(loss), "gradient", rounded(logits.grad))


if __name__ == "__main__":
    dense_and_sparse("softmaxCrossEntropyWithLogits", torch.tensor([[0, 1, 0], [0.2, 0.3, 0.5]], dtype=torch.float64))
    dense_and_sparse("sparseSoftmaxCrossEntropyWithLogits", torch.tensor([1, 2]))
    logits = torch.tensor([20, -20, 0.7, 0], dtype=torch.float64)
    labels = torch.tensor([1, 0, 0.3, 1], dtype=torch.float64)
    loss = F.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    print("sigmoidCrossEntropyWithLogits", rounded(loss))
