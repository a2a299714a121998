import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import * as tf from "../../src/index.ts";
import { referenceBackend } from "../support/backends.ts";

describe("fetches", () => {
  test("records of any realm, and without a prototype, give records", async () => {
    await new tf.Graph().asDefault(async () => {
      const x: tf.Tensor = tf.constant(3);
      await using session = new tf.Session({ backend: referenceBackend });
      const foreign = Object.assign(runInNewContext("({})") as object, { x });
      const bare = Object.assign(Object.create(null) as object, { x });
      for (const fetch of [{ x }, foreign, bare]) {
        assert.equal((await session.run(fetch)).x.item(), 3);
      }
    });
  });

  const wrong: Readonly<Record<string, [(x: tf.Tensor) => unknown, RegExp]>> = {
    "a Map": [(x) => new Map([["x", x]]), /fetch is \[object Map\]/],
    "a promise": [(x) => Promise.resolve(x), /fetch is \[object Promise\]/],
    "a Set in a record": [(x) => ({ all: [new Set([x])] }), /fetch\.all\[0\] is \[object Set\]/],
    "an array of numbers": [() => new Float32Array(2), /fetch is 0,0, which/],
    undefined: [() => undefined, /fetch is undefined/],
    "a name": [(x) => x.name, /fetch is "Const:0"/],
  };
  for (const [title, [fetchOf, message]] of Object.entries(wrong)) {
    test(`${title} is refused`, async () => {
      await new tf.Graph().asDefault(async () => {
        const fetch = fetchOf(tf.constant(3)) as tf.Tensor;
        await using session = new tf.Session({ backend: referenceBackend });
        await assert.rejects(session.run(fetch), (error) => {
          assert.ok(error instanceof tf.ValueError);
          assert.match(error.message, message);
          return true;
        });
      });
    });
  }
});
