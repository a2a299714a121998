import { ValueError } from "../../core/errors.ts";
import type { ImageSource } from "../image.ts";
import { RandomStream } from "../random-stream.ts";
import { outlines } from "./outline.ts";
import { renderShape } from "./render.ts";

/** Classes of the generated pictures, by label. */
export const shapeClasses: readonly string[] = Object.keys(outlines);

export interface ShapesOptions {
  /** Height and width; default 64. */
  readonly size?: number;
  /** Pictures; default 1,000. The classes take turns. */
  readonly count?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * A set of generated pictures: textured shapes of ten classes at random place, scale, angle and light among clutter. The
 * same seed gives the same pictures, however many are asked for; each is made when it is read.
 *
 * @throws ValueError for a size below 8 or a negative count.
 */
export function shapes(options: ShapesOptions = {}): ImageSource {
  const { size = 64, count = 1000, seed = 0 } = options;
  if (!Number.isInteger(size) || size < 8 || size > 8192) {
    throw new ValueError({ problem: `shapes: the size is ${size}.`, fix: "pass a whole number from 8 to 8192." });
  }
  if (!Number.isInteger(count) || count < 0 || count > 2 ** 32) {
    throw new ValueError({ problem: `shapes: the count is ${count}.`, fix: "pass a whole number." });
  }
  return {
    size: count,
    height: size,
    width: size,
    channels: 3,
    classes: shapeClasses,
    name: (index) => `${shapeClasses[index % shapeClasses.length]} ${index}`,
    get: (index) => {
      const label = index % shapeClasses.length;
      return { ...renderShape(shapeClasses[label]!, size, new RandomStream(seed, "shapes", { index })), label };
    },
    describe: () => ({ type: "shapes", options: { size, count, seed } }),
  };
}
