import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { Command } from "commander";
import { UsageError } from "../../../cli/options.ts";
import {
  addTrainOptions,
  requireFitting,
  resumedSettings,
  settingsOf,
  type TrainOptions,
} from "../../../cli/training/options.ts";
import type { Settings } from "../../../cli/training/settings.ts";

const data = resolve("photos");

function typed(...words: string[]): { command: Command; settings: Settings } {
  const command = addTrainOptions(new Command("train").argument("[data]")).exitOverride();
  command.configureOutput({ writeErr: () => undefined }).parse(["--out", "run", ...words], { from: "user" });
  return { command, settings: settingsOf(data, command.opts<TrainOptions>()) };
}

describe("the options of millrace train", () => {
  const refused: Readonly<Record<string, [words: string[], says: RegExp]>> = {
    "a preset of colours for lenet5": [
      ["--model", "lenet5", "--preset", "torchvision"],
      /--preset torchvision: .* lenet5 reads gray ones\. Pass plain/,
    ],
    "--keep-head without weights": [["--keep-head"], /--keep-head: there are no --weights/],
  };
  for (const [name, [words, says]] of Object.entries(refused)) {
    test(`refused: ${name}`, () => {
      assert.throws(
        () => requireFitting(typed(...words).settings, "run"),
        (error) => error instanceof UsageError && says.test(error.message),
      );
    });
  }

  test("a run may be beside its data and above them, not in them", () => {
    const { settings } = typed();
    for (const out of ["photos-run", join("..", "run"), ".", "..photos"]) requireFitting(settings, out);
    for (const out of ["photos", join("photos", "run"), join("photos", "..run"), join(data, "a", "b")])
      assert.throws(() => requireFitting(settings, out), /that is in the data/, out);
  });

  test("class weights: DATA behind them is taken for one, and the error says where it goes", () => {
    const says = (...words: string[]): string => {
      try {
        typed("--class-weights", ...words);
        return "";
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.match(says("balanced", "photos"), /--class-weights balanced photos: balanced stands alone, and DATA before/);
    assert.match(
      says("star=2", "photos"),
      /--class-weights photos: pass balanced, or NAME=WEIGHT .*; DATA goes before/,
    );
    assert.equal(says("star=2", "ring=0.5"), "");
  });

  test("a run goes on with its class weights in any order, not with others", () => {
    const saved = typed("--class-weights", "ring=2", "star=3").settings;
    const again = typed("--class-weights", "star=3", "ring=2");
    assert.deepEqual(resumedSettings(saved, again.command, again.settings), saved);
    const other = typed("--class-weights", "star=2", "ring=3");
    assert.throws(() => resumedSettings(saved, other.command, other.settings), /--class-weights .*was started with/);
  });
});
