import type { DType, HostData } from "../core/dtype.ts";
import { GraphError, ValueError } from "../core/errors.ts";
import { NDArray } from "../core/ndarray.ts";
import { printValue } from "../core/print-value.ts";
import type { ConcreteShape, Shape } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";

/** What `session.run` takes: a tensor, an operation, or lists and records of them, nested as you like. */
export type Fetch = Tensor | Operation | null | readonly Fetch[] | { readonly [name: string]: Fetch };

/** What it gives back, in the same form: arrays for tensors, `null` for operations; unknown for an unknown `Fetch`. */
export type Fetched<F> = Fetch extends F
  ? unknown
  : F extends Tensor<infer S extends Shape, infer D extends DType>
    ? NDArray<S, D>
    : F extends Operation | null
      ? null
      : { -readonly [K in keyof F]: Fetched<F[K]> };

/** A fetch taken apart: the leaves in order, and how to put their values together again. */
export interface FlatFetch {
  readonly leaves: readonly (Tensor | Operation)[];
  /** The values of `leaves`, one each, in the form of the fetch. */
  rebuild(values: readonly (NDArray | null)[]): unknown;
}

/** @throws GraphError when a leaf belongs to another graph. @throws ValueError when it is nothing that can be fetched. */
export function flattenFetch(fetch: Fetch, graph: Graph): FlatFetch {
  const leaves: (Tensor | Operation)[] = [];
  const rebuild = flatten(fetch, "fetch", leaves);
  for (const leaf of leaves) if (leaf.graph !== graph) throw foreign(leaf);
  return { leaves, rebuild };
}

function flatten(fetch: Fetch, path: string, leaves: (Tensor | Operation)[]): FlatFetch["rebuild"] {
  if (fetch instanceof Tensor || fetch instanceof Operation) {
    const index = leaves.push(fetch) - 1;
    return (values) => values[index];
  }
  // minimize() and friends may be absent in generic code; TensorFlow's None fetches are errors, ours are null.
  if (fetch === null) return () => null;
  if (isList(fetch)) {
    const parts = fetch.map((item, index) => flatten(item, `${path}[${index}]`, leaves));
    return (values) => parts.map((part) => part(values));
  }
  if (isRecord(fetch)) {
    const parts = Object.entries(fetch).map(([key, item]) => [key, flatten(item, `${path}.${key}`, leaves)] as const);
    return (values) => Object.fromEntries(parts.map(([key, part]) => [key, part(values)]));
  }
  throw new ValueError({
    problem: `session.run: ${path} is ${printValue(fetch)}, which cannot be fetched.`,
    fix: "fetch tensors, operations, and arrays or records of them.",
  });
}

/** Plain objects only, of any realm: a Map or a promise has no entries by name, and would be fetched as nothing. */
function isRecord(fetch: unknown): fetch is { readonly [name: string]: Fetch } {
  if (typeof fetch !== "object" || fetch === null) return false;
  const prototype = Object.getPrototypeOf(fetch) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isList(fetch: Fetch): fetch is readonly Fetch[] {
  return Array.isArray(fetch);
}

/** A fetched value as the user gets it. */
export function toArray(
  leaf: Tensor | Operation,
  shape: ConcreteShape | undefined,
  data: HostData | null,
): NDArray | null {
  if (data === null || shape === undefined || leaf instanceof Operation) return null;
  return new NDArray(leaf.dtype, shape, data);
}

function foreign(leaf: Tensor | Operation): GraphError {
  return new GraphError({
    problem: `session.run: "${leaf.name}" belongs to another graph than this session's.`,
    operands: [{ name: leaf.name, value: "another graph" }],
    fix: "fetch what was built in the session's graph, or make a session with { graph: tensor.graph }.",
    site: leaf instanceof Tensor ? leaf.op.site : leaf.site,
  });
}
