import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { run } from "../../../../cli/run.ts";
import { makeShapes } from "../../../../src/node/index.ts";
import { ended, millrace, start } from "../../millrace.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-experiment-"));
after(() => rmSync(temporary, { recursive: true }));

const SMALL = ["--images", "600", "--image-size", "16", "--steps", "8", "--seeds", "1", "--threads", "1"];

function claims(...more: string[]): string[] {
  return ["experiment", "alexnet-claims", ...more];
}

describe("millrace experiment alexnet-claims", () => {
  test("on a folder of one's own: a line a run, verdicts, both files; interrupted, the same call goes on", async () => {
    const data = join(temporary, "shapes");
    await makeShapes(data, { size: 20, train: 52, validation: 2, test: 2, format: "png" });
    writeFileSync(join(data, "train", "star", "broken.png"), "no picture");
    const out = join(temporary, "deep", "out");
    const args = claims("--out", out, "--data", data, ...SMALL);
    const child = start(...args);
    child.stdout!.on("data", (text: Buffer) => {
      if (String(text).includes("[3/")) child.kill("SIGINT");
    });
    const stopped = await ended(child);
    assert.equal(stopped.code, 130, stopped.stderr);
    assert.match(stopped.stdout, /^left out .*broken\.png: .*\n520 images of 10 classes at 16 x 16; 20 to test with/);
    assert.match(stopped.stdout, /stopped; the same call goes on/);
    const done = await millrace(...args);
    assert.equal(done.code, 0, done.stderr);
    assert.doesNotMatch(done.stdout, /^\[[123]\/33\]/m);
    assert.match(
      done.stdout,
      /^\[33\/33\] seed 0: no augmentation, all images {2}training error [\d.]+%, test error [\d.]+%$/m,
    );
    assert.match(done.stdout, /^ {2}undecided .* Local response normalization lowers the test error\.$/m);
    assert.deepEqual(readdirSync(out).sort(), ["claims.html", "claims.json"]);
    assert.match(readFileSync(join(out, "claims.html"), "utf8"), /<h2>Dropout<\/h2>/);
    const other = await millrace(...claims("--out", out, "--data", data, ...SMALL, "--steps", "16"));
    assert.equal(other.code, 1);
    assert.match(other.stderr, /ValueError: experiment: in --out there is one with other settings or images\./);
  });

  const wrong: Readonly<Record<string, [args: string[], code: number, says: RegExp]>> = {
    "no experiment": [["experiment"], 2, /usage: millrace experiment /],
    "an unknown one": [["experiment", "vgg-claims"], 2, /unknown command 'vgg-claims'/],
    "steps that make no curve": [
      claims("--steps", "100"),
      2,
      /--steps 100: pass a multiple of 8\.\nusage: millrace experiment alexnet-claims /,
    ],
    "too few images": [claims("--images", "500"), 2, /--images 500: pass a whole number from 512/],
    "no seeds": [claims("--seeds", "0"), 2, /--seeds 0: pass a whole number from 1/],
    "a target beyond reach": [claims("--target-error", "1"), 2, /--target-error 1: pass a number from 0 to below 1/],
    "too much": [claims("now"), 2, /too many arguments/],
    "no such data": [claims("--data", join(temporary, "nowhere"), "--out", join(temporary, "none")), 1, /is not there/],
  };
  for (const [name, [args, code, says]] of Object.entries(wrong)) {
    test(`refused: ${name}`, async () => {
      const outcome = await run(args);
      assert.match(outcome.complaint, says);
      assert.equal(outcome.code, code);
      assert.equal(existsSync(join(temporary, "none")), false);
    });
  }

  test("too few images in a folder, one class, an --out that is a file: clear errors", async () => {
    const few = join(temporary, "few");
    await makeShapes(few, { size: 20, train: 3, validation: 1, test: 1, format: "png" });
    const small = await run(claims("--data", few, "--out", join(temporary, "none"), ...SMALL));
    assert.equal(small.code, 1);
    assert.match(
      small.complaint,
      /there are 30 images to train on that can be read\.\n  fix: pass data with at least 512/,
    );
    for (const part of ["train", "val", "test"]) {
      for (const name of readdirSync(join(few, part)))
        if (name !== "star") rmSync(join(few, part, name), { recursive: true });
    }
    const one = await run(claims("--data", few, "--out", join(temporary, "none"), ...SMALL));
    assert.match(one.complaint, /the data has 1 classes/);
    const file = join(temporary, "file");
    writeFileSync(file, "");
    const { code, complaint } = await run(claims("--out", file, ...SMALL));
    assert.equal(code, 1);
    assert.match(complaint, /EEXIST|ENOTDIR/);
  });

  test("help says what it does", async () => {
    const { code, stdout } = await millrace("experiment", "alexnet-claims", "--help");
    assert.equal(code, 0);
    assert.match(stdout, /Trains an AlexNet in miniature with and without each of its parts/);
  });
});
