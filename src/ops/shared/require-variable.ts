import { GraphError } from "../../core/errors.ts";
import { Tensor } from "../../graph/tensor.ts";
import { printValue } from "../../core/print-value.ts";
import { CallSite } from "../../graph/call-site.ts";

/** A variable, or the result of an assignment to one. @throws GraphError for any other tensor. */
export function requireVariable(ref: Tensor, what: string): Tensor {
  const tensor = ref instanceof Tensor ? ref : null;
  if (tensor !== null && storageOf(tensor) !== null) return tensor;
  const given = tensor === null ? printValue(ref) : `"${tensor.name}"`;
  throw new GraphError({
    problem: `${what}: ${given} is no variable, so nothing can be assigned to it.`,
    operands: tensor === null ? [] : [{ name: "ref", value: tensor.op.type, note: "must be a Variable" }],
    fix: "pass what tf.variable(...) returned.",
    site: tensor === null ? new CallSite().line : tensor.op.site,
  });
}

/** The variable whose storage a tensor is, through any number of assignments; null for other tensors. */
export function storageOf(ref: Tensor): Tensor | null {
  let tensor = ref;
  while (tensor.op.def.traits.mutates !== undefined && tensor.index === 0) {
    const first = tensor.op.inputs[0];
    if (first === undefined) return null;
    tensor = first;
  }
  return tensor.op.type === "Variable" ? tensor : null;
}
