import { sizeOf, stridesOf } from "../../core/shape.ts";
import type { ReductionGeometry } from "../../ops/shared/reduction.ts";
import { coordinatesOf } from "./indexing.ts";
import type { Values } from "./kernel.ts";

/** What the helpers here read of a call, the same for every reduction. */
interface Call {
  readonly inputs: readonly Values[];
  readonly outputs: readonly Values[];
  readonly geometry: ReductionGeometry;
}

/** For each element of the result, the indices of the elements of x that fold into it, in order. */
export function groupsOf(x: Values, axes: readonly number[]): number[][] {
  const shape = x.shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
  const strides = stridesOf(shape);
  const groups = Array.from({ length: sizeOf(shape) }, (): number[] => []);
  for (let i = 0; i < x.data.length; i++) {
    const coordinates = coordinatesOf(i, x.shape);
    const group = strides.reduce((at, stride, axis) => at + (axes.includes(axis) ? 0 : coordinates[axis]! * stride), 0);
    groups[group]!.push(i);
  }
  return groups;
}

/** y = f(the elements that fold into it, in order). */
export function reducing(f: (elements: readonly number[], x: Values) => number): (call: Call) => void {
  return ({ inputs: [x], outputs: [y], geometry: { axes } }) => {
    for (const [index, group] of groupsOf(x!, axes).entries()) {
      y!.data[index] = f(
        group.map((i) => x!.data[i]!),
        x!,
      );
    }
  };
}
