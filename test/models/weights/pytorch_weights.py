"""Weights to and from PyTorch, for test/models/weights/prove-torchvision.ts.

python3 pytorch_weights.py make MODEL FOLDER   random weights: weights.safetensors, images.npy (NHWC) and logits.npy
python3 pytorch_weights.py check MODEL FOLDER  loads exported.safetensors, compares its logits of images.npy with those here

MODEL is one of torchvision's: alexnet, vgg11, vgg16, vgg16_bn, ... The safetensors files are read and written by hand:
the header is JSON, and Debian has no package of it.
"""

import json
import struct
import sys

import numpy
import torch
import torchvision

IMAGES = 2


def write_safetensors(path, tensors):
    header, end = {}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        dtype = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.contiguous().numpy().tobytes())


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        header.pop("__metadata__", None)
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", name
        begin, end = entry["data_offsets"]
        array = numpy.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())
    return tensors


def build(name):
    torch.manual_seed(4)
    model = getattr(torchvision.models, name)(weights=None)
    with torch.no_grad():
        for parameter in model.parameters():
            # Biases and normalizations start as constants, which would hide a mix-up.
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.rand_like(parameter))
        for buffer_name, buffer in model.named_buffers():
            if "running" in buffer_name:
                buffer.add_(torch.rand_like(buffer))
    return model.eval()


def make(name, folder):
    model = build(name)
    images = torch.randn(IMAGES, 3, 224, 224)
    with torch.no_grad():
        logits = model(images)
    write_safetensors(f"{folder}/weights.safetensors", model.state_dict())
    numpy.save(f"{folder}/images.npy", numpy.ascontiguousarray(images.permute(0, 2, 3, 1).numpy()))
    numpy.save(f"{folder}/logits.npy", logits.numpy())


def check(name, folder):
    model = getattr(torchvision.models, name)(weights=None)
    exported = read_safetensors(f"{folder}/exported.safetensors")
    model.load_state_dict(exported)
    images = torch.from_numpy(numpy.load(f"{folder}/images.npy")).permute(0, 3, 1, 2).contiguous()
    with torch.no_grad():
        logits = model.eval()(images).numpy()
    ours = numpy.load(f"{folder}/ours.npy")
    difference = float(numpy.abs(logits - ours).max())
    print(json.dumps({"difference": difference, "largest": float(numpy.abs(logits).max()), "spread": float(logits.std())}))


{"make": make, "check": check}[sys.argv[1]](*sys.argv[2:])
