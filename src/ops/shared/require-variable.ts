import { GraphError } from "../../core/errors.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** A variable, or the result of an assignment to one. @throws GraphError for any other tensor. */
export function requireVariable(ref: Tensor, what: string): Tensor {
  const source = storageOf(ref);
  if (source !== null) return ref;
  throw new GraphError({
    problem: `${what}: "${ref.name}" is no variable, so nothing can be assigned to it.`,
    operands: [{ name: "ref", value: ref.op.type, note: "must be a Variable" }],
    fix: "pass what tf.variable(...) returned.",
    site: ref.op.site,
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
