import type { NDArray } from "../../../core/ndarray.ts";

/** An ONNX model as plain data, all of onnx.proto that is needed here; `millrace/node` writes it as protobuf. */
export interface OnnxModel {
  readonly name: string;
  /** Version of the default operator set. */
  readonly opset: number;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Each after those whose outputs it reads. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  /** Strings by name, which runtimes show. */
  readonly metadata: ReadonlyMap<string, string>;
}

export interface OnnxValue {
  readonly name: string;
  /** A number, or a name for a size that is known when it runs. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxNode {
  readonly type: string;
  readonly name: string;
  /** Empty for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] };

/** float32, or whole numbers as int64, which ONNX wants for sizes. */
export type OnnxTensor = NDArray | { readonly int64: readonly number[] };
