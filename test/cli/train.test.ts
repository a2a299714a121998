import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serializeSafetensors } from "../../src/data/formats/safetensors.ts";
import * as tf from "../../src/index.ts";
import { makeShapes, readMetrics, runtimeAdvice } from "../../src/node/index.ts";
import { ended, millrace, start, startIn } from "./millrace.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-train-"));
after(() => rmSync(temporary, { recursive: true }));
const data = join(temporary, "shapes");
const whole = join(temporary, "whole");

function trainInto(out: string, ...more: string[]): string[] {
  return [
    "train",
    data,
    "--out",
    out,
    "--model",
    "lenet5",
    "--batch-size",
    "16",
    "--workers",
    "0",
    "--threads",
    "1",
    ...more,
  ];
}

function lastCheckpoint(out: string): Buffer {
  const files = readdirSync(join(out, "checkpoints")).sort();
  return readFileSync(join(out, "checkpoints", files.at(-1)!));
}

describe("train, evaluate, predict", () => {
  before(async () => {
    await makeShapes(data, { size: 28, train: 8, validation: 2, test: 2, seed: 1 });
    writeFileSync(join(data, "train", "star", "broken.jpg"), "no picture");
    // As an archive that was unpacked into a folder of its own.
    cpSync(join(data, "train"), join(temporary, "nested", "photos"), { recursive: true });
  });

  test("a run leaves checkpoints, metrics, events and a report; a line a step; broken images are named", async () => {
    const { code, stdout, stderr } = await millrace(...trainInto(whole, "--epochs", "2"));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /lenet5 on 81 images of 10 classes at 28 x 28, 20 to validate with/);
    assert.match(stdout, /left out .*broken\.jpg/);
    assert.match(stdout, /^step 1 epoch 1 loss \d+\.\d{4} accuracy \d+\.\d% rate 0\.0005\d* \d/m);
    assert.match(stdout, /^epoch 2: loss .* validation: loss .* top-1 .* top-5 /m);
    assert.match(stdout, /^test: loss .* top-1 /m);
    const names = readdirSync(whole).map((name) => name.replace(/tfevents.*/, "tfevents"));
    assert.deepEqual([...new Set(names)].sort(), [
      "checkpoints",
      "config.json",
      "events.out.tfevents",
      "metrics.jsonl",
      "report.html",
    ]);
    const records = await readMetrics(join(whole, "metrics.jsonl"));
    assert.equal(records.filter(({ type }) => type === "step").length, 10);
    assert.equal(records.filter(({ type }) => type === "epoch").length, 2);
    assert.match(readFileSync(join(whole, "report.html"), "utf8"), /Worst mistakes/);
  });

  test("interrupted it stops with a checkpoint; resumed it ends with the same bits", async () => {
    const out = join(temporary, "stopped");
    const child = start(...trainInto(out, "--epochs", "2", "--no-report"));
    child.stdout!.on("data", (text: Buffer) => {
      if (String(text).includes("step 3 ")) child.kill("SIGINT");
    });
    const stopped = await ended(child);
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.match(stopped.stdout, /stopped after \d steps.*--resume/);
    const refused = await millrace(...trainInto(out));
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /there is a run in it/);
    const changed = await millrace("train", "--out", out, "--resume", "--batch-size", "8");
    assert.equal(changed.code, 2);
    assert.match(changed.stderr, /--batch-size 8: the run was started with 16/);
    const resumed = await millrace("train", "--out", out, "--resume", "--no-report", "--workers", "0");
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.ok(lastCheckpoint(out).equals(lastCheckpoint(whole)));
  });

  test("evaluate measures, predict names", async () => {
    const folder = await millrace("evaluate", join(data, "test"), "--run", whole, "--workers", "0");
    assert.equal(folder.code, 0, folder.stderr);
    assert.match(folder.stdout, /^all, 20 images, weights of step \d+: loss/m);
    const part = await millrace("evaluate", data, "--run", whole, "--part", "validation", "--workers", "0", "--json");
    const { count, confusion } = JSON.parse(part.stdout) as { count: number; confusion: number[][] };
    assert.deepEqual([count, confusion.flat().reduce((sum, n) => sum + n, 0)], [20, 20]);
    const [picture = ""] = readdirSync(join(data, "test", "star"));
    const named = await millrace(
      "predict",
      join(data, "test", "star", picture),
      "--run",
      whole,
      "--top",
      "2",
      "--json",
    );
    const { images } = JSON.parse(named.stdout) as { images: { classes: { name: string; probability: number }[] }[] };
    assert.equal(images[0]!.classes.length, 2);
    assert.ok(images[0]!.classes[0]!.probability >= images[0]!.classes[1]!.probability);
  });

  test("evaluate names the weights that it uses: the newest where the best are damaged", async () => {
    const out = join(temporary, "damaged");
    // Nothing is learned: the first epoch stays the best.
    const settings = ["--optimizer", "sgd", "--learning-rate", "1e-30", "--no-report"];
    const trained = await millrace(...trainInto(out, "--epochs", "2", ...settings));
    assert.equal(trained.code, 0, trained.stderr);
    const [best, newest] = readdirSync(join(out, "checkpoints")).sort();
    assert.match(trained.stdout, /best loss .* in epoch 1/);
    writeFileSync(join(out, "checkpoints", best!), "damaged");
    const { code, stdout, stderr } = await millrace("evaluate", data, "--run", out, "--workers", "0");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /step-\d+\.safetensors is passed over/);
    assert.match(stdout, new RegExp(`weights of step ${Number(/\d+/.exec(newest!)![0])}:`));
  });

  test("a network whose outputs are no numbers: evaluate and predict end with that, not with a class", async () => {
    const out = join(temporary, "not-numbers");
    cpSync(whole, out, { recursive: true });
    for (const name of readdirSync(join(out, "checkpoints"))) {
      const file = join(out, "checkpoints", name);
      const checkpoint = tf.train.parseCheckpoint(readFileSync(file));
      checkpoint.variables.get("fc3/biases")!.data[3] = Number.NaN;
      writeFileSync(file, Buffer.concat(tf.train.checkpointPieces(checkpoint)));
    }
    const [picture = ""] = readdirSync(join(data, "test", "star"));
    for (const args of [
      ["evaluate", join(data, "test")],
      ["predict", join(data, "test", "star", picture)],
    ]) {
      const { code, stdout, stderr } = await millrace(...args, "--run", out);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /^NumericsError: .* is no number\.\n[^]* {2}fix: /);
    }
  });

  test("what is odd about the data is said on standard error, by train and evaluate", async () => {
    const folder = join(temporary, "odd");
    cpSync(join(data, "train"), folder, { recursive: true });
    writeFileSync(join(folder, "ring", "list.txt"), "");
    const args = [
      "train",
      folder,
      "--out",
      join(temporary, "odd-run"),
      "--model",
      "lenet5",
      "--steps",
      "1",
      "--no-report",
    ];
    const trained = await millrace(...args, "--workers", "0");
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(trained.stderr, /^millrace: left alone: 1 \.txt$/m);
    const measured = await millrace("evaluate", folder, "--run", whole, "--workers", "0", "--json");
    assert.match(measured.stderr, /^millrace: left alone: 1 \.txt$/m);
    JSON.parse(measured.stdout);
  });

  test("class names are shown without their control characters, by evaluate and predict", async () => {
    const [folder, out] = [join(temporary, "named"), join(temporary, "named-run")];
    for (const [index, name] of ["a\u001B[31mred\nX", "b"].entries()) {
      mkdirSync(join(folder, name), { recursive: true });
      for (const picture of readdirSync(join(data, "train", "ring")))
        copyFileSync(join(data, "train", "ring", picture), join(folder, name, `${index}-${picture}`));
    }
    const args = ["train", folder, "--out", out, "--model", "lenet5", "--steps", "1", "--no-report", "--workers", "0"];
    const trained = await millrace(...args);
    assert.equal(trained.code, 0, trained.stderr);
    const measured = await millrace("evaluate", folder, "--run", out, "--workers", "0");
    assert.ok(measured.stdout.includes("\na\\u{1b}[31mred\\nX "), measured.stdout);
    const [picture = ""] = readdirSync(join(folder, "b"));
    const named = await millrace("predict", join(folder, "b", picture), "--run", out);
    assert.ok(named.stdout.includes("a\\u{1b}[31mred\\nX "), named.stdout);
    assert.ok(!`${measured.stdout}${named.stdout}`.includes("\u001B"));
  });

  test("pictures that are gone since the run was stopped: what helps is said in the command's words", async () => {
    const [folder, out] = [join(temporary, "shrinking"), join(temporary, "shrinking-run")];
    cpSync(join(data, "train"), folder, { recursive: true });
    const settings = ["--model", "lenet5", "--batch-size", "8", "--no-report", "--workers", "0", "--out", out];
    const stopped = await millrace("train", folder, ...settings, "--steps", "5");
    assert.equal(stopped.code, 0, stopped.stderr);
    for (const name of readdirSync(folder)) {
      const [, ...others] = readdirSync(join(folder, name));
      for (const picture of others.slice(2)) rmSync(join(folder, name, picture));
    }
    const { code, stderr } = await millrace("train", "--out", out, "--resume", "--steps", "9", "--workers", "0");
    assert.equal(code, 1);
    assert.match(stderr, /^ValueError: .*shrinking has fewer pictures to train on than when the run was stopped: \d+/);
    assert.match(stderr, /\n {2}fix: bring the pictures back, or start another run/);
  });

  for (const [name, content, says] of [
    ["an empty record", "{}", /format +missing/],
    ["null", "null", /format +missing/],
    ["of an unknown network", '{"format":1,"model":"resnet"}', /model +"resnet"/],
    ["with a number for a class", '{"format":1,"model":"lenet5","classes":["a",1]}', /classes +\["a",1\]/],
    ["cut short", '{"format"', /config\.json is no JSON/],
  ] as const) {
    test(`a config.json that is ${name}: train and evaluate say so`, async () => {
      const out = mkdtempSync(join(temporary, "config-"));
      writeFileSync(join(out, "config.json"), content);
      for (const args of [
        ["train", "--resume", "--out", out],
        ["evaluate", data, "--run", out],
      ]) {
        const { code, stderr } = await millrace(...args);
        assert.match(stderr, /^FormatError: .*config\.json .*\n[^]* {2}fix: /);
        assert.match(stderr, says);
        assert.equal(code, 1);
      }
    });
  }

  test("says once what another Node.js would do for it, where one would", async () => {
    const old = `Object.defineProperty(process.versions, "v8", { value: "12.4.254" }); Object.defineProperty(process, "arch", { value: "x64" });`;
    const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(old)}` };
    const args = trainInto(join(temporary, "narrow"), "--steps", "2", "--no-report");
    const { code, stdout, stderr } = await ended(startIn(environment, ...args));
    assert.equal(code, 0, stderr);
    assert.equal(stdout.match(/^faster here with Node\.js 26: /gm)?.length, 1);
    assert.equal(runtimeAdvice().length, 0, "the tests run on the best one");
    assert.doesNotMatch(
      (
        await millrace(
          ...args.slice(0, 2),
          "--out",
          join(temporary, "narrow"),
          "--resume",
          "--steps",
          "3",
          "--no-report",
        )
      ).stdout,
      /faster here/,
    );
  });

  test("predict names what it can read; what it cannot is an error at the end", async () => {
    const folder = join(data, "test", "star");
    const pictures = readdirSync(folder).map((name) => join(folder, name));
    const broken = join(data, "train", "star", "broken.jpg");
    const files = [pictures[0]!, broken, join(temporary, "none.jpg"), pictures[1]!];
    const { code, stdout, stderr } = await millrace("predict", ...files, "--run", whole, "--top", "1");
    assert.equal(code, 1);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(": ")[0]),
      [pictures[0], pictures[1]],
    );
    assert.match(stderr, /^FormatError: 2 of 4 pictures could not be read\.\n {2}\S*broken\.jpg +it is no JPEG/);
    assert.match(stderr, /none\.jpg +no such file or directory \(ENOENT\)\n {2}fix: /);
  });

  test("--strict ends at the broken picture, and says which option wants that", async () => {
    const { code, stderr } = await millrace(...trainInto(join(temporary, "strict"), "--strict"));
    assert.equal(code, 1);
    assert.match(stderr, /broken\.jpg: it is no JPEG.*\n {2}fix: .*without --strict such pictures are left out/);
  });

  test("a folder that takes no checkpoints is found out before the work begins", async () => {
    const out = join(temporary, "blocked");
    mkdirSync(out);
    writeFileSync(join(out, "checkpoints"), "");
    const { code, stdout, stderr } = await millrace(...trainInto(out));
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /step 1/);
    assert.match(stderr, /^millrace: EEXIST: .*checkpoints'\n {2}fix: something else is there/);
  });

  // A file-size limit stands for a full disk.
  const skip = process.platform === "win32" && "no ulimit";
  test(
    "no room for the log or the report: what is kept is said, and going on comes to the same bits",
    { skip },
    async () => {
      const out = join(temporary, "full");
      const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
      const limited = (kilobytes: number, ...args: string[]): ChildProcess =>
        spawn("bash", [
          "-c",
          `ulimit -f ${kilobytes}; exec "$0" -C millrace-source "$@"`,
          process.execPath,
          main,
          ...args,
        ]);
      // A checkpoint has 485 KiB, the log of an epoch one.
      const settings = trainInto(out, "--no-tensorboard", "--keep", "1");
      const epochs = ["--epochs", "2"];
      const noCheckpoint = await ended(limited(200, ...settings, ...epochs));
      assert.equal(noCheckpoint.code, 1);
      assert.match(noCheckpoint.stderr, /^CheckpointError: .*\n.*\n {2}last good +none\n {2}fix: make room\.$/m);
      const first = await ended(start(...settings, ...epochs, "--resume", "--steps", "5"));
      assert.equal(first.code, 0, first.stderr);
      const log = join(out, "metrics.jsonl");
      appendFileSync(log, `${JSON.stringify({ type: "note", step: 0, text: "x".repeat(600_000) })}\n`);
      const room = Math.ceil(statSync(log).size / 1024);
      const noLog = await ended(limited(room, "train", "--out", out, "--resume", "--steps", "10", "--workers", "0"));
      assert.equal(noLog.code, 1);
      assert.match(noLog.stdout, /^all up to step 5 is kept; go on with: millrace train --out .*full --resume$/m);
      assert.match(noLog.stderr, /^millrace: EFBIG: .*, write '.*metrics\.jsonl'\n {2}fix: /);
      const resumed = await millrace("train", "--out", out, "--resume", "--steps", "10", "--workers", "0");
      assert.equal(resumed.code, 0, resumed.stderr);
      assert.match(resumed.stdout, /report: /);
      assert.ok(lastCheckpoint(out).equals(lastCheckpoint(whole)));
    },
  );

  test("weights of another number of classes load but for the head; --keep-head says that it cannot", async () => {
    const weights = join(temporary, "lenet5.safetensors");
    const graph = new tf.Graph();
    const model = graph.asDefault(() => tf.models.lenet5({ classes: 3 }));
    await using session = new tf.Session({ graph });
    await graph.asDefault(() => session.run(tf.globalVariablesInitializer()));
    writeFileSync(weights, serializeSafetensors(await tf.models.exportWeights(session, model)));
    const args = trainInto(join(temporary, "fine"), "--weights", weights, "--steps", "1", "--no-report");
    const kept = await millrace(...args, "--keep-head");
    assert.equal(kept.code, 1);
    assert.match(
      kept.stderr,
      /^ValueError: --weights .*lenet5\.safetensors: 2 of the names do not fit the 10 variables/,
    );
    assert.match(kept.stderr, /\n {2}fix: leave out --keep-head: fc3 then begins anew, for your 10 classes\.\n/);
    // Nothing came of that run: its folder is free.
    const anew = await millrace(...args);
    assert.equal(anew.code, 0, anew.stderr);
    assert.match(anew.stdout, /lenet5\.safetensors: 8 variables loaded; fc3 begins anew, for 10 classes/);
    const vgg = ["--model", "vgg11", "--image-size", "32", "--weights", weights];
    const wrongModel = await millrace("train", data, "--out", join(temporary, "vgg"), ...vgg);
    assert.equal(wrongModel.code, 1);
    assert.match(
      wrongModel.stderr,
      /\n {2}fix: pass weights of the network that --model vgg11 names, or another --model\.\n/,
    );
  });

  const wrong: Readonly<Record<string, [args: string[], code: number, says: RegExp]>> = {
    "no data": [["train", "--out", join(temporary, "none")], 2, /missing required argument 'data'/],
    "no out": [["train", data], 2, /required option .*--out/],
    "an unknown schedule": [["train", data, "--out", "x", "--schedule", "up"], 2, /--schedule up: pass constant/],
    "a dropout of 1": [
      ["train", data, "--out", "x", "--dropout", "1"],
      2,
      /--dropout 1: pass a number from 0 to below 1/,
    ],
    "a single class": [
      ["train", join(temporary, "nested"), "--out", join(temporary, "one")],
      1,
      /nested has only one class, "photos": there is nothing to tell apart\.\n {2}fix: /,
    ],
    "a run in its data": [
      ["train", data, "--out", join(data, "run")],
      2,
      /--out .*run: that is in the data, where the run would become a class/,
    ],
    "a folder that is a file": [
      ["train", data, "--out", join(data, "train", "star", "broken.jpg"), "--model", "lenet5"],
      1,
      /EEXIST|ENOTDIR/,
    ],
    "no such data": [["train", join(temporary, "nowhere"), "--out", join(temporary, "none")], 1, /is not there/],
    "no run": [["evaluate", data, "--run", temporary], 1, /there is no training run in/],
    "a broken image": [
      ["predict", join(data, "train", "star", "broken.jpg"), "--run", whole],
      1,
      /broken\.jpg +it is no JPEG/,
    ],
  };
  for (const [name, [args, expected, says]] of Object.entries(wrong)) {
    test(`refused: ${name}`, async () => {
      const { code, stderr } = await millrace(...args);
      assert.match(stderr, says);
      assert.equal(code, expected);
    });
  }
});
