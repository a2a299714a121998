import type { RandomStream } from "../random-stream.ts";

export type Color = readonly [red: number, green: number, blue: number];

/** How much of the second colour is at a place, from 0 to 1; one unit is the picture's shorter side. */
type Pattern = (x: number, y: number) => number;

export interface Texture {
  readonly first: Color;
  readonly second: Color;
  readonly pattern: Pattern;
}

/** A pattern of two colours of about this brightness. */
export function drawTexture(random: RandomStream, brightness: number): Texture {
  const color = (): Color => {
    const drawn = [random.uniform(0, 255), random.uniform(0, 255), random.uniform(0, 255)] as const;
    const shift = brightness - (drawn[0] + drawn[1] + drawn[2]) / 3;
    return [drawn[0] + shift, drawn[1] + shift, drawn[2] + shift];
  };
  const first = color();
  // The second colour is near the first: the pattern must not be mistaken for the outline.
  const other = color();
  const nearness = random.uniform(0.2, 0.6);
  const second: Color = [
    mix(first[0], other[0], nearness),
    mix(first[1], other[1], nearness),
    mix(first[2], other[2], nearness),
  ];
  return { first, second, pattern: drawPattern(random) };
}

function drawPattern(random: RandomStream): Pattern {
  const angle = random.uniform(0, Math.PI);
  const frequency = random.uniform(6, 24);
  const along = [Math.cos(angle) * frequency, Math.sin(angle) * frequency] as const;
  const u: Pattern = (x, y) => x * along[0] + y * along[1];
  const v: Pattern = (x, y) => y * along[0] - x * along[1];
  const noise = drawNoise(random);
  switch (random.integer(5)) {
    case 0:
      return noise;
    case 1:
      return (x, y) => 0.5 + 0.5 * Math.sin(2 * u(x, y));
    case 2:
      return (x, y) => (Math.floor(u(x, y)) + Math.floor(v(x, y))) & 1;
    case 3:
      return (x, y) => ((fraction(u(x, y)) - 0.5) ** 2 + (fraction(v(x, y)) - 0.5) ** 2 < 0.1 ? 1 : 0);
    default:
      return (x, y) => 0.3 * noise(3 * x, 3 * y);
  }
}

const CELLS = 16;

/** Random values on a grid of 8 cells a side, smoothly between. @see Perlin, "An image synthesizer", 1985. */
function drawNoise(random: RandomStream): Pattern {
  const values = Float32Array.from({ length: CELLS * CELLS }, () => random.uniform());
  const at = (column: number, row: number): number => values[(row & (CELLS - 1)) * CELLS + (column & (CELLS - 1))]!;
  return (x, y) => {
    const column = Math.floor(8 * x);
    const row = Math.floor(8 * y);
    const across = smooth(8 * x - column);
    const top = mix(at(column, row), at(column + 1, row), across);
    const bottom = mix(at(column, row + 1), at(column + 1, row + 1), across);
    return mix(top, bottom, smooth(8 * y - row));
  };
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function fraction(value: number): number {
  return value - Math.floor(value);
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
