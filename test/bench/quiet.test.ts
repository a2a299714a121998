import assert from "node:assert/strict";
import { test } from "node:test";
import { quietest } from "../../bench/quiet.ts";

/** What attempts during which others used these shares come to, and how many were made. */
async function after(shares: readonly number[], attempts: number): Promise<{ others: number; made: number }> {
  let made = 0;
  const { others } = await quietest(() => Promise.resolve({ others: shares[made++]! }), attempts);
  return { others, made };
}

test("a quiet attempt is the last one", async () => {
  assert.deepEqual(await after([0.02, 0], 3), { others: 0.02, made: 1 });
  assert.deepEqual(await after([0.5, 0.1, 0], 3), { others: 0.1, made: 2 });
});

test("where none is quiet the quietest counts", async () => {
  assert.deepEqual(await after([0.3, 0.2, 0.4], 3), { others: 0.2, made: 3 });
  assert.deepEqual(await after([0.3, 0.2], 1), { others: 0.3, made: 1 });
});
