import type { ByName, InputNames, OpDef } from "./op-def.ts";

/**
 * A list of inputs as an object by the op's own names: `["a", "b?", "...rest"]` with `[x, y, z, w]` gives
 * `{ a: x, b: y, rest: [z, w] }`.
 */
export function nameInputs<T, Names extends InputNames>(
  def: OpDef<string, Names>,
  inputs: readonly T[],
): ByName<Names, T> {
  const named: Record<string, T | readonly T[] | undefined> = {};
  for (const [index, name] of def.inputs.entries()) {
    named[plainName(name)] = name.startsWith("...") ? inputs.slice(index) : inputs[index];
  }
  return named as ByName<Names, T>;
}

/** The name alone: `x` for `...x` and `x?`. */
export function plainName(name: string): string {
  return name.replace("...", "").replace("?", "");
}
