import { InternalError } from "../../core/errors.ts";
import { formatShape, isConcrete, sameShape } from "../../core/shape.ts";
import { describeProblem } from "../../graph/describe-problem.ts";
import { nameInputs } from "../../graph/name-inputs.ts";
import type { ConcreteSpec, TensorSpec } from "../../graph/op-def.ts";
import type { Operation } from "../../graph/operation.ts";
import { OpProblem } from "../../graph/problem.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Feed } from "../request.ts";
import { missingFeed } from "../feed-errors.ts";
import type { Selection } from "./select.ts";

/**
 * Runs shape inference again with the shapes that are fed, so that no unknown dimension is left.
 *
 * @returns the shape and dtype of every tensor of the selection; see `requireConcrete`.
 * @throws ShapeError, DTypeError, ValueError when what is fed does not fit together.
 */
export function inferShapes({ shaped }: Selection, feeds: readonly Feed[]): ReadonlyMap<Tensor, TensorSpec> {
  const specs = new Map<Tensor, TensorSpec>();
  for (const { tensor, shape } of feeds) specs.set(tensor, { shape, dtype: tensor.dtype });
  for (const operation of shaped) {
    // Not fed, so it has the default's shape, also in the dimensions that a feed could have changed.
    const isDefault = operation.type === "PlaceholderWithDefault";
    const outputs = isDefault ? operation.inputs.map((input) => specs.get(input) ?? input) : inferOne(operation, specs);
    for (const [index, output] of operation.outputs.entries()) {
      if (!specs.has(output)) specs.set(output, outputs[index] ?? output);
    }
  }
  return specs;
}

/**
 * The spec of a tensor whose every dimension must be known by now.
 * @throws FeedError when one is not: a placeholder of which only the shape is needed was not fed.
 */
export function requireConcrete(tensor: Tensor, specs: ReadonlyMap<Tensor, TensorSpec>): ConcreteSpec {
  const { shape, dtype } = specs.get(tensor) ?? tensor;
  if (isConcrete(shape)) return { shape, dtype };
  const unfed = [...specs.keys()].find(
    (known) => known.op.type === "Placeholder" && !isConcrete(specs.get(known)?.shape ?? known.shape),
  );
  if (unfed !== undefined) throw missingFeed(unfed);
  throw new InternalError({
    problem: `the shape of "${tensor.name}" is not known although everything was fed.`,
    operands: [{ name: tensor.name, value: formatShape(shape), note: tensor.op.type }],
    fix: "report this as a bug: the op's shape inference leaves a dimension open.",
    site: tensor.op.site,
  });
}

function inferOne(operation: Operation, specs: ReadonlyMap<Tensor, TensorSpec>): readonly TensorSpec[] {
  const { def, attrs, name } = operation;
  const inputs = operation.inputs.map((input) => specs.get(input) ?? input);
  // Inference is a function of the inputs: while they are as the graph was built with, so are the outputs.
  const isKnown = operation.outputs.every(({ shape }) => isConcrete(shape));
  if (isKnown && inputs.every((spec, index) => sameShape(spec.shape, operation.inputs[index]!.shape)))
    return operation.outputs;
  try {
    return def.infer(nameInputs(def, inputs), attrs);
  } catch (problem) {
    if (!(problem instanceof OpProblem)) throw problem;
    throw describeProblem(problem, { def, name, inputs, site: operation.site });
  }
}
