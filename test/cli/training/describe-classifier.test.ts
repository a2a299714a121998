import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Command } from "commander";
import { describeInput } from "../../../cli/training/describe-classifier.ts";
import { addTrainOptions, settingsOf, type TrainOptions } from "../../../cli/training/options.ts";

function inputOf(...words: string[]): string {
  const command = addTrainOptions(new Command("train")).exitOverride();
  command.parse(["--out", "run", ...words], { from: "user" });
  return describeInput(settingsOf("data", command.opts<TrainOptions>()));
}

describe("what export says of a network's input", () => {
  const cases: Readonly<Record<string, [words: string[], input: string]>> = {
    gray: [["--model", "lenet5"], "shorter side 28, its middle 28 x 28, gray: (0..255 - 127.5) / 127.5"],
    "the same for all colours": [
      ["--image-size", "64", "--preset", "plain"],
      "shorter side 64, its middle 64 x 64, rgb: (0..255 - 127.5) / 127.5",
    ],
    "a margin around the middle": [
      ["--preset", "torchvision"],
      "shorter side 256, its middle 224 x 224, rgb: (0..255 - [123.675, 116.28, 103.53]) / [58.395, 57.12, 57.375]",
    ],
    "blue first: its mean, too": [
      ["--preset", "keras-caffe"],
      "shorter side 256, its middle 224 x 224, bgr: (0..255 - [103.939, 116.779, 123.68]) / 1",
    ],
  };
  for (const [name, [words, input]] of Object.entries(cases)) {
    test(name, () => assert.equal(inputOf(...words), input));
  }
});
