"""Prints golden cases as JSON, one a line."""

import json


def nested(tensor):
    """A tensor as nested lists of whole numbers; fails when it holds others."""
    values = tensor.detach().round()
    assert (values - tensor.detach()).abs().max() < 1e-9 if tensor.numel() else True
    return values.long().tolist()


def print_cases(cases):
    print("[")
    print(",\n".join("  " + json.dumps(case) for case in cases))
    print("]")
