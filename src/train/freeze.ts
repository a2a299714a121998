import { ValueError } from "../core/errors.ts";
import type { Variable } from "../ops/index.ts";

/**
 * The variables that no pattern matches.
 *
 * A pattern matches names of variables from their beginning, whole parts at a time: `conv1` matches `conv1/weights`, not
 * `conv10/weights`. A star stands for anything: `conv*`.
 *
 * @throws ValueError for a pattern that matches nothing, and when nothing is left to train.
 */
export function withoutFrozen(variables: readonly Variable[], patterns: readonly string[]): Variable[] {
  const matchers = patterns.map((pattern) => ({ pattern, matches: matcherOf(pattern) }));
  const names = variables.map(({ op }) => op.name);
  const idle = matchers.find(({ matches }) => !names.some((name) => matches.test(name)));
  if (idle !== undefined) {
    throw new ValueError({
      problem: `freeze: no variable's name matches "${idle.pattern}".`,
      operands: names.slice(0, 20).map((name) => ({ name, value: "" })),
      fix: "name layers (conv1), or use stars (conv*).",
    });
  }
  const left = variables.filter(({ op }) => !matchers.some(({ matches }) => matches.test(op.name)));
  if (left.length > 0 || variables.length === 0) return left;
  throw new ValueError({
    problem: "freeze: all variables are frozen, nothing is left to train.",
    fix: "freeze fewer layers.",
  });
}

function matcherOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}(/|$)`);
}
