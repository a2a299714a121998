/** The shape of a value written as nested lists. */
import type { Shape } from "../shape.ts";

type Scalar = number | boolean;
type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/**
 * The shape of a number, boolean, typed array or nested list, one `number` for each level. Lists of unknown or mixed
 * depth give `Shape`.
 *
 * @example ShapeOfNested<number[][]> // [number, number]
 */
export type ShapeOfNested<Value, Out extends Shape = []> = [Value] extends [Scalar]
  ? Out
  : [Value] extends [readonly (infer Element)[]]
    ? ShapeOfNested<Element, [...Out, number]>
    : [Value] extends [TypedArray]
      ? [...Out, number]
      : Shape;
