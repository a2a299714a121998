import { type Padding, paddingOf, slide, slideOutput } from "../../core/window.ts";
import { type ConcreteShape, formatShape, isCompatible, type Shape } from "../../core/shape.ts";
import type { TensorSpec } from "../../graph/op-def.ts";
import { OpProblem } from "../../graph/problem.ts";
import { requireRoom } from "./require-room.ts";
import { requireDType, requireValue } from "./requirements.ts";

/** Attributes that all two-dimensional convolutions and their gradients share. */
export interface Conv2DAttrs {
  /** Height, width; in cells. */
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: Padding;
  /** Channels fall into so many groups, each convolved by its own part of the filter. */
  readonly groups: number;
}

/** What every convolution kernel needs, forward and backward, computed once. */
export interface Conv2DGeometry {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** Cells of padding above and to the left; those below and to the right follow from the sizes. */
  readonly padTop: number;
  readonly padLeft: number;
  readonly groups: number;
}

/** `[batch, height, width, channels]` of what it gives. */
export function resultShape({ batch, outHeight, outWidth, outChannels }: Conv2DGeometry): ConcreteShape {
  return [batch, outHeight, outWidth, outChannels];
}

/** Options of the user-facing functions, in TensorFlow's form: one entry per axis of NHWC, or one number for both. */
export interface WindowOptions {
  /** `[1, height, width, 1]`, `[height, width]` or one number; default 1. */
  readonly strides?: number | readonly [number, number] | readonly [1, number, number, 1];
  /** Cells between the kernel's taps, plus one; default 1. */
  readonly dilations?: number | readonly [number, number] | readonly [1, number, number, 1];
  /** `"SAME"`, `"VALID"`, or `[[top, bottom], [left, right]]` cells. */
  readonly padding: Padding;
}

/** Attributes from options; `requireWindow` checks them when the graph is built. */
export function toConv2DAttrs(options: WindowOptions & { readonly groups?: number }): Conv2DAttrs {
  return {
    strides: toPair(options.strides ?? 1),
    dilations: toPair(options.dilations ?? 1),
    padding: options.padding,
    groups: options.groups ?? 1,
  };
}

type PerAxis = NonNullable<WindowOptions["strides"]>;

/** Height and width. What has neither form stays as it is, for the check to show it. */
function toPair(value: PerAxis): readonly [number, number] {
  if (typeof value === "number") return [value, value];
  if (value.length === 4 && value[0] === 1 && value[3] === 1) return [value[1], value[2]];
  return value as readonly [number, number];
}

/** Checks what shape inference of every convolution checks of its attributes. */
export function requireWindow({ strides, dilations, padding, groups }: Conv2DAttrs): void {
  requirePositive("strides", strides);
  requirePositive("dilations", dilations);
  requireValue(
    isPositive(groups),
    `groups ${groups} must be a whole number above 0.`,
    "leave groups out, or give a divisor of the channels.",
  );
  if (Array.isArray(padding)) {
    const cells = padding.flat();
    const whole =
      padding.length === 2 && cells.length === 4 && cells.every((cell) => Number.isInteger(cell) && cell >= 0);
    requireValue(
      whole,
      `padding ${JSON.stringify(padding)} is not [[top, bottom], [left, right]].`,
      "give whole numbers of cells, 0 or more.",
    );
  } else {
    const known = padding === "SAME" || padding === "VALID";
    requireValue(
      known,
      `padding ${JSON.stringify(padding)} is not known.`,
      'use "SAME", "VALID" or [[top, bottom], [left, right]].',
    );
  }
}

function requirePositive(name: string, values: readonly number[]): void {
  const fix = "give one number, [height, width] or [1, height, width, 1].";
  requireValue(
    Array.isArray(values) && values.length === 2 && values.every(isPositive),
    `${name} ${Array.isArray(values) ? `[${values.join(", ")}]` : JSON.stringify(values)} must be whole numbers above 0.`,
    fix,
  );
}

function isPositive(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

/** Output height and width for shapes that may have unknown dimensions. @throws OpProblem when the kernel does not fit. */
export function inferSpatial(
  images: Shape,
  kernel: readonly [number | null, number | null],
  attrs: Conv2DAttrs,
): [number | null, number | null] {
  if (kernel.includes(0)) {
    throw new OpProblem("shape", "the filter has no cells.", {
      notes: { filter: `height = ${kernel[0] ?? "?"}, width = ${kernel[1] ?? "?"}` },
      fix: "a filter is at least 1 high and 1 wide.",
    });
  }
  const sizes = ([0, 1] as const).map((axis) =>
    slideOutput(
      images[axis + 1]!,
      kernel[axis],
      attrs.strides[axis],
      attrs.dilations[axis],
      paddingOf(attrs.padding, axis),
    ),
  );
  const [height, width] = sizes as [number | null, number | null];
  const notes = { filter: `height = ${kernel[0] ?? "?"}, width = ${kernel[1] ?? "?"}` };
  requireRoom({ images, output: [height, width], what: "kernel", notes });
  return [height, width];
}

/** The gradient that comes back to a convolution has the shape of its result. */
export function requireGradientOf(y: TensorSpec, dy: TensorSpec): void {
  requireDType("dy", dy, "float32");
  if (isCompatible(y.shape, dy.shape)) return;
  throw new OpProblem("shape", "dy does not have the shape of the convolution's result.", {
    notes: { dy: "the gradient that comes back" },
    fix: `make dy ${formatShape(y.shape)}.`,
  });
}

/** The geometry of a convolution of `images` with a filter of `kernel` cells to `outChannels` channels. */
export function conv2DGeometry(
  images: readonly number[],
  kernel: readonly [number, number],
  outChannels: number,
  attrs: Conv2DAttrs,
): Conv2DGeometry {
  const [batch, inHeight, inWidth, inChannels] = images as [number, number, number, number];
  const [strideHeight, strideWidth] = attrs.strides;
  const [dilationHeight, dilationWidth] = attrs.dilations;
  const rows = slide(inHeight, kernel[0], strideHeight, dilationHeight, paddingOf(attrs.padding, 0));
  const columns = slide(inWidth, kernel[1], strideWidth, dilationWidth, paddingOf(attrs.padding, 1));
  return {
    batch,
    inHeight,
    inWidth,
    inChannels,
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    outHeight: rows.output,
    outWidth: columns.output,
    outChannels,
    strideHeight,
    strideWidth,
    dilationHeight,
    dilationWidth,
    padTop: rows.before,
    padLeft: columns.before,
    groups: attrs.groups,
  };
}

/** Two for each multiply-add of the forward pass, each of which is one of either gradient too. */
export function convolutionFlops(g: Conv2DGeometry): number {
  const pixels = g.batch * g.outHeight * g.outWidth;
  return 2 * pixels * g.outChannels * g.kernelHeight * g.kernelWidth * (g.inChannels / g.groups);
}
