import type { Image } from "../../../src/data/image.ts";

/** The picture of test/golden/image-transforms.py. */
export function pattern(height: number, width: number, channels = 3): Image & { readonly pixels: Uint8Array } {
  const pixels = Uint8Array.from(
    { length: height * width * channels },
    (_, i) => (i * 37 + Math.floor(i / 11) * (i % 13) * 5 + Math.floor(i / 97)) % 256,
  );
  return { pixels, height, width, channels };
}
