import assert from "node:assert/strict";
import { test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import type { NDArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import { setRandomSeed } from "../../src/ops/random-seed.ts";
import { randomUniform } from "../../src/ops/random-uniform.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend } from "../support/backends.ts";
import { draw, drawOnce } from "../support/draw.ts";

const uniform = (seed?: number) => (): ReturnType<typeof randomUniform> => randomUniform([5], { seed });
const listOf = ({ data }: NDArray): number[] => [...data];

test("a seed of the op: the same numbers in every session, others in every run", async () => {
  const [first, second] = await draw(referenceBackend, uniform(1), { runs: 2 });
  const [again, secondAgain] = await draw(referenceBackend, uniform(1), { runs: 2 });
  assert.ok(first && second && again && secondAgain);
  assert.deepEqual(listOf(again), listOf(first));
  assert.deepEqual(listOf(secondAgain), listOf(second));
  assert.notDeepEqual(listOf(second), listOf(first));
});

test("a seed of the graph: the same numbers for an op at the same place, others for its twin", async () => {
  const first = await drawOnce(referenceBackend, uniform(), 3);
  assert.deepEqual(listOf(await drawOnce(referenceBackend, uniform(), 3)), listOf(first));
  assert.notDeepEqual(listOf(await drawOnce(referenceBackend, uniform(), 4)), listOf(first));
  const twin = await drawOnce(referenceBackend, () => [uniform()(), uniform()()][1]!, 3);
  assert.notDeepEqual(listOf(twin), listOf(first));
});

test("no seed: other numbers in every graph", async () => {
  const first = await drawOnce(referenceBackend, uniform());
  assert.notDeepEqual(listOf(await drawOnce(referenceBackend, uniform())), listOf(first));
});

test("setRandomSeed seeds the default graph, negative numbers included", async () => {
  const graph = new Graph();
  const tensor = graph.asDefault(() => {
    setRandomSeed(-1);
    return uniform()();
  });
  assert.equal(graph.seed, 0xffffffff);
  await using session = new Session({ graph, backend: referenceBackend });
  assert.deepEqual(listOf(await session.run(tensor)), listOf(await drawOnce(referenceBackend, uniform(), 0xffffffff)));
  assert.throws(() => graph.asDefault(() => setRandomSeed(1.5)), ValueError);
});
