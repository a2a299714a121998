import type { Shape } from "../../core/shape.ts";
import { OpProblem } from "../../graph/problem.ts";

/** A window that slides over images, and what it gives. */
interface Slid {
  /** `[batch, height, width, channels]` */
  readonly images: Shape;
  /** Height and width; null where they are not known yet. */
  readonly output: readonly [number | null, number | null];
  /** `kernel`, `window of 3 x 3`. */
  readonly what: string;
  readonly notes?: Readonly<Record<string, string>>;
}

/** @throws OpProblem when the window does not fit into the padded images even once. */
export function requireRoom({ images, output: [rows, columns], what, notes = {} }: Slid): void {
  const [, height, width] = images;
  if (!((rows === 0 && height !== 0) || (columns === 0 && width !== 0))) return;
  const size = `batch, height = ${height ?? "?"}, width = ${width ?? "?"}, channels`;
  throw new OpProblem("shape", `the ${what} is larger than the padded images.`, {
    notes: { images: size, ...notes },
    fix: `pad more (padding: "SAME"), or use larger images or a smaller ${what.split(" ")[0]}.`,
  });
}
