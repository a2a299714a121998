import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { filesBelow } from "./files.ts";
import { root } from "./programs.ts";

const COMMENT = /\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm;
/** A file of ours: `apply.ts`, `kernels/conv2d.ts`, `docs/semantics.md`. With a line behind it, it is a user's: an example. */
const NAME = /(?<![\w./:-])(?:[\w-]+\/)*[\w-]+\.(?:ts|md)\b(?!:\d)/g;

const files = ["src", "cli", "docs", "test", "examples", "bench", "scripts"].flatMap((folder) => filesBelow(folder));

describe("files that comments name are there", () => {
  for (const file of files.filter((name) => name.startsWith("src/") && name.endsWith(".ts"))) {
    const comments = (readFileSync(join(root, file), "utf8").match(COMMENT) ?? []).join("\n");
    const named = [...new Set(comments.match(NAME))];
    if (named.length === 0) continue;
    test(file, () => {
      const missing = named.filter((name) => !files.some((path) => `/${path}`.endsWith(`/${name}`)));
      assert.deepEqual(missing, [], `${file} names files that are not there`);
    });
  }
});
