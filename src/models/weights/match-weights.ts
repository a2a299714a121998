import { type OperandLine, ValueError } from "../../core/errors.ts";
import type { NDArray } from "../../core/ndarray.ts";
import { formatShape, sameShape } from "../../core/shape.ts";
import type { ModelLayers } from "./model-layers.ts";
import { type Binding, bindingsOf, isIgnored, type Naming, NAMINGS, requireBindings } from "./naming.ts";

/** Tensors by name, as files of weights are read. */
export type Weights = ReadonlyMap<string, NDArray>;

export interface MatchOptions {
  /** Who named the weights; default: whoever's names are there. */
  readonly naming?: Naming | undefined;
  /** Layers that keep their values: names, in which `*` stands for anything: `["fc3"]`, `["fc*"]`. */
  readonly skip?: readonly string[] | undefined;
  /** Whether the file may hold tensors that the model has no place for; default false. */
  readonly allowExtra?: boolean | undefined;
}

/** Which stored tensor goes where. */
export interface Match {
  readonly naming: Naming;
  readonly pairs: readonly { readonly binding: Binding; readonly stored: NDArray }[];
  /** Variables of skipped layers. */
  readonly skipped: readonly string[];
  /** Names in the file without a place in the model. */
  readonly extra: readonly string[];
}

/** What wraps a model adds a name in front of all others: timm's models in Hugging Face's transformers, PyTorch's wrappers. */
const PREFIXES = ["timm_model.", "module.", "_orig_mod.", "model."];

/**
 * Finds the stored tensor of every variable.
 * @throws ValueError that lists everything that is missing, too much or of another shape.
 */
export function matchWeights(layers: ModelLayers, weights: Weights, options: MatchOptions): Match {
  const stored = withoutPrefix(weights);
  const naming = options.naming ?? recognise(layers, stored);
  const all = requireBindings(layers, naming);
  const isSkipped = patternOf(options.skip ?? [], all);
  const bindings = all.filter((binding) => !isSkipped(binding.layer));
  const known = new Set(all.map((binding) => binding.stored));
  const extra = [...stored.keys()].filter((name) => !known.has(name) && !isIgnored(name));
  const problems = bindings.flatMap((binding) => describeProblem(binding, stored.get(binding.stored)));
  if (options.allowExtra !== true) problems.push(...extra.map((name) => describeExtra(name, stored.get(name))));
  if (problems.length > 0) throw mismatch(naming, problems, bindings.length);
  return {
    naming,
    pairs: bindings.map((binding) => ({ binding, stored: stored.get(binding.stored)! })),
    skipped: all.filter((binding) => isSkipped(binding.layer)).map(({ variable }) => variable.op.name),
    extra,
  };
}

function withoutPrefix(weights: Weights): Weights {
  const prefix = PREFIXES.find(
    (candidate) => weights.size > 0 && [...weights.keys()].every((name) => name.startsWith(candidate)),
  );
  if (prefix === undefined) return weights;
  return withoutPrefix(new Map([...weights].map(([name, array]) => [name.slice(prefix.length), array])));
}

/** The naming most of whose names are in the file. */
function recognise(layers: ModelLayers, weights: Weights): Naming {
  const scores = NAMINGS.map((naming) => {
    const bindings = bindingsOf(layers, naming) ?? [];
    return { naming, found: bindings.filter(({ stored }) => weights.has(stored)).length, first: bindings[0]?.stored };
  });
  const best = scores.reduce((a, b) => (b.found > a.found ? b : a));
  if (best.found > 0) return best.naming;
  throw new ValueError({
    problem: "loadWeights: none of the names are known for this model.",
    operands: [
      { name: "the file", value: firstNames([...weights.keys()]) },
      ...scores.flatMap(({ naming, first }) => (first === undefined ? [] : [{ name: naming, value: `${first}, ...` }])),
    ],
    fix: "load the weights of this model, or rename them to one of these.",
  });
}

function firstNames(names: readonly string[]): string {
  if (names.length === 0) return "no tensors";
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? `, ... (${names.length} tensors)` : ""}`;
}

/** @throws ValueError for a pattern that no layer matches: a layer would be overwritten that should be kept. */
function patternOf(patterns: readonly string[], bindings: readonly Binding[]): (layer: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const literal = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
    const expression = new RegExp(`^${literal.join(".*")}$`);
    if (bindings.some(({ layer }) => expression.test(layer))) return expression;
    const names = [...new Set(bindings.map(({ layer }) => layer))];
    throw new ValueError({
      problem: `loadWeights: skip "${pattern}" matches no layer.`,
      fix: `the layers are ${names.join(", ")}.`,
    });
  });
  return (layer) => expressions.some((expression) => expression.test(layer));
}

function describeProblem({ stored: name, variable, conversion }: Binding, stored: NDArray | undefined): OperandLine[] {
  const wanted = `${formatShape(conversion.storedShape)} float32`;
  const where = `for "${variable.op.name}"`;
  if (stored === undefined) return [{ name, value: "missing", note: `wanted: ${wanted} ${where}` }];
  const shapes = [conversion.storedShape, ...(conversion.alsoLoads === undefined ? [] : [conversion.alsoLoads])];
  if (stored.dtype === "float32" && shapes.some((shape) => sameShape(stored.shape, shape))) return [];
  return [{ name, value: `${formatShape(stored.shape)} ${stored.dtype}`, note: `wanted: ${wanted} ${where}` }];
}

function describeExtra(name: string, stored: NDArray | undefined): OperandLine {
  return { name, value: formatShape(stored?.shape ?? []), note: "the model has no place for it" };
}

function mismatch(naming: Naming, operands: readonly OperandLine[], count: number): ValueError {
  const isExtra = operands.every(({ note }) => note === "the model has no place for it");
  return new ValueError({
    problem: `loadWeights: ${operands.length} of the names do not fit the ${count} variables (names of ${naming}).`,
    operands,
    fix: isExtra
      ? "pass { allowExtra: true } to leave them out."
      : 'load weights of the same architecture; layers may keep their values: { skip: ["fc3"] } for another number of classes.',
  });
}
