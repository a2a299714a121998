import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { parseMutations } from "./mutate.ts";
import { PARSERS } from "./parsers.ts";

/** A thousand in every `npm test`; `npm run sweep:formats` takes a hundred thousand. */
const COUNT = 1000;

describe("mutated files end in a result or a FormatError", () => {
  after(async () => {
    for (const { close } of Object.values(PARSERS)) await close?.();
  });
  for (const [name, parser] of Object.entries(PARSERS)) {
    test(name, async () => {
      for (const bytes of await parser.corpus()) {
        // The files of the corpus themselves are read, but for those that show what is refused.
        if (name !== "npy") await parser.parse(bytes);
      }
      const { read, refused } = await parseMutations(parser, COUNT, 1);
      assert.equal(read + refused, COUNT);
      assert.ok(refused > COUNT / 20, `only ${refused} files were refused`);
    });
  }
});
