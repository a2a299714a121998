"""What PyTorch needs to be given TensorFlow's windows: explicit padding, SAME included."""


def same(size, kernel, stride, dilation=1):
    """TensorFlow's SAME for one axis: cells before and after, the odd one after."""
    total = max((-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return [total // 2, total - total // 2]


def explicit(padding, sizes, kernels, strides, dilations):
    """[[top, bottom], [left, right]] for "SAME", "VALID" or such a list itself."""
    if padding == "VALID":
        return [[0, 0], [0, 0]]
    if padding == "SAME":
        return [same(*axis) for axis in zip(sizes, kernels, strides, dilations)]
    return padding


def as_torch(padding):
    """For torch.nn.functional.pad, which counts from the last axis."""
    (top, bottom), (left, right) = padding
    return (left, right, top, bottom)
