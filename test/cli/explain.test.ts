import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { millrace } from "./millrace.ts";

const small = ["--batch-size", "1", "--image-size", "64"];

describe("millrace explain", () => {
  test("prints the plan, a line for each step", async () => {
    const { code, stdout } = await millrace("explain", "alexnet", ...small);
    assert.equal(code, 0);
    assert.match(stdout, /^step +name +kernel/);
    assert.match(stdout, /^ +0 +conv1 .*\[1, 64, 64, 3\] \[11, 11, 3, 64\] \[64\] -> \[1, 16, 16, 64\]/m);
    assert.match(stdout, /^\d+ steps.*GFLOP$/m);
  });

  test("--backward --json: the plan of the gradients as an object, nothing else", async () => {
    const { stdout, stderr } = await millrace("explain", "alexnet", ...small, "--backward", "--json");
    assert.equal(stderr, "");
    const { model, backend, steps } = JSON.parse(stdout) as { model: string; backend: string; steps: { op: string }[] };
    assert.deepEqual([model, backend], ["alexnet", "wasm"]);
    assert.equal(steps.filter(({ op }) => op === "Conv2DBackpropFilter").length, 5);
  });

  test("--trace writes a file that Chrome reads, and leaves no other", async () => {
    const folder = await mkdtemp(join(tmpdir(), "millrace-trace-"));
    try {
      const { code, stdout } = await millrace("explain", "lenet5", "--trace", join(folder, "lenet5.json"));
      assert.equal(code, 0);
      assert.match(stdout, / ms +GFLOP\/s$/m);
      assert.deepEqual(await readdir(folder), ["lenet5.json"]);
      const trace = JSON.parse(await readFile(join(folder, "lenet5.json"), "utf8")) as {
        traceEvents: { ph: string; dur: number }[];
      };
      assert.ok(trace.traceEvents.length >= 4);
      assert.ok(trace.traceEvents.every(({ ph, dur }) => ph === "X" && dur >= 0));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
