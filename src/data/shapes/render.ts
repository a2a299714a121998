import type { Image } from "../image.ts";
import type { RandomStream } from "../random-stream.ts";
import { type Outline, outlines, polygon } from "./outline.ts";
import { drawTexture, mix, type Texture } from "./texture.ts";

/** Where an outline is, in parts of the picture's side. */
interface Pose {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number;
  /** Width over height before it is turned. */
  readonly stretch: number;
}

/** Samples of a pixel in each direction: smooth edges. */
const SAMPLES = 2;

/** A picture of one shape, `size` by `size`: everything but the outline is drawn at random. */
export function renderShape(name: string, size: number, random: RandomStream): Image & { readonly pixels: Uint8Array } {
  const outline = outlines[name]!;
  const canvas = new Float32Array(size * size * 3);
  const ground = random.uniform(40, 215);
  // Darker or brighter than the ground by enough to be seen.
  const contrast = random.uniform(55, 110);
  const brightness = ground > 127 ? ground - contrast : ground + contrast;

  paintGround(canvas, size, drawTexture(random, ground));
  const clutter = 2 + random.integer(6);
  for (let piece = 0; piece < clutter; piece++) paintFragment(canvas, size, random);
  const radius = random.uniform(0.22, 0.42);
  const free = Math.max(0.5 - radius, 0);
  const pose: Pose = {
    x: 0.5 + random.uniform(-free, free),
    y: 0.5 + random.uniform(-free, free),
    radius,
    angle: random.uniform(0, 2 * Math.PI),
    stretch: random.uniform(0.8, 1.25),
  };
  paint(canvas, size, outline, pose, drawTexture(random, brightness));
  if (random.chance(0.5)) paintFragment(canvas, size, random);
  return { pixels: exposed(canvas, size, random), height: size, width: size, channels: 3 };
}

function paintGround(canvas: Float32Array, size: number, texture: Texture): void {
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) paintPixel(canvas, y * size + x, texture, [x / size, y / size], 1);
}

/** A small irregular polygon that is none of the classes. */
function paintFragment(canvas: Float32Array, size: number, random: RandomStream): void {
  const corners = 4 + random.integer(4);
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * (corner + random.uniform(0, 0.8))) / corners;
    const length = random.uniform(0.3, 1);
    return [length * Math.cos(angle), length * Math.sin(angle)] as const;
  });
  const pose: Pose = {
    x: random.uniform(),
    y: random.uniform(),
    radius: random.uniform(0.02, 0.08),
    angle: 0,
    stretch: random.uniform(0.4, 2.5),
  };
  paint(canvas, size, polygon(points), pose, drawTexture(random, random.uniform(20, 235)));
}

function paint(canvas: Float32Array, size: number, outline: Outline, pose: Pose, texture: Texture): void {
  const { x: centerX, y: centerY, radius, angle, stretch } = pose;
  const cosine = Math.cos(angle) / radius;
  const sine = Math.sin(angle) / radius;
  // The stretched outline lies in a circle this large.
  const reach = radius * Math.SQRT2 * Math.max(Math.sqrt(stretch), Math.sqrt(1 / stretch));
  const first = (center: number): number => Math.max(Math.floor((center - reach) * size), 0);
  const last = (center: number): number => Math.min(Math.ceil((center + reach) * size), size);
  for (let y = first(centerY); y < last(centerY); y++) {
    for (let x = first(centerX); x < last(centerX); x++) {
      let covered = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const dx = (x + ((sample % SAMPLES) + 0.5) / SAMPLES) / size - centerX;
        const dy = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size - centerY;
        const u = (cosine * dx + sine * dy) / Math.sqrt(stretch);
        const v = (cosine * dy - sine * dx) * Math.sqrt(stretch);
        if (outline(u, v)) covered++;
      }
      if (covered > 0) paintPixel(canvas, y * size + x, texture, [x / size, y / size], covered / SAMPLES ** 2);
    }
  }
}

function paintPixel(
  canvas: Float32Array,
  pixel: number,
  texture: Texture,
  at: readonly [number, number],
  cover: number,
): void {
  const part = texture.pattern(at[0], at[1]);
  for (let channel = 0; channel < 3; channel++) {
    const color = mix(texture.first[channel]!, texture.second[channel]!, part);
    canvas[3 * pixel + channel] = mix(canvas[3 * pixel + channel]!, color, cover);
  }
}

/** Light from one side, of a random strength and colour, and the noise of a sensor. */
function exposed(canvas: Float32Array, size: number, random: RandomStream): Uint8Array {
  const angle = random.uniform(0, 2 * Math.PI);
  const strength = random.uniform(0, 0.5);
  const slope = [Math.cos(angle) * strength, Math.sin(angle) * strength] as const;
  const gain = random.uniform(0.7, 1.15);
  const tint = [
    gain * random.uniform(0.9, 1.1),
    gain * random.uniform(0.9, 1.1),
    gain * random.uniform(0.9, 1.1),
  ] as const;
  const noise = random.uniform(2, 16);
  let state = random.word() | 1;
  const bytes = new Uint8ClampedArray(canvas.length);
  for (let at = 0; at < canvas.length; at++) {
    const pixel = Math.floor(at / 3);
    const light = 1 + slope[0] * ((pixel % size) / size - 0.5) + slope[1] * (Math.floor(pixel / size) / size - 0.5);
    // Noise of a pixel needs no good generator, but a quick one. @see Marsaglia, "Xorshift RNGs", 2003.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = canvas[at]! * light * tint[at % 3]! + noise * (state / 2 ** 31);
  }
  return new Uint8Array(bytes.buffer);
}
