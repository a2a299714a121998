import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { millrace } from "./millrace.ts";

describe("millrace devices", () => {
  test("--json: what was found and measured", async () => {
    const { code, stdout, stderr } = await millrace("devices", "--threads", "1", "--json");
    assert.equal(code, 0);
    assert.equal(stderr, "");
    const report = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.deepEqual(report["backends"], ["wasm", "reference"]);
    assert.equal(report["node"], process.versions.node);
    assert.match(String(report["variant"]), /^(relaxed|plain)(-shared)?$/);
    assert.match(String(report["tile"]), /^6x(8|16)$/);
    assert.equal(report["threads"], 1);
    for (const measured of ["gflops", "gflopsPerThread", "gigabytesPerSecond"])
      assert.ok(Number(report[measured]) > 0.1);
  });

  test("says it to people", async () => {
    const { stdout } = await millrace("devices");
    assert.match(stdout, /^Node\.js [\d.]+ \(V8 /);
    assert.match(stdout, /^ {2}peak +[\d.]+ GFLOP\/s with /m);
    assert.match(stdout, /^ {2}memory +[\d.]+ GB\/s$/m);
    assert.match(stdout, /nothing known would make it faster here|faster here with/);
  });
});
