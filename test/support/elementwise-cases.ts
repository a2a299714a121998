import type { InputLike, InputSpec } from "./inputs.ts";
import { normal } from "./inputs.ts";
import type { Tolerance } from "./compare.ts";

type Make = (shape: readonly number[]) => InputSpec;
type Cases = Readonly<Record<string, Readonly<Record<string, InputLike>>>>;

/** What ops of one input, called x, may stumble over: no elements, one, part of a vector, more than one task's. */
export function unaryCases(x: Make = normal): Cases {
  return {
    scalar: { x: x([]) },
    empty: { x: x([3, 0]) },
    "one element": { x: x([1]) },
    "vector tail": { x: x([3, 17]) },
    "longer than a task": { x: x([2, 8205]) },
  };
}

/** The same for ops of two inputs, called a and b. */
export function sameShapeCases(a: Make = normal, b: Make = a): Cases {
  return {
    scalars: { a: a([]), b: b([]) },
    empty: { a: a([2, 0]), b: b([2, 0]) },
    "vector tail": { a: a([3, 17]), b: b([3, 17]) },
    "longer than a task": { a: a([2, 8205]), b: b([2, 8205]) },
  };
}

/** Broadcasting of a and b against each other, in every form that kernels tell apart. */
export function stretchedCases(a: Make = normal, b: Make = a): Cases {
  return {
    "empty by a scalar": { a: a([2, 0]), b: b([1]) },
    "a scalar": { a: a([]), b: b([3, 7]) },
    "b scalar": { a: a([3, 7]), b: b([]) },
    "b a row, longer than a task": { a: a([5, 3300]), b: b([3300]) },
    "b a short row, longer than a task": { a: a([2000, 9]), b: b([9]) },
    "a a short row": { a: a([3]), b: b([2, 29, 3]) },
    "a a row": { a: a([1, 19]), b: b([3, 19]) },
    "b a column": { a: a([4, 21]), b: b([4, 1]) },
    "both stretch": { a: a([4, 1, 11]), b: b([3, 1]) },
    "rank 5, stretched in turns": { a: a([2, 1, 3, 1, 5]), b: b([4, 1, 2, 5]) },
  };
}

/** For gradients of stretched inputs. */
export const SUMS: Tolerance = { rtol: 2e-6, of: "largest", why: "up to 24 terms, which may cancel" };

/** The same for the gradient ops: dy and another input of the same shape. */
export function gradientOpCases(other: string, make: Make = normal): Cases {
  return Object.fromEntries(Object.entries(unaryCases(make)).map(([title, { x }]) => [title, { dy: x!, [other]: x! }]));
}
