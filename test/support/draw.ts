import type { NDArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Backend } from "../../src/runtime/backend.ts";
import { Session } from "../../src/runtime/session.ts";

/** The values of a random tensor in the first runs of a new session, its graph seeded or not. */
export async function draw(
  backend: Backend,
  build: () => Tensor,
  { runs = 1, seed = null }: { readonly runs?: number; readonly seed?: number | null } = {},
): Promise<NDArray[]> {
  const graph = new Graph();
  graph.seed = seed;
  const tensor = graph.asDefault(build);
  await using session = new Session({ graph, backend });
  const results: NDArray[] = [];
  for (let run = 0; run < runs; run++) results.push(await session.run(tensor));
  return results;
}

/** The only result of one run. */
export async function drawOnce(backend: Backend, build: () => Tensor, seed: number | null = null): Promise<NDArray> {
  const [result] = await draw(backend, build, { seed });
  if (result === undefined) throw new Error("one run has one result");
  return result;
}
