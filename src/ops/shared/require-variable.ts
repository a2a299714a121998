import { GraphError } from "../../core/errors.ts";
import { Tensor } from "../../graph/tensor.ts";
import { printValue } from "../../core/print-value.ts";
import { CallSite } from "../../graph/call-site.ts";

/** A variable, or the result of an assignment to one. @throws GraphError for any other tensor. */
export function requireVariable(ref: Tensor, what: string): Tensor {
  const given: unknown = ref;
  if (given instanceof Tensor && storageOf(given) !== null) return ref;
  const operation = given instanceof Tensor ? given.op : undefined;
  throw new GraphError({
    problem: `${what}: ${given instanceof Tensor ? `"${given.name}"` : printValue(given)} is no variable, so nothing can be assigned to it.`,
    operands: operation && [{ name: "ref", value: operation.type, note: "must be a Variable" }],
    fix: "pass what tf.variable(...) returned.",
    site: operation?.site ?? new CallSite().line,
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
