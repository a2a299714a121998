"""Values pasted into softmax.test.ts and log-softmax.test.ts: python3 test/golden/softmax.py"""

import torch

from rounding import rounded

if __name__ == "__main__":
    logits = torch.tensor([2, 1, 3], dtype=torch.float64)
    print("softmax", rounded(torch.softmax(logits, 0)))
    print("logSoftmax", rounded(torch.log_softmax(logits, 0)))
