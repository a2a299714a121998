"""What torchvision makes of picture files, for test/data/augment/prove-preprocessing.ts.

python3 preprocess.py make FOLDER   pictures of many sizes and kinds
python3 preprocess.py read FOLDER   NAME.npy beside each: Resize(256), CenterCrop(224), ToTensor, Normalize; [3, 224, 224]
"""

import os
import sys

import numpy
from PIL import Image, ImageOps
from torchvision import transforms

SIZES = [(500, 375), (375, 500), (256, 256), (257, 255), (224, 300), (180, 240), (1024, 683), (2000, 1333), (333, 1001), (64, 48)]
TO_TENSOR = transforms.Compose(
    [
        transforms.Resize(256),
        transforms.CenterCrop(224),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ]
)


def photo(random, width, height):
    """Noise of all scales, as photos have."""
    values = numpy.zeros((height, width, 3))
    for cell in [64, 16, 4, 1]:
        coarse = random.normal(size=(height // cell + 2, width // cell + 2, 3)) * cell**0.5
        values += numpy.kron(coarse, numpy.ones((cell, cell, 1)))[:height, :width]
    return numpy.clip(values * 12 + 125, 0, 255).astype(numpy.uint8)


def make(folder):
    random = numpy.random.default_rng(1)
    for width, height in SIZES:
        picture = Image.fromarray(photo(random, width, height))
        name = os.path.join(folder, f"{width}x{height}")
        picture.save(f"{name}.png")
        picture.save(f"{name}-420.jpg", quality=92)
        picture.save(f"{name}-444.jpg", quality=75, subsampling=0)
        picture.convert("L").save(f"{name}-gray.jpg", quality=90)
        picture.save(f"{name}-progressive.jpg", quality=85, progressive=True)
        exif = Image.Exif()
        exif[0x0112] = 6
        picture.save(f"{name}-turned.jpg", quality=90, exif=exif)


def read(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".npy"):
            continue
        # torchvision's own loader does not turn pictures; Millrace does.
        picture = ImageOps.exif_transpose(Image.open(os.path.join(folder, name))).convert("RGB")
        numpy.save(os.path.join(folder, f"{name}.npy"), TO_TENSOR(picture).numpy())


{"make": make, "read": read}[sys.argv[1]](sys.argv[2])
