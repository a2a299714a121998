import { ValueError } from "../../../core/errors.ts";
import type { NDArray } from "../../../core/ndarray.ts";
import type { Operation } from "../../../graph/operation.ts";
import type { Tensor } from "../../../graph/tensor.ts";
import type { Session } from "../../../runtime/session.ts";
import type { Model } from "../../model.ts";
import { isImages, OnnxBuilder, unsupported } from "./converter.ts";
import { CONVERTERS, fusedBias, PARAMETER_INPUTS } from "./converters.ts";
import type { OnnxModel, OnnxValue } from "./onnx-model.ts";

export interface OnnxOptions {
  /** Name of the graph in the file; default `millrace`. */
  readonly name?: string;
  /** What the file computes, by the names it gets there; default `{ logits, probabilities }`. */
  readonly outputs?: Readonly<Record<string, Tensor>>;
  /** What else whoever runs the file should know: names of classes, how pictures are prepared. Default: nothing. */
  readonly metadata?: ReadonlyMap<string, string>;
}

/** LRN, Pad and Softmax have been as they are here since 13; 17 is read by every runtime of the last years. */
const OPSET = 17;

/**
 * A model with its weights as ONNX, for inference: `millrace/node`'s `encodeOnnx` makes the file. Images are
 * `[batch, channels, height, width]` there; nothing is dropped.
 *
 * @param session of the model's graph, with values for its variables.
 * @throws ValueError that names the first operation which cannot be exported. @throws UninitializedError
 */
export async function toOnnx(
  session: Session,
  model: Pick<Model, "images" | "logits" | "probabilities">,
  options: OnnxOptions = {},
): Promise<OnnxModel> {
  const { name = "millrace", outputs = { logits: model.logits, probabilities: model.probabilities } } = options;
  const { images } = model;
  const { metadata = new Map<string, string>() } = options;
  const operations = operationsBetween(images, Object.values(outputs));
  const builder = new OnnxBuilder(namesOf(images, outputs), await parameterValues(session, operations));
  const fused = fusedOperations(operations, Object.values(outputs));
  for (const operation of operations) {
    if (!fused.has(operation)) CONVERTERS[operation.type]!(operation, builder);
  }
  const order = Object.entries(outputs).map(([outputName, tensor]) => describeOutput(outputName, tensor, builder));
  const { nodes, initializers } = builder;
  return { name, opset: OPSET, inputs: [describe("images", images)], outputs: order, nodes, initializers, metadata };
}

/** Everything the outputs need that is not a weight, in order. */
function operationsBetween(images: Tensor, outputs: readonly Tensor[]): Operation[] {
  const found = new Set<Operation>();
  const open = outputs.map(({ op }) => op);
  for (let operation = open.pop(); operation !== undefined; operation = open.pop()) {
    if (operation === images.op || found.has(operation)) continue;
    if (!Object.hasOwn(CONVERTERS, operation.type)) {
      throw unsupported(
        operation,
        "there is no counterpart of it.",
        `exported are ${Object.keys(CONVERTERS).join(", ")}.`,
      );
    }
    found.add(operation);
    open.push(...dataInputs(operation).map(({ op }) => op));
  }
  return [...found].sort((a, b) => a.id - b.id);
}

/** Dropout's probability plays no part in inference. */
function dataInputs({ type, inputs }: Operation): readonly Tensor[] {
  if (type === "Dropout") return inputs.slice(0, 1);
  return inputs.filter((_, index) => PARAMETER_INPUTS[type]?.includes(index) !== true);
}

function namesOf(images: Tensor, outputs: Readonly<Record<string, Tensor>>): Map<Tensor, string> {
  const names = new Map<Tensor, string>([[images, "images"]]);
  for (const [name, tensor] of Object.entries(outputs)) {
    if (names.has(tensor)) {
      throw new ValueError({
        problem: `ONNX: "${tensor.name}" has two names, "${names.get(tensor)}" and "${name}".`,
        fix: "name it once.",
      });
    }
    names.set(tensor, name);
  }
  return names;
}

async function parameterValues(session: Session, operations: readonly Operation[]): Promise<Map<Tensor, NDArray>> {
  const parameters = operations.flatMap(({ type, inputs }) =>
    (PARAMETER_INPUTS[type] ?? []).flatMap((index) => inputs[index] ?? []),
  );
  const unique = [...new Set(parameters)];
  const values = await session.run(unique);
  return new Map(unique.map((tensor, index) => [tensor, values[index]!]));
}

/** Convolutions and products that are converted with their bias: nothing else reads them. */
function fusedOperations(operations: readonly Operation[], outputs: readonly Tensor[]): Set<Operation> {
  const fused = new Set<Operation>();
  for (const operation of operations) {
    const before = fusedBias(operation);
    if (before === null) continue;
    const readers = operations.filter(({ inputs }) => inputs.some(({ op }) => op === before)).length;
    if (readers === 1 && !outputs.some(({ op }) => op === before)) fused.add(before);
  }
  return fused;
}

function describeOutput(name: string, tensor: Tensor, builder: OnnxBuilder): OnnxValue {
  if (builder.flattenedOf(tensor) !== undefined)
    throw unsupported(tensor.op, "flattened images have another order in ONNX.");
  if (tensor.index !== 0) throw unsupported(tensor.op, "only the first output of an operation can be exported.");
  return describe(name, tensor);
}

function describe(name: string, tensor: Tensor): OnnxValue {
  const shape = tensor.shape.map((dimension, axis) => dimension ?? (axis === 0 ? "batch" : `dimension${axis}`));
  const [batch, height, width, channels] = shape;
  return { name, shape: isImages(tensor) ? [batch!, channels!, height!, width!] : shape };
}
