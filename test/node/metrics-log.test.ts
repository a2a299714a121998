import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { MetricsLog, readMetrics } from "../../src/node/metrics-log.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-metrics-"));
after(() => rmSync(temporary, { recursive: true }));

test("a log goes on after a step: what came later is dropped, half a line of a killed run, and what no run wrote", async () => {
  const path = join(temporary, "metrics.jsonl");
  const log = await MetricsLog.open(path, 0);
  for (const step of [1, 2, 3]) await log.write({ type: "step", step, loss: 1 / step });
  await log.close();
  appendFileSync(path, 'null\n7\n{"type":"step"}\n{"type":"step","st');
  assert.equal((await readMetrics(path)).length, 3);
  const again = await MetricsLog.open(path, 2);
  await again.write({ type: "epoch", step: 3, loss: 0.1 });
  await again.close();
  assert.deepEqual(
    (await readMetrics(path)).map(({ type, step }) => [type, step]),
    [
      ["step", 1],
      ["step", 2],
      ["epoch", 3],
    ],
  );
});

test("no log is an empty one", async () => {
  assert.deepEqual(await readMetrics(join(temporary, "none.jsonl")), []);
});
