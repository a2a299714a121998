import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseMutations } from "./mutate.ts";
import { PARSERS } from "./parsers.ts";

/** A thousand (of HDF5 twenty) in every `npm test`; `npm run sweep:formats` takes a hundred thousand. */
const COUNT = 1000;

describe("mutated files end in a result or a FormatError", () => {
  for (const [name, parser] of Object.entries(PARSERS)) {
    test(name, async () => {
      for (const bytes of await parser.corpus()) {
        // The files of the corpus themselves are read, but for those that show what is refused.
        if (name !== "npy") await parser.parse(bytes);
      }
      const count = COUNT * (parser.share ?? 1);
      const { read, refused } = await parseMutations(parser, count, 1);
      assert.equal(read + refused, count);
      assert.ok(refused > count / 20, `only ${refused} files were refused`);
    });
  }
});
