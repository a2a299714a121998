import type { GradientContext, InputGradients, InputNames } from "../../graph/op-def.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Ops } from "./define-op.ts";

/** What of a gradient's context a formula needs. */
type Context<Names extends InputNames> = Pick<GradientContext<Names, object>, "inputs" | "dys" | "differentiate">;

/**
 * The gradient of an op as that of its formula: for ops that exist for speed, where their derivative is rarely asked
 * for. The op still computes the outputs; only their gradients go through the formula.
 *
 * @param formula the op's outputs made by other ops; its inputs must all be single tensors.
 */
export function gradientOfFormula<Names extends InputNames>(
  { inputs, dys, differentiate }: Context<Names>,
  ops: Ops,
  formula: (inputs: Context<Names>["inputs"]) => readonly Tensor[],
): InputGradients<Names> {
  if (dys.every((dy) => dy === null))
    return Object.fromEntries(Object.keys(inputs).map((name) => [name, null])) as InputGradients<Names>;
  // Copies: one input may have been computed from another, and what goes that way is not this op's part.
  const entries = Object.entries(inputs as Readonly<Record<string, Tensor>>);
  const copies = entries.map(([name, input]) => [name, ops.identity(input)] as const);
  const outputs = formula(Object.fromEntries(copies) as Context<Names>["inputs"]);
  const pairs = outputs.flatMap((y, index) => (dys[index] ? [{ y, dy: dys[index] }] : []));
  const gradients = differentiate(
    pairs.map(({ y }) => y),
    copies.map(([, copy]) => copy),
    pairs.map(({ dy }) => dy),
  );
  return Object.fromEntries(entries.map(([name], index) => [name, gradients[index]!])) as InputGradients<Names>;
}
