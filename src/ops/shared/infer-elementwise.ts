import type { DType } from "../../core/dtype.ts";
import type { TensorSpec } from "../../graph/op-def.ts";
import { requireBroadcast, requireDType, requireSameDType } from "./requirements.ts";

/** Shape inference of ops that work element by element. */

/** The dtypes arithmetic works on; float32 first, as the one errors propose. */
export const NUMERIC: readonly DType[] = ["float32", "int32", "uint8"];

/** The dtypes that have negative numbers. */
export const SIGNED: readonly DType[] = ["float32", "int32"];

/** One input of one of the dtypes; the output is like it. */
export function inferUnary({ x }: { readonly x: TensorSpec }, dtypes: readonly DType[]): TensorSpec {
  requireDType("x", x, ...dtypes);
  return x;
}

/** Two inputs of one dtype, one of `dtypes`, that broadcast. */
export function inferBinary({ a, b }: BinarySpecs, dtypes: readonly DType[]): TensorSpec {
  requireDType("a", a, ...dtypes);
  return { dtype: requireSameDType({ a, b }), shape: requireBroadcast({ a, b }) };
}

/** The same with a bool output. */
export function inferComparison(inputs: BinarySpecs, dtypes: readonly DType[]): TensorSpec {
  return { dtype: "bool", shape: inferBinary(inputs, dtypes).shape };
}

interface BinarySpecs {
  readonly a: TensorSpec;
  readonly b: TensorSpec;
}
