import { type ConcreteShape, stridesOf } from "../../core/shape.ts";

/** The coordinates of element `index` of a row-major array. */
export function coordinatesOf(index: number, shape: ConcreteShape): number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(index / stride) % shape[axis]!);
}

/** The element of an array of shape `from` that broadcasting puts at element `index` of shape `to`. */
export function broadcastIndex(index: number, to: ConcreteShape, from: ConcreteShape): number {
  const coordinates = coordinatesOf(index, to).slice(to.length - from.length);
  return stridesOf(from).reduce((sum, stride, axis) => sum + (from[axis] === 1 ? 0 : coordinates[axis]! * stride), 0);
}
