import assert from "node:assert/strict";
import { test } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import { Graph } from "../../src/graph/graph.ts";
import { mul } from "../../src/ops/mul.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { stopGradient } from "../../src/ops/stop-gradient.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend } from "../support/backends.ts";

test("stopGradient is a constant to gradients", async () => {
  const graph = new Graph();
  await using session = new Session({ graph, backend: referenceBackend });
  const { x, y, dx, none } = graph.asDefault(() => {
    const fed = placeholder("float32", [2]);
    const product = mul(fed, stopGradient(fed));
    return { x: fed, y: product, dx: gradients(product, [fed])[0], none: gradients(stopGradient(fed), [fed])[0] };
  });
  assert.equal(none, null);
  assert.ok(dx);
  const [value, gradient] = await session.run([y, dx], [[x, [3, 4]]]);
  assert.deepEqual(value.toArray(), [9, 16]);
  assert.deepEqual(gradient.toArray(), [3, 4]);
});
