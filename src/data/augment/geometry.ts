import { ShapeError } from "../../core/errors.ts";
import { type Image, pixelsLike } from "../image.ts";
import type { Region } from "./resize.ts";

/** A rectangle of a picture. @throws ShapeError when it does not lie inside. */
export function crop(picture: Image, { top, left, height, width }: Region): Image {
  const { channels } = picture;
  const inside =
    top >= 0 && left >= 0 && height > 0 && width > 0 && top + height <= picture.height && left + width <= picture.width;
  if (!inside) {
    throw new ShapeError({
      problem: `crop: ${height} x ${width} from row ${top}, column ${left} is not inside the picture of ${picture.height} x ${picture.width}.`,
      fix: "resize or pad the picture first, or crop less.",
    });
  }
  if (height === picture.height && width === picture.width) return picture;
  const pixels = pixelsLike(picture.pixels, height * width * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * channels;
    pixels.set(picture.pixels.subarray(from, from + width * channels), y * width * channels);
  }
  return { pixels, height, width, channels };
}

/** The middle; an odd rest is rounded as torchvision rounds it, to even. */
export function centerCrop(picture: Image, size: { readonly height: number; readonly width: number }): Image {
  const { height, width } = size;
  const top = roundHalfToEven((picture.height - height) / 2);
  const left = roundHalfToEven((picture.width - width) / 2);
  return crop(picture, { top, left, height, width });
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** A frame of `border` pixels of one value, or of the picture itself seen in a mirror at its edge (the edge not doubled). */
export function pad(picture: Image, border: number, mode: "zeros" | "reflect" = "zeros"): Image {
  const { channels } = picture;
  if (mode === "reflect" && border >= Math.min(picture.height, picture.width)) {
    throw new ShapeError({
      problem: `pad: a picture of ${picture.height} x ${picture.width} has no ${border} pixels to reflect.`,
      fix: 'pad less, or with mode "zeros".',
    });
  }
  const height = picture.height + 2 * border;
  const width = picture.width + 2 * border;
  const pixels = pixelsLike(picture.pixels, height * width * channels);
  for (let y = 0; y < height; y++) {
    const fromY = mirrored(y - border, picture.height, mode);
    if (fromY < 0) continue;
    for (let x = 0; x < width; x++) {
      const fromX = mirrored(x - border, picture.width, mode);
      if (fromX < 0) continue;
      const from = (fromY * picture.width + fromX) * channels;
      for (let channel = 0; channel < channels; channel++) {
        pixels[(y * width + x) * channels + channel] = picture.pixels[from + channel]!;
      }
    }
  }
  return { pixels, height, width, channels };
}

/** Where a coordinate outside lies in the mirror; -1 for nowhere. */
function mirrored(at: number, length: number, mode: "zeros" | "reflect"): number {
  if (at >= 0 && at < length) return at;
  if (mode === "zeros") return -1;
  return at < 0 ? -at : 2 * (length - 1) - at;
}

/** Left becomes right. */
export function flip(picture: Image): Image {
  const { height, width, channels } = picture;
  const pixels = pixelsLike(picture.pixels, picture.pixels.length);
  for (let y = 0; y < height; y++) {
    let from = y * width * channels;
    let to = from + (width - 1) * channels;
    for (let x = 0; x < width; x++, from += channels, to -= channels) {
      for (let channel = 0; channel < channels; channel++) pixels[to + channel] = picture.pixels[from + channel]!;
    }
  }
  return { pixels, height, width, channels };
}

/**
 * The four corners and the middle, then the same mirrored: the AlexNet paper averages the predictions over the ten.
 *
 * @see Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural networks", 2012, 4.1.
 */
export function tenCrop(picture: Image, size: { readonly height: number; readonly width: number }): Image[] {
  const { height, width } = size;
  const bottom = picture.height - height;
  const right = picture.width - width;
  const five = (whole: Image): Image[] => [
    crop(whole, { top: 0, left: 0, height, width }),
    crop(whole, { top: 0, left: right, height, width }),
    crop(whole, { top: bottom, left: 0, height, width }),
    crop(whole, { top: bottom, left: right, height, width }),
    centerCrop(whole, size),
  ];
  return [...five(picture), ...five(flip(picture))];
}
