import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Command } from "commander";
import { Display } from "../../../cli/terminal/display.ts";
import { addTrainOptions, type TrainOptions } from "../../../cli/training/options.ts";
import { train } from "../../../cli/training/train.ts";
import { makeShapes } from "../../../src/node/index.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-stop-"));
after(() => rmSync(temporary, { recursive: true }));
const data = join(temporary, "shapes");
const out = join(temporary, "run");

/** Keeps what is shown, and stops the run when it shows the pattern. */
class StoppingDisplay extends Display {
  readonly lines: string[] = [];
  /** As a terminal has it at the end. */
  liveText = "";
  readonly #controller = new AbortController();
  readonly #pattern: RegExp | undefined;

  constructor(pattern?: RegExp) {
    super();
    this.#pattern = pattern;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  override line(text = ""): void {
    this.lines.push(text);
  }

  override live(text: string): void {
    this.liveText = text;
    if (this.#pattern?.test(text) === true) this.#controller.abort();
  }
}

/** `millrace train`, stopped when it shows the pattern. */
async function trainUntil(pattern?: RegExp): Promise<{ last: string; lines: readonly string[]; files: string[] }> {
  const typed = ["--out", out, "--resume", "--model", "lenet5", "--batch-size", "8", "--epochs", "1"];
  const command = addTrainOptions(new Command("train")).exitOverride();
  command.parse([...typed, "--threads", "1", "--workers", "0"], { from: "user" });
  const display = new StoppingDisplay(pattern);
  const { signal } = display;
  const signals = { signal, exitCode: () => 0, [Symbol.dispose]: () => undefined };
  await train(data, command.opts<TrainOptions>(), { command, display, signals });
  assert.equal(display.liveText, "");
  return { last: display.lines.at(-1) ?? "", lines: display.lines, files: readdirSync(out) };
}

describe("stopping millrace train", () => {
  before(() => makeShapes(data, { size: 28, train: 2, validation: 2, test: 2, seed: 1 }));

  test("in a validation, then before the report: each time the rest is done by going on", async () => {
    const validating = await trainUntil(/^epoch 1: validation: 12 of 20 images/);
    assert.match(validating.last, /^stopped after 2 steps, 0 epochs; go on with: millrace train --out .* --resume$/);
    const reporting = await trainUntil(/^test: 4 of 20 images/);
    assert.match(reporting.lines.at(-2) ?? "", /^finished: 2 steps, 1 epoch; best loss/);
    assert.match(
      reporting.last,
      /^stopped before there was a report; it is written by: millrace train --out .* --resume$/,
    );
    assert.equal(reporting.files.includes("report.html"), false);
    const finished = await trainUntil();
    assert.match(finished.last, /^report: /);
    assert.equal(finished.files.includes("report.html"), true);
  });
});
