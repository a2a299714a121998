"""The networks of random-nets.ts in PyTorch: python3 random_nets.py FOLDER

Reads FOLDER/nets.json and, for each net i, FOLDER/i.f32: input, targets (int32 for sparse labels) and parameters, one
after the other. Writes FOLDER/i.f64: every value, the loss, the gradients by input and trainable parameters, and all
parameters after two steps of training, computed in float64; then all of it once more, computed in float32, which tells
what rounding alone does to this net.

Where PyTorch's optimizers differ from TensorFlow's, which Millrace follows:

- Adam, AdamW: TensorFlow's epsilon stands beside the root of the uncorrected mean of squares, so PyTorch's is epsilon /
  sqrt(1 - beta2^t). Only parameters of rank 2 and more decay.
- Adagrad: TensorFlow has no epsilon; its accumulator starts at 0.1.
- RMSProp: TensorFlow's epsilon is under the root and its mean of squares starts at 1. Written out here.
"""

import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "golden"))
from windows import as_torch, explicit  # noqa: E402


def images(x):
    """NHWC to NCHW."""
    return x.permute(0, 3, 1, 2)


def back(x):
    return x.permute(0, 2, 3, 1)


def padding_of(node, sizes):
    dilations = node.get("dilations", [1, 1])
    return explicit(node["padding"], sizes, node["kernel"], node["strides"], dilations)


def conv(node, x, parameters, groups):
    x = F.pad(images(x), as_torch(padding_of(node, x.shape[1:3])))
    weights = parameters[0].permute(3, 2, 0, 1).contiguous()
    bias = parameters[1] if len(parameters) > 1 else None
    return back(F.conv2d(x, weights, bias, node["strides"], 0, node["dilations"], groups))


def depthwise(node, x, parameters):
    height, width, channels, multiplier = parameters[0].shape
    filters = parameters[0].reshape(height, width, 1, channels * multiplier)
    return conv(node, x, [filters], channels)


def transpose(node, x, parameters):
    """By definition: the gradient of the convolution by its images."""
    shape = node["outputShape"]
    (top, bottom), (left, right) = padding_of(node, shape[1:3])
    weights = parameters[0].permute(3, 2, 0, 1).contiguous()
    y = F.conv_transpose2d(images(x), weights, None, node["strides"], 0, 0, 1, node["dilations"])
    # Cells that no window of the convolution reaches are zero.
    more = [max(0, size + before + after - have) for size, before, after, have in zip(shape[1:3], (top, left), (bottom, right), y.shape[2:])]
    y = back(F.pad(y, (0, more[1], 0, more[0])))[:, top : top + shape[1], left : left + shape[2]]
    return y + parameters[1] if len(parameters) > 1 else y


def pool(node, x):
    padding = as_torch(padding_of(node, x.shape[1:3]))
    x = images(x)
    if node["op"] == "maxPool":
        return back(F.max_pool2d(F.pad(x, padding, value=-torch.inf), node["kernel"], node["strides"]))
    # Padding does not count.
    sums, cells = (
        F.avg_pool2d(F.pad(values, padding), node["kernel"], node["strides"]) for values in (x, torch.ones_like(x))
    )
    return back(sums / cells)


def lrn(node, x):
    squares = F.pad(x * x, (node["radius"], node["radius"]))
    total = squares.unfold(-1, 2 * node["radius"] + 1, 1).sum(-1)
    return x / (node["bias"] + node["alpha"] * total) ** node["beta"]


def batch_norm(node, x, parameters, statistics):
    scale, offset, mean, variance = parameters
    if node["training"]:
        axes = list(range(x.dim() - 1))
        running = (mean, variance)
        mean, variance = x.mean(axes), x.var(axes, unbiased=False)
        statistics.append((running, (mean.detach(), x.var(axes, unbiased=True).detach())))
    return (x - mean) / (variance + node["epsilon"]).sqrt() * scale + offset


ACTIVATIONS = {
    "elu": F.elu,
    "gelu": F.gelu,
    "leakyRelu": lambda x: F.leaky_relu(x, 0.2),
    "relu": F.relu,
    "relu6": F.relu6,
    "sigmoid": torch.sigmoid,
    "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
    "tanh": torch.tanh,
}


def pad(node, x):
    if node["mode"] == "REFLECT":
        return back(F.pad(images(x), as_torch(node["paddings"][1:3]), mode="reflect"))
    return F.pad(x, [cells for pair in reversed(node["paddings"]) for cells in pair])


def crop(node, x):
    for axis, (begin, size) in enumerate(zip(node["begin"], node["size"])):
        x = x.narrow(axis, begin, size)
    return x


def apply(node, inputs, parameters, statistics):
    op, x = node["op"], inputs[0]
    if op == "conv":
        return conv(node, x, parameters, node["groups"])
    if op == "depthwise":
        return depthwise(node, x, parameters)
    if op == "transpose":
        return transpose(node, x, parameters)
    if op in ("maxPool", "avgPool"):
        return pool(node, x)
    if op == "lrn":
        return lrn(node, x)
    if op == "batchNorm":
        return batch_norm(node, x, parameters, statistics)
    if op == "dense":
        y = x @ (parameters[0].T if node["transposed"] else parameters[0])
        return y + parameters[1] if len(parameters) > 1 else y
    if op == "activate":
        return ACTIVATIONS[node["kind"]](x)
    if op == "add":
        return x + inputs[1]
    if op == "mul":
        return x * inputs[1]
    if op == "concat":
        return torch.cat(inputs, node["axis"])
    if op == "pad":
        return pad(node, x)
    if op == "crop":
        return crop(node, x)
    return {
        "flatten": lambda: x.reshape(x.shape[0], -1),
        "meanPool": lambda: x.mean([1, 2]),
        "softmax": lambda: torch.softmax(x, -1),
        "gate": lambda: x * torch.sigmoid(x.mean([1, 2], keepdim=True)),
        "permute": lambda: x.permute(node.get("order")),
    }[op]()


