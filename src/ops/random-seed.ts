import { ValueError } from "../core/errors.ts";
import { getDefaultGraph, type Graph } from "../graph/graph.ts";

/** The key of a random op's stream: the graph's seed and the op's, both unsigned 32-bit words. */
export type SeedPair = readonly [graph: number, op: number];

/** What TensorFlow takes as the graph's seed when only the op has one. */
const DEFAULT_GRAPH_SEED = 87654321;

/** The seeds of graphs that were given none, drawn once a graph. */
const drawn = new WeakMap<Graph, number>();

/**
 * Seeds the default graph: every random op built afterwards without a seed of its own follows from this number and its
 * place in the graph.
 *
 * @param seed an integer; its low 32 bits count.
 * @throws ValueError when it is no integer.
 */
export function setRandomSeed(seed: number): void {
  getDefaultGraph().seed = wordOf(seed);
}

/**
 * The seeds of the next operation of `graph`, as TensorFlow combines them: what is given counts; an op without a seed
 * takes its place in the graph, so that twins differ; with neither, the graph's seed is drawn, once.
 */
export function seedPair(seed: number | undefined, graph: Graph = getDefaultGraph()): SeedPair {
  if (seed !== undefined) return [graph.seed ?? DEFAULT_GRAPH_SEED, wordOf(seed)];
  return [graph.seed ?? drawnSeed(graph), graph.operations.length];
}

function drawnSeed(graph: Graph): number {
  const known = drawn.get(graph);
  if (known !== undefined) return known;
  const seed = Math.floor(Math.random() * 2 ** 32);
  drawn.set(graph, seed);
  return seed;
}

function wordOf(seed: number): number {
  if (Number.isInteger(seed)) return Number(BigInt.asUintN(32, BigInt(seed)));
  throw new ValueError({ problem: `a random seed is ${seed}.`, fix: "pass an integer." });
}
