import type { Paddings } from "../../core/shape-types.ts";
import { formatShape, type Shape } from "../../core/shape.ts";
import { requireValue } from "./requirements.ts";

/** `shape` with the paddings added. @throws OpProblem when they do not fit the shape. */
export function paddedShape(shape: Shape, paddings: Paddings): Shape {
  requireValue(
    paddings.length === shape.length && paddings.flat().every((count) => Number.isInteger(count) && count >= 0),
    `[${paddings.map((pair) => `[${pair.join(", ")}]`).join(", ")}] are no paddings of ${formatShape(shape)}.`,
    `pass ${shape.length} pairs of integers of 0 or more.`,
  );
  return shape.map((dimension, axis) =>
    dimension === null ? null : dimension + paddings[axis]![0] + paddings[axis]![1],
  );
}