def loss_of(kind, output, targets):
    if kind == "l2":
        return ((output - targets) ** 2).sum() / 2
    if kind == "meanSquare":
        return ((output - targets) ** 2).mean()
    if kind == "softmax":
        return -(targets * torch.log_softmax(output, -1)).sum(-1).mean()
    if kind == "sparse":
        return F.cross_entropy(output, targets)
    if kind == "sigmoid":
        return F.binary_cross_entropy_with_logits(output, targets, reduction="none").mean(0).sum()
    return torch.logsumexp(output * targets, -1).mean()


def forward(net, given, targets, parameters):
    """Every value, the loss, and the batch's statistics for each running one."""
    values, statistics = [given], []
    for node in net["nodes"]:
        inputs = [values[value] for value in node["inputs"]]
        values.append(apply(node, inputs, [parameters[index] for index in node["parameters"]], statistics))
    loss = loss_of(net["loss"], values[-1], targets)
    if net["decay"] > 0:
        decayed = [p for p, about in zip(parameters, net["parameters"]) if about["trainable"] and p.dim() > 1]
        loss = loss + net["decay"] * sum((p**2).sum() / 2 for p in decayed)
    return values, loss, statistics


class RMSProp:
    """TensorFlow's."""

    def __init__(self, parameters, rate, decay, momentum, epsilon):
        self.parameters = [(p, torch.ones_like(p), torch.zeros_like(p)) for p in parameters]
        self.settings = rate, decay, momentum, epsilon

    def step(self):
        rate, decay, momentum, epsilon = self.settings
        with torch.no_grad():
            for p, mean_square, speed in self.parameters:
                mean_square.mul_(decay).add_((1 - decay) * p.grad**2)
                speed.mul_(momentum).add_(rate * p.grad / (mean_square + epsilon).sqrt())
                p.sub_(speed)


def optimizer_of(kind, parameters):
    if kind == "sgd":
        return torch.optim.SGD(parameters, 0.05)
    if kind == "momentum":
        return torch.optim.SGD(parameters, 0.05, momentum=0.9)
    if kind == "nesterov":
        return torch.optim.SGD(parameters, 0.05, momentum=0.9, nesterov=True)
    if kind == "adam":
        return torch.optim.Adam(parameters, 0.01)
    if kind == "adamw":
        matrices, others = [p for p in parameters if p.dim() > 1], [p for p in parameters if p.dim() < 2]
        groups = [{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0}]
        return torch.optim.AdamW([group for group in groups if group["params"]], 0.01)
    if kind == "adagrad":
        return torch.optim.Adagrad(parameters, 0.05, initial_accumulator_value=0.1, eps=0)
    return RMSProp(parameters, 0.02, 0.8, 0.5, 1e-2)


def train(net, given, targets, parameters):
    trainable = [p for p, about in zip(parameters, net["parameters"]) if about["trainable"]]
    optimizer = optimizer_of(net["optimizer"], trainable)
    for step in (1, 2):
        _, loss, statistics = forward(net, given, targets, parameters)
        for p in trainable:
            p.grad = torch.zeros_like(p)
        loss.backward()
        if net["optimizer"] in ("adam", "adamw"):
            for group in optimizer.param_groups:
                group["eps"] = 1e-2 / (1 - 0.999**step) ** 0.5
        optimizer.step()
        with torch.no_grad():
            for running, batch in statistics:
                for mine, now in zip(running, batch):
                    mine.mul_(0.9).add_(0.1 * now)


def compute(net, path, precision):
    words = np.fromfile(path, np.float32)
    at = 0

    def take(shape, dtype=np.float32):
        nonlocal at
        size = int(np.prod(shape))
        taken = words[at : at + size].view(dtype).reshape(shape)
        at += size
        return torch.tensor(taken.astype(np.int64 if dtype == np.int32 else precision))

    given = take(net["input"]).requires_grad_()
    output = net["shapes"][-1]
    targets = take(output[:1], np.int32) if net["loss"] == "sparse" else take(output)
    parameters = [take(p["shape"]).requires_grad_(p["trainable"]) for p in net["parameters"]]
    trainable = [p for p in parameters if p.requires_grad]

    values, loss, _ = forward(net, given, targets, parameters)
    wanted = [given, *trainable]
    gradients = torch.autograd.grad(loss, wanted, allow_unused=True)
    gradients = [torch.zeros_like(x) if gradient is None else gradient for x, gradient in zip(wanted, gradients)]
    parts = [part.detach().clone() for part in (*values, loss, *gradients)]
    for index, (value, shape) in enumerate(zip(values, net["shapes"])):
        assert list(value.shape) == shape, f"value {index} is {list(value.shape)}, not {shape}"
    train(net, given, targets, parameters)
    everything = [*parts, *(p.detach() for p in parameters)]
    return np.concatenate([part.contiguous().numpy().ravel().astype(np.float64) for part in everything])


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = pathlib.Path(sys.argv[1])
    for index, net in enumerate(json.loads((folder / "nets.json").read_text())):
        try:
            both = [compute(net, folder / f"{index}.f32", precision) for precision in (np.float64, np.float32)]
            np.concatenate(both).tofile(folder / f"{index}.f64")
        except Exception as error:
            raise RuntimeError(f"net of seed {net['seed']}: {json.dumps(net)}") from error
