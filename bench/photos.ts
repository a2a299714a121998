import sharp from "sharp";
import * as tf from "millrace";

/** From the coarsest to the finest noise, in pixels of a cell. */
const OCTAVES = [256, 128, 64, 32, 16, 8, 4, 2];
/** How much weaker each is than the one before: about what photos' spectra fall by. */
const FALL = 0.7;

/**
 * A picture with structure at every scale and some grain, as a JPEG file with halved colours: as hard to decode as a photo
 * of its size, which flat test pictures are not.
 */
export async function writePhoto(options: {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly quality: number;
}): Promise<Uint8Array> {
  const { width, height, seed, quality } = options;
  const random = new tf.data.RandomStream(seed, "user");
  const values = new Float32Array(width * height * 3);
  for (const [octave, cell] of OCTAVES.entries())
    addNoise(values, { width, height, cell, weight: 70 * FALL ** octave }, random);
  const pixels = new Uint8ClampedArray(values.length);
  for (let at = 0; at < values.length; at += 3) {
    const grain = random.uniform(-16, 16);
    for (let channel = at; channel < at + 3; channel++) pixels[channel] = 125 + values[channel]! + grain;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

interface Noise {
  readonly width: number;
  readonly height: number;
  /** Side of a square of the grid, in pixels. */
  readonly cell: number;
  readonly weight: number;
}

/** Random values at the corners of a grid, and bilinearly between them. */
function addNoise(values: Float32Array, { width, height, cell, weight }: Noise, random: tf.data.RandomStream): void {
  const columns = Math.ceil(width / cell) + 1;
  const corners = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 1) * 3 }, () =>
    random.uniform(-weight, weight),
  );
  for (let y = 0; y < height; y++) {
    const top = Math.floor(y / cell);
    const down = y / cell - top;
    for (let x = 0; x < width; x++) {
      const left = Math.floor(x / cell);
      const right = x / cell - left;
      const corner = (top * columns + left) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const above = mix(corners[corner + channel]!, corners[corner + 3 + channel]!, right);
        const below = corner + columns * 3 + channel;
        const under = mix(corners[below]!, corners[below + 3]!, right);
        const at = (y * width + x) * 3 + channel;
        values[at] = values[at]! + mix(above, under, down);
      }
    }
  }
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}
