import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { adviceFor } from "../../src/node/machine.ts";

const best = { variant: "relaxed-shared", threads: 2, v8: 14, arch: "x64", cores: 2 } as const;

describe("adviceFor", () => {
  test("says nothing where nothing is known to be better", () => {
    assert.deepEqual(adviceFor(best), []);
    assert.deepEqual(adviceFor({ ...best, arch: "arm64", v8: 12 }), []);
  });

  test("an older Node.js has narrower vectors, or joins them less well", () => {
    assert.match(adviceFor({ ...best, v8: 11 }).join(), /Node\.js 26.*twice/);
    assert.match(adviceFor({ ...best, v8: 13 }).join(), /Node\.js 26.*fifth/);
  });

  test("instructions, memory and threads that are missing", () => {
    assert.match(adviceFor({ ...best, variant: "plain-shared" }).join(), /relaxed SIMD/);
    assert.match(
      adviceFor({ ...best, variant: "relaxed", threads: 1 }).join(),
      /^a runtime with shared WebAssembly memory/,
    );
    assert.deepEqual(adviceFor({ ...best, threads: 1 }), ["2 threads: this machine runs as many at once"]);
  });
});
