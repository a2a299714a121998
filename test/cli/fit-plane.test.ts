import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { millrace } from "./millrace.ts";

describe("millrace fit-plane", () => {
  test("prints step, W and b every 20 steps and ends at the plane, whatever the seed", async () => {
    const { code, stdout, stderr } = await millrace("fit-plane");
    assert.equal(stderr, "");
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => Number.parseInt(line, 10)),
      [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200],
    );
    for (const line of lines) assert.match(line, /^\d+ \[\[ ?-?\d\.\d{3}  ?-?\d\.\d{3}\]\] \[-?\d\.\d{3}\]$/);
    assert.equal(lines.at(-1), "200 [[0.100 0.200]] [0.300]");
  });

  test("a seed gives the same lines every time, with any number of threads; another one gives others", async () => {
    const run = async (...args: string[]): Promise<string> =>
      (await millrace("fit-plane", "--steps", "40", ...args)).stdout;
    const [first, again, one, other] = await Promise.all([
      run("--seed", "7"),
      run("--seed", "7"),
      run("--seed", "7", "--threads", "1"),
      run("--seed", "8"),
    ]);
    assert.equal(first, again);
    assert.equal(first, one);
    assert.notEqual(first, other);
  });

  test("the reference backend fits it, too", async () => {
    const { stdout } = await millrace("fit-plane", "--backend", "reference");
    assert.equal(stdout.trimEnd().split("\n").at(-1), "200 [[0.100 0.200]] [0.300]");
  });

  test("a learning rate that makes the loss explode is an error that says so", async () => {
    const { code, stderr } = await millrace("fit-plane", "--learning-rate", "1000");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^ValueError: fit-plane: after \d+ steps[^]*learning rate +1000\n  fix: pass a smaller --learning-rate/,
    );
    assert.doesNotMatch(stderr, /\n\s+at /);
  });
});
