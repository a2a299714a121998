import { type Image, pixelsLike } from "../image.ts";
import type { Region } from "./resize.ts";

/** Fills a rectangle with one value. */
export function erase(picture: Image, { top, left, height, width }: Region, value = 0): Image {
  const pixels = pixelsLike(picture.pixels, picture.pixels.length);
  pixels.set(picture.pixels);
  for (let y = top; y < top + height; y++) {
    const from = (y * picture.width + left) * picture.channels;
    pixels.fill(value, from, from + width * picture.channels);
  }
  return { ...picture, pixels };
}
