import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ended, startIn } from "./millrace.ts";

/** Prints the URL of every module that is loaded, at the end to standard error. */
const LISTING = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from "node:module";
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
process.on("exit", () => console.error(JSON.stringify(loaded)));
`)}`;

describe("the start of a command", () => {
  test("loads that command alone, nothing of Node.js's part of the library, and no drawing for terminals", async () => {
    const { code, stderr } = await ended(startIn({ NODE_OPTIONS: `--import=${LISTING}` }, "fit-plane", "--steps", "1"));
    assert.equal(code, 0);
    const loaded = JSON.parse(stderr) as string[];
    const among = (part: string): string[] => loaded.filter((url) => url.includes(part));
    assert.deepEqual(
      among("/cli/commands/").map((url) => url.replace(/.*\//, "")),
      ["fit-plane.ts"],
    );
    assert.deepEqual([...among("/src/node/"), ...among("/cli/training/"), ...among("log-update")], []);
  });

  test("needs no home folder, and makes none", async () => {
    // In /proc Node.js would try for ever to make the folder of its code cache.
    for (const HOME of ["/proc/none", ""]) {
      const { code, stdout } = await ended(startIn({ HOME, NODE_COMPILE_CACHE: "" }, "fit-plane", "--steps", "1"));
      assert.equal(code, 0);
      assert.match(stdout, /^0 \[\[/);
    }
  });
});
