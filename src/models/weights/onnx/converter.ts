import type { NDArray } from "../../../core/ndarray.ts";
import { ValueError } from "../../../core/errors.ts";
import { formatShape } from "../../../core/shape.ts";
import type { Operation } from "../../../graph/operation.ts";
import type { Tensor } from "../../../graph/tensor.ts";
import type { OnnxAttribute, OnnxNode, OnnxTensor } from "./onnx-model.ts";

/** Values of the graph's parameters, fetched before. */
export type ParameterValues = ReadonlyMap<Tensor, NDArray>;

/** Height, width and channels of images that a row holds one after the other: channels first in ONNX, last here. */
export type Flattened = readonly [number, number, number];

/** Collects nodes and weights while operations are converted one after the other. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: Map<string, OnnxTensor> = new Map();
  readonly #names: ReadonlyMap<Tensor, string>;
  readonly #values: ParameterValues;
  readonly #flattened = new Map<Tensor, Flattened>();

  /** @param names given to tensors, inputs and outputs of the model above all. */
  constructor(names: ReadonlyMap<Tensor, string>, values: ParameterValues) {
    this.#names = names;
    this.#values = values;
  }

  nameOf(tensor: Tensor): string {
    return this.#names.get(tensor) ?? tensor.op.name;
  }

  /** The value of a parameter. */
  value(tensor: Tensor): NDArray {
    const value = this.#values.get(tensor);
    if (value !== undefined) return value;
    throw unsupported(tensor.op, "its weights are no variables or constants.");
  }

  /** Adds weights under their variable's name. */
  parameter(tensor: Tensor, array: NDArray = this.value(tensor)): string {
    const name = tensor.op.name;
    this.initializers.set(name, array);
    return name;
  }

  /** A node that makes `operation`'s first output; `inputs` are names. */
  add(
    operation: Operation,
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
  ): void {
    const output = this.nameOf(operation.outputs[0]!);
    this.nodes.push({ type, name: operation.name, inputs, outputs: [output], attributes });
  }

  flattenedOf(tensor: Tensor): Flattened | undefined {
    return this.#flattened.get(tensor);
  }

  setFlattened(tensor: Tensor, from: Flattened | undefined): void {
    if (from !== undefined) this.#flattened.set(tensor, from);
  }
}

/** ONNX's images are [batch, channels, height, width]. */
export function isImages(tensor: Tensor): boolean {
  return tensor.rank === 4;
}

/** The axis of the channels, or classes, in ONNX. */
export function channelAxis(tensor: Tensor): number {
  return isImages(tensor) ? 1 : -1;
}

export function unsupported(
  operation: Operation,
  why: string,
  fix = "export the part of the graph before it.",
): ValueError {
  return new ValueError({
    problem: `ONNX: ${operation.type} "${operation.name}" cannot be exported: ${why}`,
    operands: operation.inputs.map((input) => ({
      name: input.name,
      value: formatShape(input.shape),
      note: input.dtype,
    })),
    fix,
    site: operation.site,
  });
}
