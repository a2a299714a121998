import type { ConcreteShape, Shape } from "../../core/shape.ts";
import { formatShape } from "../../core/shape.ts";
import { OpProblem } from "../../graph/problem.ts";
import { requireValue } from "./requirements.ts";

/** How `stridedSlice` is written: lists of one length, and masks in which bit i speaks of entry i. */
export interface StridedSliceAttrs {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly strides: readonly number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** No masks set. */
export const NO_MASKS = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 } as const;

/** A slice as kernels need it, one number for each axis of x: `sizes[i]` elements from `begin[i]`, `strides[i]` apart. */
export interface SliceGeometry {
  readonly begin: readonly number[];
  readonly strides: readonly number[];
  readonly sizes: ConcreteShape;
}

/** What an entry of the lists does to x's next axis. */
type Item =
  | { readonly kind: "range"; readonly begin: number | null; readonly end: number | null; readonly stride: number }
  | { readonly kind: "index"; readonly at: number }
  | { readonly kind: "newAxis" };

const ALL: Item = { kind: "range", begin: null, end: null, stride: 1 };

/** The shape of the result. @throws OpProblem when lists or masks do not fit the shape. */
export function stridedSliceShape(shape: Shape, attrs: StridedSliceAttrs): Shape {
  const result: (number | null)[] = [];
  let axis = 0;
  for (const item of itemsOf(attrs, shape)) {
    if (item.kind === "newAxis") {
      result.push(1);
      continue;
    }
    const dimension = shape[axis++] ?? null;
    if (item.kind === "index") requireIndex(item.at, dimension, axis - 1);
    else result.push(dimension === null ? null : rangeOf(item, dimension).size);
  }
  return result;
}

/** The same for kernels, on the axes of x. */
export function stridedSliceGeometry(shape: ConcreteShape, attrs: StridedSliceAttrs): SliceGeometry {
  const begin: number[] = [];
  const strides: number[] = [];
  const sizes: number[] = [];
  for (const item of itemsOf(attrs, shape)) {
    if (item.kind === "newAxis") continue;
    const dimension = shape[begin.length]!;
    const range =
      item.kind === "range"
        ? rangeOf(item, dimension)
        : { begin: item.at < 0 ? item.at + dimension : item.at, size: 1 };
    begin.push(range.begin);
    strides.push(item.kind === "range" ? item.stride : 1);
    sizes.push(range.size);
  }
  return { begin, strides, sizes };
}

/** Python's slice of a dimension: negative bounds count from the end, bounds outside are moved inside. */
function rangeOf(item: Extract<Item, { kind: "range" }>, dimension: number): { begin: number; size: number } {
  const { begin, end, stride } = item;
  const [low, high] = stride > 0 ? [0, dimension] : [-1, dimension - 1];
  const inside = (bound: number): number => Math.min(Math.max(bound < 0 ? bound + dimension : bound, low), high);
  const from = begin === null ? (stride > 0 ? low : high) : inside(begin);
  const to = end === null ? (stride > 0 ? high : low) : inside(end);
  return { begin: from, size: Math.max(0, Math.ceil((to - from) / stride)) };
}

function requireIndex(at: number, dimension: number | null, axis: number): void {
  if (dimension === null || (at >= -dimension && at < dimension)) return;
  throw new OpProblem("shape", `axis ${axis} has ${dimension} elements, index ${at} is none of them.`, {
    fix: "stay inside: an index, unlike a range, is not moved inside.",
  });
}

/** The lists as one item for each axis of x, new axes between them; the ellipsis filled with whole axes. */
function itemsOf(attrs: StridedSliceAttrs, shape: Shape): readonly Item[] {
  const { begin, end, strides, ellipsisMask, newAxisMask } = attrs;
  requireValue(
    end.length === begin.length &&
      strides.length === begin.length &&
      [...begin, ...end, ...strides].every(Number.isInteger),
    "begin, end and strides are no lists of integers of one length.",
    "pass one integer for each entry.",
  );
  requireValue(!strides.includes(0), "a stride is 0.", "use 1 or more, or a negative stride to go backwards.");
  const items = begin.map((_, entry) => itemAt(attrs, entry));
  const isEllipsis = (entry: number): boolean => hasBit(ellipsisMask, entry);
  const ellipses = items.filter((_, entry) => isEllipsis(entry)).length;
  requireValue(ellipses <= 1, "there are several ellipses.", "set one bit of ellipsisMask at most.");
  const used = items.filter((_, entry) => !isEllipsis(entry) && !hasBit(newAxisMask, entry)).length;
  if (used > shape.length) {
    throw new OpProblem("shape", `${used} axes are sliced, ${formatShape(shape)} has ${shape.length}.`, {
      fix: `pass ${shape.length} entries or fewer.`,
    });
  }
  const rest = Array.from({ length: shape.length - used }, () => ALL);
  // Axes that are not mentioned come whole: where the ellipsis stands, else at the end.
  if (ellipses === 0) return [...items, ...rest];
  return items.flatMap((item, entry) => (isEllipsis(entry) ? rest : [item]));
}

function itemAt(attrs: StridedSliceAttrs, entry: number): Item {
  if (hasBit(attrs.newAxisMask, entry)) return { kind: "newAxis" };
  if (hasBit(attrs.shrinkAxisMask, entry)) return { kind: "index", at: attrs.begin[entry]! };
  return {
    kind: "range",
    begin: hasBit(attrs.beginMask, entry) ? null : attrs.begin[entry]!,
    end: hasBit(attrs.endMask, entry) ? null : attrs.end[entry]!,
    stride: attrs.strides[entry]!,
  };
}

function hasBit(mask: number, bit: number): boolean {
  return ((mask >> bit) & 1) === 1;
}
