import type { Paddings } from "../../core/shape-types.ts";
import { formatShape, type Shape } from "../../core/shape.ts";
import { requireValue } from "./requirements.ts";
import { printValue } from "../../core/print-value.ts";

/** `shape` with the paddings added. @throws OpProblem when they do not fit the shape. */
export function paddedShape(shape: Shape, paddings: Paddings): Shape {
  requireValue(
    Array.isArray(paddings) && paddings.length === shape.length && paddings.every(isPair),
    `paddings are ${printValue(paddings)}, which do not fit ${formatShape(shape)}.`,
    `pass ${shape.length} pairs of integers of 0 or more.`,
  );
  return shape.map((dimension, axis) =>
    dimension === null ? null : dimension + paddings[axis]![0] + paddings[axis]![1],
  );
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every((count) => Number.isInteger(count) && count >= 0);
}
