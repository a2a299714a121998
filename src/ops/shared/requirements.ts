import { type DType, DTYPES_FIX, isDType } from "../../core/dtype.ts";
import { ValueError } from "../../core/errors.ts";
import { printValue } from "../../core/print-value.ts";
import { broadcastShapes, formatShape, isCompatible, type Shape } from "../../core/shape.ts";
import type { TensorSpec } from "../../graph/op-def.ts";
import { CallSite } from "../../graph/call-site.ts";
import { OpProblem } from "../../graph/problem.ts";
import { Tensor } from "../../graph/tensor.ts";

/** Checks that shape inference shares. Each throws an `OpProblem` that names the inputs; the graph adds the rest. */

/** `x` must have exactly, or at least, so many axes. */
export function requireRank(
  name: string,
  spec: TensorSpec,
  rank: number | { readonly atLeast: number },
  meaning?: string,
): void {
  const wanted = typeof rank === "number" ? rank : rank.atLeast;
  if (typeof rank === "number" ? spec.shape.length === wanted : spec.shape.length >= wanted) return;
  const amount = typeof rank === "number" ? `rank ${wanted}` : `rank ${wanted} or more`;
  throw new OpProblem("shape", `${name} must have ${amount}, it has rank ${spec.shape.length}.`, {
    notes: { [name]: meaning ?? amount },
    fix: `reshape ${name} to ${amount}${meaning === undefined ? "" : ` (${meaning})`}.`,
  });
}

/** All the inputs must share one dtype, which is returned. */
export function requireSameDType(inputs: Readonly<Record<string, TensorSpec>>): DType {
  const entries = Object.entries(inputs);
  const [firstName, first] = entries[0]!;
  const other = entries.find(([, spec]) => spec.dtype !== first.dtype);
  if (other === undefined) return first.dtype;
  throw new OpProblem("dtype", `${firstName} is ${first.dtype}, ${other[0]} is ${other[1].dtype}.`, {
    fix: `convert one: tf.cast(${other[0]}, "${first.dtype}").`,
  });
}

/** `spec` must have one of the dtypes. */
export function requireDType(name: string, spec: TensorSpec, ...dtypes: readonly DType[]): void {
  if (dtypes.includes(spec.dtype)) return;
  throw new OpProblem("dtype", `${name} must be ${dtypes.join(" or ")}, it is ${spec.dtype}.`, {
    fix: `convert it: tf.cast(${name}, "${dtypes[0]}").`,
  });
}

/** Equal shapes (as far as known) and dtypes; returns the first. */
export function requireSameShapeAndDType(inputs: Readonly<Record<string, TensorSpec>>): TensorSpec {
  requireSameDType(inputs);
  const entries = Object.entries(inputs);
  for (const [index, [name, { shape }]] of entries.entries()) {
    // With every one before it: what the first does not know of the shape, two others may disagree on.
    const other = entries.slice(0, index).find(([, before]) => !isCompatible(before.shape, shape));
    if (other === undefined) continue;
    throw new OpProblem("shape", `${other[0]} and ${name} differ in shape.`, {
      fix: `make ${name} ${formatShape(other[1].shape)}.`,
    });
  }
  return entries[0]![1];
}

/** The shape both inputs broadcast to. */
export function requireBroadcast(inputs: { readonly [name: string]: TensorSpec }): Shape {
  const [[nameA, a], [nameB, b]] = Object.entries(inputs) as [[string, TensorSpec], [string, TensorSpec]];
  const shape = broadcastShapes(a.shape, b.shape);
  if (shape !== null) return shape;
  const axis = firstDisagreement(a.shape, b.shape);
  throw new OpProblem("shape", `${nameA} and ${nameB} do not broadcast: axis ${axis} from the end differs.`, {
    fix: "make the dimensions equal, or one of them 1 (tf.expandDims adds an axis).",
  });
}

function firstDisagreement(a: Shape, b: Shape): number {
  let axis = 1;
  while (broadcastShapes(a.slice(-axis), b.slice(-axis)) !== null) axis++;
  return -axis;
}

/** Throws unless `holds`. */
export function requireValue(holds: boolean, message: string, fix: string): void {
  if (!holds) throw new OpProblem("value", message, { fix });
}

/** What stands in for a tensor where numbers are needed. */
const STATIC =
  "shapes are numbers when the graph is built: zerosLike and onesLike take the shape of a tensor, whatever \
it is, and one dimension in reshape may be -1.";

/** Why `list` is no list of numbers, and what to do; null when it is a list. `fix` says what to pass. */
function listProblem(name: string, list: unknown, fix: string): { message: string; fix: string } | null {
  if (Array.isArray(list)) return null;
  return {
    message: `${name} is ${printValue(list)}, not a list of numbers.`,
    fix: list instanceof Tensor ? STATIC : fix,
  };
}

const SHAPE_FIX = "a shape is a list: [2, 3], or [] for a scalar; a placeholder's may be [null, 3].";

/** For shape inference: JavaScript passes numbers, objects and tensors for lists of numbers. */
export function requireList(name: string, list: unknown, fix: string): void {
  const problem = listProblem(name, list, fix);
  if (problem !== null) throw new OpProblem("value", problem.message, { fix: problem.fix });
}

/** The same for functions that look at a list before they make an operation. @throws ValueError unless it is a list. */
export function requireListOf(op: string, name: string, list: unknown, fix: string): void {
  const problem = listProblem(name, list, fix);
  if (problem === null) return;
  throw new ValueError({ problem: `${op}: ${problem.message}`, fix: problem.fix, site: new CallSite().line });
}

/** A shape that a function looks at before it makes an operation. @throws ValueError unless it is a list. */
export function requireShape(op: string, shape: unknown): void {
  requireListOf(op, "shape", shape, SHAPE_FIX);
}

/** There must be such a dtype. */
export function requireDTypeName(dtype: unknown): void {
  requireValue(isDType(dtype), `there is no dtype ${String(dtype)}.`, DTYPES_FIX);
}

/** Every dimension must be a whole number from 0, or `null` where it may be unknown. */
export function requireDimensions(shape: Shape): void {
  requireList("shape", shape, SHAPE_FIX);
  const wrong = shape.find((dimension) => dimension !== null && !(Number.isInteger(dimension) && dimension >= 0));
  if (wrong === undefined) return;
  throw new OpProblem("shape", `${wrong} in shape ${formatShape(shape)} is no dimension.`, {
    fix: "dimensions are whole numbers from 0; a placeholder's may be null.",
  });
}
