import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { isSystemError, namingFile, nullWhereMissing, systemReason } from "../../src/node/system-error.ts";
import { writeFileAtomically } from "../../src/node/index.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-errors-"));
after(() => rmSync(temporary, { recursive: true }));

function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => assert.fail("it should have failed"),
    (error: unknown) => error,
  );
}

describe("the system's errors", () => {
  test("name the file that was meant, in message, stack and fields", async () => {
    const missing = await errorOf(readFile(join(temporary, "it's.tmp")));
    const named = namingFile(missing, "a.txt");
    assert.ok(isSystemError(named));
    assert.equal(named.message, "ENOENT: no such file or directory, open 'a.txt'");
    assert.match(named.stack ?? "", /open 'a\.txt'/);
    assert.deepEqual([named.code, named.syscall, named.path, named.cause], ["ENOENT", "open", "a.txt", missing]);
  });

  test("of calls that name no file get one", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    assert.match(String(namingFile(full, "b/c")), /ENOSPC: no space left on device, write 'b\/c'$/);
    const other = new TypeError("a slip");
    assert.equal(namingFile(other, "b/c"), other);
  });

  test("without their file, for a line that has named it", async () => {
    const missing = await errorOf(readFile(join(temporary, "none")));
    assert.equal(systemReason(missing), "no such file or directory (ENOENT)");
    assert.equal(systemReason(new TypeError("a slip")), "a slip");
  });

  test("nullWhereMissing lets nothing else pass for missing", async () => {
    writeFileSync(join(temporary, "file"), "");
    assert.equal(await stat(join(temporary, "none")).catch(nullWhereMissing), null);
    assert.equal(await stat(join(temporary, "file", "none")).catch(nullWhereMissing), null);
    const denied = Object.assign(new Error("EACCES: permission denied, stat 'x'"), { code: "EACCES", syscall: "stat" });
    await assert.rejects(Promise.reject(denied).catch(nullWhereMissing), denied);
  });

  test("an atomic write names its file, not the temporary one", async () => {
    const path = join(temporary, "none", "a.txt");
    await assert.rejects(writeFileAtomically(path, ""), { path, message: new RegExp(`open '${path}'$`) });
  });

  // A file-size limit stands for a full disk: writing fails in the middle.
  test("logs and event files name themselves", { skip: process.platform === "win32" }, () => {
    const folder = mkdtempSync(join(temporary, "full-"));
    const program = join(temporary, "full.ts");
    const source = JSON.stringify(new URL("../../src/node/index.ts", import.meta.url).href);
    writeFileSync(
      program,
      `import { EventWriter, MetricsLog, writeFileAtomically } from ${source};
       const long = "x".repeat(20_000);
       const said = async (work) => { try { await work(); } catch (error) { console.log(error.message); } };
       const log = await MetricsLog.open(${JSON.stringify(join(folder, "metrics.jsonl"))}, 0);
       await said(() => log.write({ type: "step", step: 1, long }));
       const events = await EventWriter.open(${JSON.stringify(folder)});
       await said(() => events.summary(1, { [long]: { scalar: 1 } }));
       await said(() => writeFileAtomically(${JSON.stringify(join(folder, "whole.txt"))}, long));`,
    );
    const { stdout, stderr } = spawnSync(
      "sh",
      ["-c", 'ulimit -f 8; exec "$0" -C millrace-source "$1"', process.execPath, program],
      { encoding: "utf8" },
    );
    assert.match(
      stdout,
      /^EFBIG: [^\n]*, write '[^\n]*metrics\.jsonl'\nEFBIG: [^\n]*, write '[^\n]*tfevents[^\n]*'\n/,
      stderr,
    );
    assert.match(stdout, /EFBIG: [^\n]*, write '[^\n]*whole\.txt'\n$/);
    assert.deepEqual(
      readdirSync(folder).map((name) => name.replace(/tfevents.*/, "tfevents")),
      ["events.out.tfevents", "metrics.jsonl"],
    );
  });
});
