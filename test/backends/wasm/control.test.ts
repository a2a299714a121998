import assert from "node:assert/strict";
import { test } from "node:test";
import * as control from "../../../src/backends/wasm/control.ts";
import { readSources } from "../../support/launch-records.ts";

test("host and interpreter have the same offsets in the control block", () => {
  const { CONTROL_BYTES, ...offsets } = control;
  const source = readSources()!.get("interpreter")!;
  const constants = new Map(
    [...source.matchAll(/^const (\w+): usize = (\d+);$/gm)].map(([, name, value]) => [name, Number(value)]),
  );
  for (const [name, offset] of Object.entries(offsets)) assert.equal(offset, constants.get(name), name);
  constants.delete("ARGS");
  assert.ok(Math.max(...constants.values()) < CONTROL_BYTES);
});
