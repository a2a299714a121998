import { type DType, type HostData, holds } from "../core/dtype.ts";
import { FeedError, MillraceError, type OperandLine } from "../core/errors.ts";
import { fromNested, NDArray, type NestedArray } from "../core/ndarray.ts";
import { printValue } from "../core/print-value.ts";
import { type ConcreteShape, formatShape, isCompatible, sizeOf } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import { Tensor } from "../graph/tensor.ts";

/** A value for a placeholder: an array, nested lists, a number, or flat typed data in the placeholder's shape. */
export type FeedValue = NDArray | NestedArray | HostData;

/** Values by tensor (`new Map([[x, 1]])` or `[[x, 1]]`) or by name (`{ x: 1 }`). */
export type Feeds =
  | ReadonlyMap<Tensor, FeedValue>
  | readonly (readonly [Tensor, FeedValue])[]
  | { readonly [name: string]: FeedValue };

/** A checked feed: dense data of the tensor's dtype and a concrete shape. */
export interface Feed {
  readonly tensor: Tensor;
  readonly shape: ConcreteShape;
  readonly data: HostData;
}

/** @throws FeedError for unknown tensors, values that do not fit, or two values for one tensor. */
export function checkFeeds(feeds: Feeds, graph: Graph): Feed[] {
  const checked = entriesOf(feeds, graph).map(([tensor, value]) => checkFeed(tensor, value, graph));
  const seen = new Set<Tensor>();
  for (const { tensor } of checked) {
    if (seen.has(tensor))
      throw new FeedError({ problem: `session.run: "${tensor.name}" is fed twice.`, fix: "feed it once." });
    seen.add(tensor);
  }
  return checked.sort((a, b) => a.tensor.op.id - b.tensor.op.id || a.tensor.index - b.tensor.index);
}

function entriesOf(feeds: Feeds, graph: Graph): (readonly [Tensor, FeedValue])[] {
  if (feeds instanceof Map) return [...(feeds as ReadonlyMap<Tensor, FeedValue>)];
  if (Array.isArray(feeds)) return (feeds as readonly unknown[]).map(requirePair);
  if (typeof feeds !== "object" || feeds === null)
    throw noFeeds(`the feeds are ${feeds === null ? "null" : typeof feeds}.`);
  return Object.entries(feeds as Readonly<Record<string, FeedValue>>).map(([name, value]) => {
    try {
      return [graph.getTensorByName(name), value] as const;
    } catch (error) {
      // `{ [x]: value }` makes a string of the tensor.
      if (name.startsWith("Tensor(")) throw noFeeds(`a record's key cannot be a tensor, as in { [x]: value }.`);
      const fix = error instanceof MillraceError ? error.fix : undefined;
      throw new FeedError({
        problem: `session.run: the feed "${name}" names no tensor of this graph.`,
        fix,
        cause: error,
      });
    }
  });
}

function requirePair(entry: unknown, index: number): readonly [Tensor, FeedValue] {
  if (Array.isArray(entry) && entry.length === 2) return entry as [Tensor, FeedValue];
  throw noFeeds(`feeds[${index}] is no pair of a tensor and a value.`);
}

function noFeeds(problem: string): FeedError {
  return new FeedError({
    problem: `session.run: ${problem}`,
    fix: "feed [[placeholder, value]], new Map([[placeholder, value]]) or { placeholderName: value }.",
  });
}

function checkFeed(tensor: Tensor, value: FeedValue, graph: Graph): Feed {
  if (!(tensor instanceof Tensor)) {
    throw noFeeds(`a feed's key is ${tensor === null ? "null" : `a ${typeof tensor}`}, not a tensor.`);
  }
  if (tensor.graph !== graph) {
    throw new FeedError({
      problem: `session.run: the feed "${tensor.name}" belongs to another graph than this session's.`,
      fix: "feed tensors of the session's graph.",
      site: tensor.op.site,
    });
  }
  const { shape, data } = toDense(tensor, value);
  if (!isCompatible(tensor.shape, shape)) throw mismatch(tensor, formatShape(shape), "differs from the tensor's shape");
  return { tensor, shape, data };
}

function toDense(tensor: Tensor, value: FeedValue): { shape: ConcreteShape; data: HostData } {
  if (value instanceof NDArray) {
    if (value.dtype !== tensor.dtype)
      throw mismatch(tensor, `${formatShape(value.shape)} ${value.dtype}`, "differs in dtype");
    return { shape: value.shape, data: toDType(value.data, tensor.dtype) };
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return fromFlat(tensor, value);
  if (typeof value !== "number" && typeof value !== "boolean" && !Array.isArray(value)) {
    const fix = "feed a number, nested lists of equal lengths, a typed array or an NDArray.";
    throw mismatch(tensor, printValue(value), "is no array", fix);
  }
  try {
    const array = fromNested(value, tensor.dtype);
    return { shape: array.shape, data: array.data };
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    throw new FeedError({
      problem: `session.run: the value fed to "${tensor.name}" does not fit: ${error.problem}`,
      operands: [lineOf(tensor), ...error.operands],
      fix: error.fix,
      site: tensor.op.site,
      cause: error,
    });
  }
}

/** Flat data takes the tensor's shape; one unknown dimension follows from the length. */
function fromFlat(tensor: Tensor, value: HostData): { shape: ConcreteShape; data: HostData } {
  const given = `${value.constructor.name}(${value.length})`;
  if (!holds(value, tensor.dtype)) throw mismatch(tensor, given, "differs in dtype");
  const known = sizeOf(tensor.shape.map((dimension) => dimension ?? 1));
  const unknown = tensor.shape.filter((dimension) => dimension === null).length;
  const rest = known === 0 ? 0 : value.length / known;
  const shape = tensor.shape.map((dimension) => dimension ?? rest);
  if (unknown > 1 || !Number.isInteger(rest) || sizeOf(shape) !== value.length) {
    throw mismatch(tensor, given, `has ${value.length} elements, which do not fill its shape`);
  }
  return { shape, data: toDType(value, tensor.dtype) };
}

/** Float64Array stays for float32: the reference backend computes with all of its digits. */
function toDType(data: HostData, dtype: DType): HostData {
  // All but 0 is true, as in lists; kernels count on 1 for it.
  const isOther = dtype === "bool" && data.some((value) => value !== 0 && value !== 1);
  return isOther ? Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)) : data;
}

function mismatch(tensor: Tensor, given: string, why: string, fix?: string): FeedError {
  return new FeedError({
    problem: `session.run: the value fed to "${tensor.name}" ${why}.`,
    operands: [lineOf(tensor), { name: "fed", value: given }],
    fix: fix ?? `feed ${tensor.dtype} values of shape ${formatShape(tensor.shape)}.`,
    site: tensor.op.site,
  });
}

function lineOf({ op, shape, dtype }: Tensor): OperandLine {
  return { name: op.type.toLowerCase(), value: formatShape(shape), note: dtype };
}
