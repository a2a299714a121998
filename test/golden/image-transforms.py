"""Pillow's and torchvision's transforms of pictures: python3 test/golden/image-transforms.py > test/golden/image-transforms.json"""

import json
import zlib

import numpy as np
import torch
import torchvision.transforms.functional as F
from PIL import Image


def pattern(height, width, channels=3):
    """The picture of test/data/augment/pattern.ts."""
    i = np.arange(height * width * channels, dtype=np.int64)
    return ((i * 37 + (i // 11) * (i % 13) * 5 + i // 97) % 256).astype(np.uint8).reshape(height, width, channels)


def crc(picture):
    return zlib.crc32(np.ascontiguousarray(picture).tobytes())


def resized(height, width, to_height, to_width):
    picture = Image.fromarray(pattern(height, width)).resize((to_width, to_height), Image.BILINEAR)
    return {"from": [height, width], "to": [to_height, to_width], "crc": crc(np.asarray(picture))}


def short_side(height, width, size):
    picture = F.resize(Image.fromarray(pattern(height, width)), size)
    cropped = F.center_crop(picture, min(size, picture.height, picture.width) - 3)
    return {"from": [height, width], "size": size, "to": [picture.height, picture.width], "crc": crc(np.asarray(picture)), "cropped": crc(np.asarray(cropped))}


def adjusted(name, amount):
    picture = torch.tensor(pattern(3, 4)).permute(2, 0, 1).double() / 255
    changed = getattr(F, name)(picture, amount) * 255
    return {"name": name, "amount": amount, "pixels": [round(v, 3) for v in changed.permute(1, 2, 0).flatten().tolist()]}


def preprocessed(height, width):
    picture = F.center_crop(F.resize(Image.fromarray(pattern(height, width)), 256), 224)
    x = F.normalize(F.to_tensor(picture), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]).permute(1, 2, 0).flatten()
    return {"from": [height, width], "every": 9973, "values": [round(v, 5) for v in x[::9973].tolist()]}


print(json.dumps({
    "resize": [resized(*case) for case in [(7, 9, 7, 9), (5, 4, 10, 12), (40, 31, 13, 8), (300, 200, 64, 97), (33, 2, 5, 1), (1, 1, 3, 3)]],
    "shortSide": [short_side(*case) for case in [(375, 500, 256), (61, 40, 32), (20, 31, 48)]],
    "adjust": [adjusted(*case) for case in [("adjust_brightness", 1.4), ("adjust_brightness", 0.3), ("adjust_contrast", 0.5), ("adjust_contrast", 1.7), ("adjust_saturation", 0.2), ("adjust_saturation", 1.9), ("adjust_hue", 0.13), ("adjust_hue", -0.4)]],
    "preprocess": [preprocessed(375, 500), preprocessed(240, 180)],
}))
