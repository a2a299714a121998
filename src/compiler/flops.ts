import { sizeOf } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import * as ops from "../ops/index.ts";
import type { Step } from "./plan.ts";

/** Every op by its name. */
const definitions: ReadonlyMap<string, OpDef> = new Map(
  Object.values(ops).flatMap((item) => (typeof item === "object" ? [[item.name, item as OpDef] as const] : [])),
);

/**
 * Floating-point operations of a step, as the field counts them: what its op declares, else one for each element of its
 * largest operand, a lower bound that makes elementwise steps comparable.
 */
export function flopsOf({
  op,
  geometry,
  inputs,
  outputs,
}: Pick<Step, "op" | "geometry" | "inputs" | "outputs">): number {
  const declared = definitions.get(op)?.flops?.(geometry);
  if (declared !== undefined) return declared;
  const read = inputs.filter(({ buffer }) => buffer.bytes > 0);
  return Math.max(0, ...[...read, ...outputs].map(({ shape }) => sizeOf(shape)));
}
