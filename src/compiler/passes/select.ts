import { GraphError } from "../../core/errors.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { missingFeed } from "../feed-errors.ts";
import { dataInputs } from "../ir.ts";
import type { CompileRequest } from "../request.ts";

/** The part of the graph that a request needs. */
export interface Selection {
  /** Operations to run, in the order of their creation, which is a topological one. */
  readonly operations: readonly Operation[];
  /** Those and all whose shapes are needed to know theirs, in the same order. */
  readonly shaped: readonly Operation[];
  /** Operations to run for their effect: fetched ones and control dependencies. */
  readonly forEffect: readonly Operation[];
  readonly fed: ReadonlySet<Tensor>;
}

/**
 * Walks back from the fetches. A fed tensor ends the walk, whatever makes it, as in TensorFlow.
 * @throws GraphError when a fetch or feed belongs to another graph. @throws FeedError when a placeholder is not fed.
 */
export function select(request: CompileRequest): Selection {
  requireOwn(request);
  const fed = new Set(request.feeds.map(({ tensor }) => tensor));
  const forEffect = new Set<Operation>();
  const needed = new Set<Operation>();
  const pending: Operation[] = [];
  const need = (operation: Operation): void => {
    if (needed.has(operation)) return;
    needed.add(operation);
    pending.push(operation);
  };
  const needEffect = (operation: Operation): void => {
    // A placeholder has no effect: to wait for one needs no feed.
    if (operation.type === "Placeholder") return;
    forEffect.add(operation);
    need(operation);
  };
  for (const fetch of request.fetches) {
    if (!("op" in fetch)) needEffect(fetch);
    else if (!fed.has(fetch)) need(fetch.op);
  }
  for (let operation = pending.pop(); operation !== undefined; operation = pending.pop()) {
    for (const input of dataInputs(operation)) if (!fed.has(input)) need(input.op);
    for (const before of operation.controlInputs) needEffect(before);
  }
  const operations = inOrder(needed);
  const unfed = operations.find(({ type }) => type === "Placeholder");
  if (unfed !== undefined) throw missingFeed(unfed.outputs[0]!);
  return { operations, shaped: inOrder(withShapeInputs(needed, fed)), forEffect: inOrder(forEffect), fed };
}

function withShapeInputs(needed: ReadonlySet<Operation>, fed: ReadonlySet<Tensor>): Set<Operation> {
  const shaped = new Set(needed);
  const pending = [...needed];
  for (let operation = pending.pop(); operation !== undefined; operation = pending.pop()) {
    for (const input of operation.inputs) {
      if (fed.has(input) || shaped.has(input.op)) continue;
      shaped.add(input.op);
      pending.push(input.op);
    }
  }
  return shaped;
}

function inOrder(operations: ReadonlySet<Operation>): Operation[] {
  return [...operations].sort((a, b) => a.id - b.id);
}

function requireOwn({ graph, fetches, feeds }: CompileRequest): void {
  const things = [
    ...fetches.map((thing) => ({ thing, role: "fetch" })),
    ...feeds.map(({ tensor }) => ({ thing: tensor, role: "feed" })),
  ];
  const stranger = things.find(({ thing }) => thing.graph !== graph);
  if (stranger === undefined) return;
  const operation = "op" in stranger.thing ? stranger.thing.op : stranger.thing;
  throw new GraphError({
    problem: `${stranger.role} "${stranger.thing.name}" belongs to another graph than the session's.`,
    fix: "make the session with new tf.Session({ graph }) of the graph it was built in.",
    site: operation.site,
  });
}
