import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { CheckpointError } from "../../src/core/errors.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import { CheckpointFolder } from "../../src/node/checkpoint-folder.ts";
import type { Checkpoint } from "../../src/train/checkpoint.ts";
import { type FitState, NO_SUMS } from "../../src/train/fit-state.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-checkpoints-"));
after(() => rmSync(temporary, { recursive: true }));

function checkpoint(step: number, bestStep: number | null = null, size = 4): Checkpoint {
  const state: FitState = {
    step,
    epoch: 0,
    stage: 0,
    data: { epoch: 0, position: 3 },
    seed: 1,
    randomRuns: { dropout: step },
    schedule: null,
    sums: NO_SUMS,
    stepSums: NO_SUMS,
    best: bestStep === null ? null : { epoch: 1, step: bestStep, value: 0.1 + 0.2 },
    waited: 0,
    history: [],
    stoppedEarly: false,
    configuration: { model: "alexnet" },
  };
  return {
    state,
    variables: new Map([["conv1/weights", new NDArray("float32", [size], new Float32Array(size).fill(step))]]),
  };
}

describe("checkpoint folder", () => {
  test("what is saved comes back, to the last bit", async () => {
    const folder = new CheckpointFolder(join(temporary, "new", "deep"));
    assert.equal(await folder.latest(), null);
    const saved = checkpoint(7, 5);
    await folder.save(saved);
    const found = await folder.latest();
    assert.deepEqual(found?.state, saved.state);
    assert.deepEqual(found?.variables.get("conv1/weights")?.data, saved.variables.get("conv1/weights")?.data);
  });

  test("the last two and the best are kept", async () => {
    const folder = new CheckpointFolder(join(temporary, "kept"), { keep: 2 });
    for (const [step, best] of [
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 2],
      [5, 2],
    ] as const)
      await folder.save(checkpoint(step, best));
    assert.deepEqual(await folder.steps(), [2, 4, 5]);
    assert.equal((await folder.best())?.state.step, 2);
  });

  for (const [name, spoil] of [
    ["damaged", (file: string): void => truncateSync(file, 100)],
    ["missing", (file: string): void => rmSync(file)],
  ] as const) {
    test(`the best is ${name}: the newest takes its place, says which it is, and somebody is told`, async () => {
      const path = join(temporary, `best-${name}`);
      const damaged: string[] = [];
      const folder = new CheckpointFolder(path, { onDamaged: (file) => damaged.push(file) });
      for (const step of [2, 4]) await folder.save(checkpoint(step, 2));
      const file = join(path, "step-00000002.safetensors");
      spoil(file);
      const best = await folder.best();
      assert.deepEqual([best?.state.step, best?.state.best?.step], [4, 2]);
      assert.deepEqual([...best!.variables.get("conv1/weights")!.data], [4, 4, 4, 4]);
      assert.deepEqual(damaged, [file]);
    });
  }

  test("newer ones of a run that went back are dropped", async () => {
    const folder = new CheckpointFolder(join(temporary, "back"));
    for (const step of [1, 5, 9, 4]) await folder.save(checkpoint(step));
    assert.deepEqual(await folder.steps(), [1, 4]);
  });

  test("a damaged file is passed over and named; what a killed writer left is removed", async () => {
    const path = join(temporary, "damaged");
    const damaged: string[] = [];
    const folder = new CheckpointFolder(path, { onDamaged: (file) => damaged.push(file) });
    await folder.save(checkpoint(1));
    await folder.save(checkpoint(2));
    const newest = join(path, "step-00000002.safetensors");
    truncateSync(newest, 100);
    writeFileSync(join(path, "step-00000003.safetensors.1234.tmp"), "half");
    assert.equal((await folder.latest())?.state.step, 1);
    assert.deepEqual(damaged, [newest]);
    await folder.save(checkpoint(3));
    assert.deepEqual(
      readdirSync(path).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  test("a folder that cannot be made: the error says so", async () => {
    const file = join(temporary, "file");
    writeFileSync(file, "");
    const folder = new CheckpointFolder(join(file, "inside"));
    await assert.rejects(folder.save(checkpoint(1)), (error) => {
      assert.ok(error instanceof CheckpointError);
      assert.match(error.message, /step 1 could not be written: .*ENOTDIR/);
      assert.match(error.message, /last good +none/);
      return true;
    });
  });

  // A file-size limit stands for a full disk: writing fails in the middle.
  test("no room in the middle of a file: the last good one is intact", { skip: process.platform === "win32" }, () => {
    const path = join(temporary, "full");
    const program = join(temporary, "full.ts");
    writeFileSync(
      program,
      `import { CheckpointFolder } from ${JSON.stringify(new URL("../../src/node/checkpoint-folder.ts", import.meta.url).href)};
       import { NDArray } from ${JSON.stringify(new URL("../../src/core/ndarray.ts", import.meta.url).href)};
       const folder = new CheckpointFolder(${JSON.stringify(path)});
       const save = (step, size) => folder.save({ state: { step, best: null }, variables: new Map([["w", new NDArray("float32", [size], new Float32Array(size))]]) });
       await save(1, 10);
       try { await save(2, 1_000_000); } catch (error) { console.log(error.message); }`,
    );
    const { stdout, stderr } = spawnSync("sh", ["-c", 'ulimit -f 500; exec "$0" "$1"', process.execPath, program], {
      encoding: "utf8",
    });
    assert.match(stdout, /step 2 could not be written: EFBIG/, stderr);
    assert.match(stdout, /last good +step 1/);
    assert.deepEqual(readdirSync(path), ["step-00000001.safetensors"]);
    assert.ok(existsSync(join(path, "step-00000001.safetensors")));
    assert.equal(readFileSync(join(path, "step-00000001.safetensors")).length % 8, 0);
  });
});
