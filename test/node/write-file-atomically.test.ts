import assert from "node:assert/strict";
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { saveTrace, writeFileAtomically } from "../../src/node/index.ts";

describe("files", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "millrace-files-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("writeFileAtomically writes and replaces, and leaves nothing else", async () => {
    const path = join(folder, "a.txt");
    await writeFileAtomically(path, "one");
    await writeFileAtomically(path, new TextEncoder().encode("two"));
    assert.equal(await readFile(path, "utf8"), "two");
    assert.deepEqual(await readdir(folder), ["a.txt"]);
  });

  test("writeFileAtomically keeps a link a link", { skip: process.platform === "win32" }, async () => {
    await writeFile(join(folder, "target"), "old");
    await symlink("target", join(folder, "link"));
    await writeFileAtomically(join(folder, "link"), "new");
    assert.equal(await readFile(join(folder, "target"), "utf8"), "new");
    assert.ok((await lstat(join(folder, "link"))).isSymbolicLink());
  });

  test("writeFileAtomically fails without leftovers: no such folder, a folder in the way", async () => {
    await assert.rejects(writeFileAtomically(join(folder, "none", "a.txt"), ""), { code: "ENOENT" });
    await assert.rejects(writeFileAtomically(folder, ""), { code: /EISDIR|EPERM|ENOTEMPTY|EEXIST/ });
    assert.deepEqual(await readdir(folder), []);
  });

  test("saveTrace writes what explain made, and refuses a run without profile", async () => {
    await new tf.Graph().asDefault(async () => {
      const y = tf.randomUniform([4]).add(1);
      await using session = new tf.Session({ backend: tf.reference() });
      const path = join(folder, "trace.json");
      await saveTrace(path, (await session.explain(y, undefined, { profile: true })).trace);
      const { traceEvents } = JSON.parse(await readFile(path, "utf8")) as { traceEvents: { name: string }[] };
      assert.ok(traceEvents.some(({ name }) => name === "Add"));
      await assert.rejects(saveTrace(path, (await session.explain(y)).trace), tf.ValueError);
    });
  });
});
