import { CACHE_LINE, roundUp } from "../../../core/alignment.ts";
import { type ConcreteShape, sizeOf, stridesOf } from "../../../core/shape.ts";
import { type Launch, launch, tasksFor, type WasmKernel } from "../kernel.ts";
import { copyStrided, type Dimension } from "./shared/strided.ts";

/** Folded axes that stand side by side need no copies: x is [outer, length, inner] as it is. */
export const prodGrad: WasmKernel<"ProdGrad"> = {
  launches: ({ inputs, outputs, geometry: { axes }, workspace }) => {
    const [x, dy, dx] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const { shape } = x;
    const length = sizeOf(axes.map((axis) => shape[axis]!));
    const first = axes[0] ?? 0;
    if (axes.every((axis, index) => axis === first + index)) {
      const inner = sizeOf(shape.slice(first + axes.length));
      return [
        prodGradLaunch(x.address, dy.address, dx.address, { outer: sizeOf(shape.slice(0, first)), length, inner }),
      ];
    }
    // Otherwise x is copied with the folded axes at the end, and dx copied back.
    const moved = workspace;
    const movedGradient = workspace + copyBytes(shape);
    const layout = movedLayout(shape, axes);
    const back = layout.map(({ size, from, to }) => ({ size, from: to, to: from }));
    return [
      ...copyStrided({ from: x.address, to: moved, dtype: "float32", dimensions: layout }),
      prodGradLaunch(moved, dy.address, movedGradient, { outer: sizeOf(shape) / length, length, inner: 1 }),
      ...copyStrided({ from: movedGradient, to: dx.address, dtype: "float32", dimensions: back }),
    ];
  },
  workspaceBytes: ({ inputs }) => 2 * copyBytes(inputs[0]!.shape),
};

function prodGradLaunch(
  x: number,
  dy: number,
  dx: number,
  form: { outer: number; length: number; inner: number },
): Launch {
  const { outer, length, inner } = form;
  const units = outer * inner;
  const unitsPerTask = Math.max(1, Math.floor(16384 / Math.max(1, length)));
  return launch("prodGrad", units === 0 ? 0 : tasksFor(units, unitsPerTask), {
    x,
    dy,
    dx,
    length,
    inner,
    units,
    unitsPerTask,
  });
}

function copyBytes(shape: ConcreteShape): number {
  return roundUp(4 * sizeOf(shape), CACHE_LINE);
}

/** From `shape` to the same axes with those of `axes` at the end. */
function movedLayout(shape: ConcreteShape, axes: readonly number[]): Dimension[] {
  const order = [...shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const from = stridesOf(shape);
  const to = stridesOf(order.map((axis) => shape[axis]!));
  return order.map((axis, index) => ({ size: shape[axis]!, from: from[axis]!, to: to[index]! }));
}
