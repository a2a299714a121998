import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeShapes } from "../../src/node/index.ts";
import { ended, type Ended, start } from "./millrace.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-streams-"));
after(() => rmSync(temporary, { recursive: true }));
const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

/** With its standard output in a file where nothing fits. */
function intoFullDisk(...args: string[]): Promise<Ended> {
  const command = `exec "$0" -C millrace-source "$@" > /dev/full`;
  return ended(spawn("bash", ["-c", command, process.execPath, main, ...args], { stdio: ["ignore", "pipe", "pipe"] }));
}

describe("where standard output goes", () => {
  test(
    "a reader that has gone stops train as a signal does: with a checkpoint",
    { skip: process.platform === "win32" },
    async () => {
      const [data, out] = [join(temporary, "shapes"), join(temporary, "run")];
      await makeShapes(data, { size: 28, train: 4, validation: 1, test: 0, seed: 1 });
      const settings = [
        "--model",
        "lenet5",
        "--batch-size",
        "8",
        "--epochs",
        "500",
        "--workers",
        "0",
        "--threads",
        "1",
      ];
      const child = start("train", data, "--out", out, ...settings);
      child.stdout!.once("data", () => child.stdout!.destroy());
      const { code, stderr } = await ended(child);
      assert.equal(code, 141, stderr);
      assert.equal(stderr, "");
      assert.equal(readdirSync(join(out, "checkpoints")).length, 1);
    },
  );

  test("a reader that has enough of a table has seen no error", async () => {
    const child = start("summary", "vgg16");
    child.stdout!.destroy();
    const { code, stderr } = await ended(child);
    assert.deepEqual([code, stderr], [0, ""]);
  });

  test("a full disk is told, with what helps", { skip: !existsSync("/dev/full") }, async () => {
    const { code, stderr } = await intoFullDisk("summary", "lenet5");
    assert.match(stderr, /^millrace: what is printed cannot be written: ENOSPC: .*\n {2}fix: that disk is full: .*\n$/);
    assert.equal(code, 1);
  });
});
