import type { ConcreteShape } from "../../../../core/shape.ts";
import type { Word } from "../../kernel.ts";

/** How an elementwise kernel walks over inputs that are broadcast; see assembly/broadcast.ts. */
export interface BroadcastWalk {
  /** Elements of a row of the output. */
  readonly inner: number;
  /** For each input: 1 where it moves along a row, 0 where it stays. */
  readonly steps: readonly number[];
  /** The axes around the rows, outermost first, with one stride for each input, in elements. */
  readonly axes: readonly Axis[];
}

interface Axis {
  readonly size: number;
  readonly strides: readonly number[];
}

/**
 * The walk over `inputs` that fills `output`, with as few axes as possible: axes of size 1 go, and neighbours join where
 * every input crosses from one to the other in one stride. Equal shapes become a single row.
 */
export function walkOver(inputs: readonly ConcreteShape[], output: ConcreteShape): BroadcastWalk {
  const strides = inputs.map((shape) => broadcastStrides(shape, output));
  const joined: { size: number; strides: number[] }[] = [];
  for (const [axis, size] of output.entries()) {
    if (size === 1) continue;
    const here = strides.map((ofInput) => ofInput[axis]!);
    const outer = joined.at(-1);
    if (outer?.strides.every((stride, input) => stride === here[input]! * size) === true) {
      outer.size *= size;
      outer.strides = here;
    } else {
      joined.push({ size, strides: here });
    }
  }
  const row = joined.pop() ?? { size: 1, strides: inputs.map(() => 1) };
  return { inner: row.size, steps: row.strides, axes: joined };
}

/** The axes as the last words of a launch record. */
export function axisWords(axes: readonly Axis[]): Record<string, Word> {
  const words: Record<string, Word> = { rank: axes.length };
  for (const [axis, { size, strides }] of axes.entries()) {
    words[`size${axis}`] = size;
    for (const [input, stride] of strides.entries()) words[`stride${axis}.${input}`] = stride;
  }
  return words;
}

/** Strides of a shape that is broadcast to `output`, one for each axis there: 0 where it is stretched. */
export function broadcastStrides(shape: ConcreteShape, output: ConcreteShape): number[] {
  const strides = new Array<number>(output.length).fill(0);
  let stride = 1;
  for (let axis = 1; axis <= shape.length; axis++) {
    const size = shape.at(-axis)!;
    if (size !== 1) strides[output.length - axis] = stride;
    stride *= size;
  }
  return strides;
}
