import assert from "node:assert/strict";
import { test } from "node:test";
import { millrace } from "./millrace.ts";

test("millrace notes: all three programs, then one table", async () => {
  const small = ["--batch-size", "1", "--image-size", "64", "--steps", "2", "--vgg-steps", "1"];
  const { code, stdout } = await millrace("notes", ...small);
  assert.equal(code, 0);
  const table = stdout.trimEnd().split("\n").slice(-6);
  assert.match(table[0] ?? "", /^program +batch +steps +result +images\/s +GFLOP\/s +of peak$/);
  assert.match(table[1] ?? "", /^plane +100 +201 +W = \[\[0\.100 0\.200\]\], b = \[0\.300\]$/);
  for (const [index, program] of ["alexnet", "vgg16"].entries()) {
    const result = String.raw`[\d.]+ \+/- [\d.]+ sec / batch +[\d.]+ +[\d.]+ +\d+%$`;
    assert.match(table[2 + 2 * index] ?? "", new RegExp(`^${program} forward +1 +\\d +${result}`));
    assert.match(table[3 + 2 * index] ?? "", new RegExp(`^${program} forward-backward +1 +\\d +${result}`));
  }
});
