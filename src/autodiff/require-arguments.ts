import { DTypeError, GraphError, ShapeError, ValueError } from "../core/errors.ts";
import { printValue } from "../core/print-value.ts";
import { formatShape, isCompatible } from "../core/shape.ts";
import { Tensor } from "../graph/tensor.ts";
import { requireOptions } from "../ops/shared/require-options.ts";
import type { GradientOptions } from "./gradients.ts";

/** What `gradients` checks before it adds an operation; see there for the errors. */
export function requireArguments(ys: readonly Tensor[], xs: readonly Tensor[], options: GradientOptions): void {
  requireTensors("ys", ys, ys);
  requireTensors("xs", xs, ys);
  requireOptions("gradients", options, "gradYs");
  const { stopGradients = [], gradYs } = options;
  requireTensors("stopGradients", stopGradients, ys, "{ stopGradients: [h] }");
  if (gradYs !== undefined) requireGradYs(gradYs, ys);
}

function requireGradYs(gradYs: readonly (Tensor | null)[], ys: readonly Tensor[]): void {
  requireList("gradYs", gradYs, "{ gradYs: [dy] }");
  if (gradYs.length !== ys.length) {
    throw new ValueError({
      problem: "gradients: there are not as many gradYs as ys.",
      operands: [
        { name: "ys", value: String(ys.length), note: ys.map(({ name }) => name).join(", ") },
        { name: "gradYs", value: String(gradYs.length) },
      ],
      fix: "give each y its gradient, in order, or null for ones.",
    });
  }
  for (const [index, gradY] of gradYs.entries()) {
    if (gradY === null) continue;
    requireTensor(`gradYs[${index}]`, gradY, ys);
    requireFitting(gradY, ys[index]!);
  }
}

function requireFitting(gradY: Tensor, y: Tensor): void {
  const isFloat = gradY.dtype === "float32";
  if (isFloat && isCompatible(gradY.shape, y.shape)) return;
  throw new (isFloat ? ShapeError : DTypeError)({
    problem: `gradients: the gradient given for y "${y.name}" ${isFloat ? "has another shape" : `is ${gradY.dtype}`}.`,
    operands: [
      { name: "y", value: formatShape(y.shape), note: y.name },
      { name: "gradY", value: formatShape(gradY.shape), note: gradY.name },
    ],
    fix: "give each y a float32 gradient of its own shape.",
    site: gradY.op.site,
  });
}

function requireTensors(name: string, tensors: readonly Tensor[], ys: readonly Tensor[], example?: string): void {
  requireList(name, tensors, example);
  for (const [index, tensor] of tensors.entries()) requireTensor(`${name}[${index}]`, tensor, ys);
}

/** @param example the option as it is written, where the list is one. */
function requireList(name: string, list: unknown, example?: string): void {
  if (Array.isArray(list)) return;
  throw new ValueError({
    problem: `gradients: ${name} is no list of tensors.`,
    fix: `write tf.gradients(loss, [x]${example === undefined ? "" : `, ${example}`}).`,
  });
}

function requireTensor(name: string, tensor: unknown, ys: readonly Tensor[]): void {
  if (!(tensor instanceof Tensor)) {
    throw new ValueError({
      problem: `gradients: ${name} is ${printValue(tensor)}, not a tensor.`,
      fix: "pass tensors: variables, placeholders, results of ops.",
    });
  }
  const y = ys[0];
  if (y === undefined || tensor.graph === y.graph) return;
  throw new GraphError({
    problem: `gradients: ${name} "${tensor.name}" belongs to another graph than "${y.name}".`,
    operands: [
      { name: y.name, value: "one graph" },
      { name: tensor.name, value: "another graph" },
    ],
    fix: "build all of them inside one graph.asDefault(...).",
    site: tensor.op.site,
  });
}
