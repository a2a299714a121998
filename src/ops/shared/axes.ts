import { printValue } from "../../core/print-value.ts";
import { formatShape, normalizeAxes, type Shape } from "../../core/shape.ts";
import { OpProblem } from "../../graph/problem.ts";
import { requireValue } from "./requirements.ts";

/**
 * Axes counted from the front, sorted; `undefined` means all. For shape inference.
 * @throws OpProblem when one lies outside the shape.
 */
export function requireAxes(axes: number | readonly number[] | undefined, shape: Shape, name: string): number[] {
  const list: readonly number[] = Array.isArray(axes) ? axes : axes === undefined ? [] : [axes as number];
  const isAxes = list.every((axis) => typeof axis === "number");
  requireValue(isAxes, `axis is ${printValue(axes)}.`, "pass one whole number, or several as a list.");
  const found = normalizeAxes(axes, shape.length);
  if (found !== null) return found;
  const wrong = list.find((axis) => normalizeAxes(axis, shape.length) === null);
  throw new OpProblem("shape", `${name} of shape ${formatShape(shape)} has no axis ${printValue(wrong)}.`, {
    fix: shape.length === 0 ? "a scalar has no axes." : `axes go from ${-shape.length} to ${shape.length - 1}.`,
  });
}

/** One axis counted from the front. @throws OpProblem when it lies outside the shape. */
export function requireAxis(axis: number, shape: Shape, name: string): number {
  requireValue(typeof axis === "number", `axis is ${printValue(axis)}.`, "pass one whole number.");
  return requireAxes(axis, shape, name)[0]!;
}
