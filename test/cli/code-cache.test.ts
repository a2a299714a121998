import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { ended, startIn } from "./millrace.ts";

const home = mkdtempSync(join(tmpdir(), "millrace-code-"));
after(() => rmSync(home, { recursive: true }));
const cache = join(home, ".cache", "millrace");

/** Folders of so many files each, the first written to last. */
function fill(counts: Readonly<Record<string, number>>): void {
  for (const [age, [version, count]] of Object.entries(counts).entries()) {
    const folder = join(cache, version);
    mkdirSync(folder, { recursive: true });
    for (let file = 0; file < count; file++) writeFileSync(join(folder, file.toString(16).padStart(8, "0")), "");
    const then = new Date(Date.UTC(2020, 0, 28 - age));
    utimesSync(folder, then, then);
  }
}

async function runCommand(variables: Readonly<Record<string, string>> = {}): Promise<void> {
  const environment = { HOME: home, USERPROFILE: home, NODE_COMPILE_CACHE: "", ...variables };
  const { code, stderr } = await ended(startIn(environment, "fit-plane", "--steps", "1"));
  assert.equal(code, 0, stderr);
}

describe("compiled code", () => {
  const skip = module.enableCompileCache === undefined && "this Node.js keeps none";
  test("is kept, and bounded: too many files of a Node.js go, and all but three Node.js", { skip }, async () => {
    await runCommand();
    const [ours = ""] = readdirSync(cache);
    const mine = readdirSync(join(cache, ours)).length;
    assert.ok(mine > 100, `${mine} files`);

    fill({ "v24.1": 5000, "v24.0": 5001, "v22.1": 1, "v22.0": 1 });
    await runCommand();
    // Of the newest three, ours, 24.1 and 24.0, one is too large.
    assert.deepEqual(readdirSync(cache).sort(), [ours, "v24.1"].sort());
    assert.equal(readdirSync(join(cache, ours)).length, mine);
  });

  test("in a folder of the user's choice is left alone", { skip }, async () => {
    fill({ large: 5001 });
    await runCommand({ NODE_COMPILE_CACHE: cache });
    assert.equal(readdirSync(join(cache, "large")).length, 5001);
  });
});
