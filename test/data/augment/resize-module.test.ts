import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

test("the WebAssembly of resize is built from the source beside it", () => {
  const read = (name: string): string =>
    readFileSync(new URL(`../../../src/data/augment/${name}`, import.meta.url), "utf8");
  const hash = createHash("sha256").update(read("assembly/resize.ts")).digest("hex");
  assert.ok(read("resize-module.ts").includes(hash), "run node scripts/build-resize.mjs");
});
