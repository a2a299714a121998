"""Tensors as nested lists of nine significant digits: more than float32 has."""


def rounded(tensor):
    return _round(tensor.detach().tolist())


def _round(value):
    return [_round(entry) for entry in value] if isinstance(value, list) else float(f"{value:.9g}")
