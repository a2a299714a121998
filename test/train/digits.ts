import { RandomStream } from "../../src/data/random-stream.ts";

/** Segments of a seven-segment display that each digit lights: top, upper left and right, middle, lower left and right, bottom. */
const SEGMENTS = [
  "1110111",
  "0010010",
  "1011101",
  "1011011",
  "0111010",
  "1101011",
  "1101111",
  "1010010",
  "1111111",
  "1111011",
];

/** Strokes in a square of side 1: x, y of their ends. */
const STROKES: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 1, 0],
  [0, 0, 0, 0.5],
  [1, 0, 1, 0.5],
  [0, 0.5, 1, 0.5],
  [0, 0.5, 0, 1],
  [1, 0.5, 1, 1],
  [0, 1, 1, 1],
];

export const SIDE = 28;

export interface Digits {
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

/** Digits drawn as on a calculator, at random places, sizes, slants and strengths, with noise. */
export function drawDigits(count: number, seed: number): Digits {
  const images = new Float32Array(count * SIDE * SIDE);
  const labels = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const random = new RandomStream(seed, "user", { index });
    labels[index] = random.integer(10);
    drawDigit(images.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE), labels[index]!, random);
  }
  return { images, labels };
}

function drawDigit(image: Float32Array, digit: number, random: RandomStream): void {
  const width = random.uniform(8, 12);
  const height = random.uniform(14, 20);
  const left = random.uniform(4, SIDE - 4 - width);
  const top = random.uniform(3, SIDE - 3 - height);
  const slant = random.uniform(-3, 3);
  for (let at = 0; at < image.length; at++) image[at] = random.uniform(0, 0.2);
  for (const [index, [x0, y0, x1, y1]] of STROKES.entries()) {
    if (SEGMENTS[digit]![index] !== "1") continue;
    for (let part = 0; part <= 40; part++) {
      const u = x0 + ((x1 - x0) * part) / 40;
      const v = y0 + ((y1 - y0) * part) / 40;
      const x = Math.round(left + u * width + slant * (0.5 - v));
      const y = Math.round(top + v * height);
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
      ] as const) {
        if (x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE) image[(y + dy) * SIDE + x + dx] = 1;
      }
    }
  }
}
