import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { restoreSession, saveSession } from "../../src/node/save-session.ts";
import { testedBackends } from "../support/backends.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-save-"));
after(() => rmSync(temporary, { recursive: true }));
const { backend } = testedBackends[0]!;

describe("saveSession, restoreSession, Saver", () => {
  test("variables come back, all or those that were named", async () => {
    await new tf.Graph().asDefault(async () => {
      const a = tf.variable([1, 2], { name: "a" });
      const b = tf.variable(tf.randomNormal([3]), { name: "b" });
      await using session = new tf.Session({ backend });
      await session.run(tf.globalVariablesInitializer());
      const path = join(temporary, "all.safetensors");
      await saveSession(session, path);
      const before = [...(await session.run(b)).data];
      await session.run([tf.assign(a, [5, 6]), tf.assign(b, [0, 0, 0])]);
      await restoreSession(session, path, { variables: [b] });
      assert.deepEqual([[...(await session.run(a)).data], [...(await session.run(b)).data]], [[5, 6], before]);
      await restoreSession(session, path);
      assert.deepEqual([...(await session.run(a)).data], [1, 2]);
    });
  });

  test("a file that is not there is named", async () => {
    await new tf.Graph().asDefault(async () => {
      tf.variable(1, { name: "a" });
      await using session = new tf.Session({ backend });
      await assert.rejects(restoreSession(session, join(temporary, "none.safetensors")), (error) => {
        assert.ok(error instanceof tf.CheckpointError);
        assert.match(error.message, /none\.safetensors could not be read: no such file or directory \(ENOENT\)/);
        return true;
      });
    });
  });

  test("a file without one of the variables is refused", async () => {
    await new tf.Graph().asDefault(async () => {
      const a = tf.variable([1, 2], { name: "a" });
      await using session = new tf.Session({ backend });
      await session.run(a.initializer);
      const bytes = await new tf.train.Saver().save(session);
      tf.variable(1, { name: "b" });
      await assert.rejects(new tf.train.Saver().restore(session, bytes), /b +\[\] +missing/);
    });
  });
});
