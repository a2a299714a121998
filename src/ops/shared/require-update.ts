import type { TensorSpec } from "../../graph/op-def.ts";
import { requireDType, requireRank, requireSameShapeAndDType } from "./requirements.ts";

/**
 * Shape inference of every optimizer's update: variable, slots and gradient have one shape, the rest are scalars.
 * @returns what the variable is, which is also the op's output.
 */
export function requireUpdate(
  alike: { readonly ref: TensorSpec; readonly gradient: TensorSpec } & Readonly<Record<string, TensorSpec>>,
  scalars: Readonly<Record<string, TensorSpec>>,
): TensorSpec {
  requireDType("ref", alike.ref, "float32");
  requireSameShapeAndDType(alike);
  for (const [name, spec] of Object.entries(scalars)) {
    requireDType(name, spec, "float32");
    requireRank(name, spec, 0, "one number");
  }
  return alike.ref;
}
