import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogUpdate } from "log-update";
import { assumeSize } from "../../../cli/terminal/display.ts";

test("a terminal that says it has no rows shows the live part all the same", () => {
  const drawnBy = (size: { rows: number; columns: number }): string => {
    let drawn = "";
    // All that is called of a stream.
    const write = (text: string): boolean => ((drawn += text), true);
    const terminal = Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, {
      write,
      isTTY: true,
      ...size,
    });
    assumeSize(terminal);
    createLogUpdate(terminal, { showCursor: true })("epoch 1 [####....]");
    return drawn;
  };
  assert.match(drawnBy({ rows: 0, columns: 0 }), /epoch 1 \[####\.{4}\]/);
  assert.match(drawnBy({ rows: 0, columns: 110 }), /epoch 1 \[####\.{4}\]/);

  const known = { rows: 3, columns: 12 };
  assumeSize(known);
  assert.deepEqual(known, { rows: 3, columns: 12 });
});
