import { floatsOf, grey, type Image } from "../image.ts";

// Like torchvision's: a factor of 1 changes nothing, 0 gives black, the mean grey, or grey. Grey pictures have no
// saturation and no hue to change. Results are floats from 0 to 255.

/** Multiplies every value. */
export function adjustBrightness(picture: Image, factor: number): Image {
  return blend(picture, factor, 0);
}

/** Moves every value away from the mean luma of the picture, or towards it. */
export function adjustContrast(picture: Image, factor: number): Image {
  return blend(picture, factor, meanLuma(picture));
}

/** Moves every pixel away from its own luma, or towards it. */
export function adjustSaturation(picture: Image, factor: number): Image {
  const { height, width, channels } = picture;
  if (channels !== 3) return picture;
  const pixels = floatsOf(picture.pixels);
  for (let at = 0; at < pixels.length; at += 3) {
    const red = pixels[at]!;
    const green = pixels[at + 1]!;
    const blue = pixels[at + 2]!;
    const rest = (1 - factor) * grey(red, green, blue);
    pixels[at] = clamp(factor * red + rest);
    pixels[at + 1] = clamp(factor * green + rest);
    pixels[at + 2] = clamp(factor * blue + rest);
  }
  return { pixels, height, width, channels };
}

function meanLuma({ pixels, channels }: Image): number {
  let sum = 0;
  if (channels === 3) {
    for (let at = 0; at < pixels.length; at += 3) sum += grey(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
  } else {
    for (let at = 0; at < pixels.length; at += channels) sum += pixels[at]!;
  }
  return (sum * channels) / pixels.length;
}

/** factor * picture + (1 - factor) * other. */
function blend(picture: Image, factor: number, other: number): Image {
  const { height, width, channels } = picture;
  const pixels = floatsOf(picture.pixels);
  const rest = (1 - factor) * other;
  for (let at = 0; at < pixels.length; at++) pixels[at] = clamp(factor * pixels[at]! + rest);
  return { pixels, height, width, channels };
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/**
 * Turns the hue by a part of the circle, from -0.5 to 0.5, and keeps value and chroma of the hexagonal colour model.
 *
 * @see Smith, "Color gamut transform pairs", SIGGRAPH 1978.
 */
export function adjustHue(picture: Image, turn: number): Image {
  const { height, width, channels } = picture;
  if (channels !== 3 || turn === 0) return picture;
  const pixels = floatsOf(picture.pixels);
  for (let at = 0; at < pixels.length; at += 3) {
    const red = pixels[at]!;
    const green = pixels[at + 1]!;
    const blue = pixels[at + 2]!;
    const value = Math.max(red, green, blue);
    const chroma = value - Math.min(red, green, blue);
    if (chroma === 0) continue;
    // The hue in sixths of the circle.
    const sector =
      value === red
        ? (green - blue) / chroma
        : value === green
          ? 2 + (blue - red) / chroma
          : 4 + (red - green) / chroma;
    const hue = sector + turn * 6 + 12;
    pixels[at] = component(value, chroma, hue + 5);
    pixels[at + 1] = component(value, chroma, hue + 3);
    pixels[at + 2] = component(value, chroma, hue + 1);
  }
  return { pixels, height, width, channels };
}

/** The closed form of the six cases: value - chroma * clamp(min(k, 4 - k), 0, 1) with k = (sixths + offset) mod 6. */
function component(value: number, chroma: number, sixths: number): number {
  const k = sixths % 6;
  return value - chroma * Math.max(Math.min(k, 4 - k, 1), 0);
}

/** Adds one amount to each channel, as the AlexNet paper's colour jitter does. */
export function shiftColors(picture: Image, shift: readonly number[]): Image {
  const { height, width, channels } = picture;
  const pixels = floatsOf(picture.pixels);
  for (let at = 0; at < pixels.length; at += channels) {
    for (let channel = 0; channel < channels; channel++)
      pixels[at + channel] = clamp(pixels[at + channel]! + (shift[channel] ?? 0));
  }
  return { pixels, height, width, channels };
}
