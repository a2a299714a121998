"""PyTorch as one of the peers: answers the questions of protocol.ts."""

import json
import os
import resource
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

# Numbers come as NHWC images and HWIO filters; PyTorch's convolutions take NCHW and OIHW, in two memory layouts.
LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


def read(floats):
    return torch.from_numpy(np.fromfile(floats["file"], dtype="<f4").reshape(floats["shape"]))


class Network:
    def __init__(self, work, layout):
        self.backward = work["backward"]
        self.layers = work["layers"]
        self.images = read(work["images"]).permute(0, 3, 1, 2).contiguous(memory_format=layout)
        self.parameters = []
        for layer in self.layers:
            if layer["kind"] == "conv":
                weights = read(layer["weights"]).permute(3, 2, 0, 1).contiguous(memory_format=layout)
                self.parameters += [weights.requires_grad_(self.backward), read(layer["biases"]).requires_grad_(self.backward)]

    def forward(self):
        x = self.images
        parameters = iter(self.parameters)
        for layer in self.layers:
            if layer["kind"] == "pool":
                x = F.max_pool2d(x, layer["size"], layer["stride"])
                continue
            before, after = layer["padding"]
            if before != after:
                x = F.pad(x, (before, after, before, after))
            padding = before if before == after else 0
            x = F.relu(F.conv2d(x, next(parameters), next(parameters), stride=layer["stride"], padding=padding))
            if layer["lrn"] is not None:
                lrn = layer["lrn"]
                size = 2 * lrn["depthRadius"] + 1
                # PyTorch divides alpha by the window's size.
                x = F.local_response_norm(x, size, lrn["alpha"] * size, lrn["beta"], lrn["bias"])
        return x

    def gradients(self):
        pool = self.forward()
        return pool, torch.autograd.grad((pool * pool).sum() / 2, self.parameters)

    def run(self):
        if self.backward:
            self.gradients()
        else:
            with torch.no_grad():
                self.forward()

    def values(self):
        if not self.backward:
            with torch.no_grad():
                return [l2_loss(self.forward())]
        pool, gradients = self.gradients()
        return [l2_loss(pool)] + [gradient.double().norm().item() for gradient in gradients]


def l2_loss(x):
    return x.detach().double().square().sum().item() / 2


def seconds_of(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def network(work):
    """The layout that is faster here is the one that is measured."""
    best = None
    for name, layout in LAYOUTS.items():
        candidate = Network(work, layout)
        candidate.run()
        seconds = min(seconds_of(candidate.run) for _ in range(2))
        if best is None or seconds < best[0]:
            best = (seconds, name, candidate)
    _, name, chosen = best
    return chosen.run, chosen.values(), f"eager, {name}, the faster of two layouts"


def large_network(work):
    """Whose memory is measured: a second layout would count."""
    chosen = Network(work, torch.contiguous_format)
    return chosen.run, chosen.values(), "eager, contiguous"


def slow_blas():
    """The path of the reference BLAS when that is what matrix products use, else None.

    Debian's PyTorch takes whichever BLAS is installed. The reference one is a plain loop, 13 times slower than OpenBLAS
    where this was measured: what it does says nothing about PyTorch. Convolutions use oneDNN, whichever it is.
    """
    if torch.backends.mkl.is_available() or not os.path.exists("/proc/self/maps"):
        return None
    with open("/proc/self/maps") as maps:
        paths = {os.path.realpath(line.split()[-1]) for line in maps if "blas" in line}
    return next((path for path in paths if "/blas/libblas.so" in path), None)


def product(work):
    if slow_blas() is not None:
        raise RuntimeError("PyTorch is linked to the reference BLAS here, no fair peer: install libopenblas0-pthread")
    a, b = read(work["a"]), read(work["b"])
    result = torch.empty(a.shape[0], b.shape[1])
    torch.mm(a, b, out=result)
    values = [result.double().norm().item(), result[0, 0].item()]
    return (lambda: torch.mm(a, b, out=result)), values, "mm"


def plane(work):
    x, y, rate = read(work["x"]), read(work["y"]), work["learningRate"]
    w = read(work["start"]).requires_grad_()
    b = torch.zeros(1, requires_grad=True)

    def steps(count):
        for _ in range(count):
            loss = (w @ x + b - y).square().mean()
            dw, db = torch.autograd.grad(loss, (w, b))
            with torch.no_grad():
                w.sub_(rate * dw)
                b.sub_(rate * db)

    steps(work["checkedSteps"])
    values = w.detach().flatten().tolist() + b.tolist()
    return (lambda: steps(work["steps"])), values, "eager"


def prepare(work):
    if work["kind"] == "network":
        large = work["images"]["shape"][0] >= 32 and work["model"] == "vgg16"
        return large_network(work) if large else network(work)
    return {"product": product, "plane": plane}[work["kind"]](work)


def answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    run = None
    for line in sys.stdin:
        question = json.loads(line)
        if question["do"] == "end":
            break
        if question["do"] == "prepare":
            torch.set_num_threads(question["threads"])
            try:
                run, values, how = prepare(question["work"])
                answer({"version": torch.__version__, "values": values, "how": how})
            except Exception as error:
                answer({"cannot": str(error).partition("\n")[0] or type(error).__name__})
        else:
            answer({"seconds": seconds_of(run)})
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    answer({"peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit})


main()
