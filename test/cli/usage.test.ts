import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { buildProgram } from "../../cli/program.ts";
import { run } from "../../cli/run.ts";
import { millrace } from "./millrace.ts";

/** What is typed, and the one line that answers it; a line with the command's usage follows. */
const WRONG: readonly (readonly [typed: string, answer: RegExp])[] = [
  ["frobnicate", /unknown command 'frobnicate'/],
  ["bnch alexnet", /unknown command 'bnch' \(Did you mean bench\?\)/],
  ["help frobnicate", /unknown command 'frobnicate'/],
  ["experiment", /missing command/],
  ["--frobnicate", /unknown option '--frobnicate'/],
  ["bench", /missing required argument 'model'/],
  ["bench alexnte", /there is no model "alexnte": pass lenet5, alexnet, vgg11, vgg13, vgg16 or vgg19\./],
  ["summary resnet", /there is no model "resnet": pass lenet5/],
  ["bench toString", /there is no model "toString"/],
  ["bench alexnet vgg16", /too many arguments for 'bench'/],
  ["bench alexnet --stepz 3", /unknown option '--stepz' \(Did you mean --steps\?\)/],
  ["bench alexnet --steps", /argument missing/],
  ["bench alexnet --steps 0", /--steps 0: pass a whole number from 1 to 1000000\./],
  ["bench alexnet --steps 1.5", /--steps 1\.5: pass a whole number/],
  ["bench alexnet --steps ten", /--steps ten: pass a whole number/],
  ["bench alexnet --steps 0x10", /--steps 0x10: pass a whole number/],
  ["bench alexnet --batch-size 1e9", /--batch-size 1e9: pass a whole number from 1 to 65536\./],
  ["bench alexnet --batch-size -3", /--batch-size -3: pass a whole number/],
  ["bench alexnet --threads -1", /--threads -1: pass a whole number from 1 to 1024\./],
  ["bench alexnet --threads 0", /--threads 0: pass a whole number/],
  ["bench alexnet --burn-in -1", /--burn-in -1: pass a whole number from 0/],
  ["bench alexnet --image-size 0", /--image-size 0: pass a whole number/],
  ["bench alexnet --backend cuda", /--backend cuda: pass wasm or reference\./],
  ["bench alexnet --backend reference --threads 2", /--threads: the reference backend computes on one thread\./],
  ["bench alexnet --normalization group", /--normalization group: pass lrn, batch or none\./],
  ["fit-plane --learning-rate 0", /--learning-rate 0: pass a number above 0\./],
  ["fit-plane --learning-rate Infinity", /--learning-rate Infinity: pass a number above 0\./],
  ["fit-plane --learning-rate 1e39", /--learning-rate 1e39: pass a number from 1e-45 to 3\.4e38/],
  ["fit-plane --learning-rate 1e-50", /--learning-rate 1e-50: pass a number from 1e-45/],
  ["fit-plane --seed -1", /--seed -1: pass a whole number/],
  ["explain lenet5 --trace /no/such/folder/trace.json", /--trace .*: the folder \/no\/such\/folder is not there/],
];

describe("millrace, called wrongly", () => {
  for (const [typed, answer] of WRONG) {
    test(typed, async () => {
      const { code, complaint } = await run(typed.split(" "));
      assert.equal(code, 2);
      const [problem = "", usage = "", ...more] = complaint.split("\n");
      assert.match(problem, /^millrace: /);
      assert.match(problem, answer);
      assert.match(usage, /^usage: millrace .*--help says more\)$/);
      assert.deepEqual(more, []);
    });
  }

  test("the process ends with 2, and has printed nothing else", async () => {
    const { code, stdout, stderr } = await millrace("bench", "alexnet", "--steps", "0");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    const usage = "usage: millrace bench [options] <model>   (millrace bench --help says more)";
    assert.equal(stderr, `millrace: --steps 0: pass a whole number from 1 to 1000000.\n${usage}\n`);
  });
});

describe("millrace, asked for help", () => {
  test("without arguments and with --help it prints the same, in lines that fit a terminal", async () => {
    const [bare, option] = await Promise.all([millrace(), millrace("--help")]);
    assert.deepEqual([bare.code, option.code], [0, 0]);
    assert.equal(bare.stdout, option.stdout);
    for (const name of ["fit-plane", "bench", "summary", "explain", "devices"]) {
      assert.match(bare.stdout, new RegExp(`^ {2}${name} `, "m"));
    }
    assert.ok(bare.stdout.split("\n").every(({ length }) => length <= 100));
  });

  test("every command says what it does, and what each option means", async () => {
    for (const command of (await buildProgram()).commands) {
      assert.notEqual(command.description(), "");
      assert.notEqual(command.summary(), "");
      for (const option of command.options)
        assert.notEqual(option.description, "", `${command.name()} ${option.flags}`);
    }
  });

  test("--version is the package's", async () => {
    const file = new URL("../../package.json", import.meta.url);
    const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
    const { code, stdout } = await millrace("--version");
    assert.equal(code, 0);
    assert.equal(stdout, `${version}\n`);
  });
});
