import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { ended, millrace, start } from "./millrace.ts";

describe("millrace make-dataset, inspect", () => {
  let root = "";
  before(async () => void (root = await mkdtemp(join(tmpdir(), "millrace-cli-data-"))));
  after(() => rm(root, { recursive: true }));

  test("a set is made, looked at, and a broken file in it found", async () => {
    const folder = join(root, "shapes");
    const made = await millrace(
      "make-dataset",
      "shapes",
      folder,
      "--image-size",
      "16",
      "--train",
      "2",
      "--val",
      "1",
      "--test",
      "0",
      "--format",
      "png",
    );
    assert.equal(made.stderr, "");
    assert.equal(made.stdout, `${folder}: 30 pictures of 16 x 16, ten classes\n`);

    const broken = join(folder, "train", "star", "000002.png");
    await writeFile(broken, (await readFile(broken)).subarray(0, 300));
    const sheet = join(root, "sheet.png");
    const looked = await millrace("inspect", folder, "--out", sheet, "--image-size", "16", "--rows", "2");
    assert.equal(looked.code, 0);
    assert.match(looked.stdout, /^class +train +validation\narrow +2 +1\n/);
    assert.match(looked.stdout, /\nall +19 +10\n/);
    assert.match(looked.stdout, /broken pictures: 1\n {2}.*star.000002\.png: it cannot be decoded/);
    assert.deepEqual([...(await readFile(sheet)).subarray(1, 4)], [...Buffer.from("PNG")]);

    const strict = await millrace("inspect", folder, "--json", "--strict");
    assert.equal(strict.code, 1);
    const report = JSON.parse(strict.stdout) as {
      classes: string[];
      parts: { train: { readable: number; broken: unknown[] } };
    };
    assert.deepEqual(
      [report.classes.length, report.parts.train.readable, report.parts.train.broken.length],
      [10, 19, 1],
    );
  });

  test("what was left alone is told, and a folder too deep", async () => {
    const folder = join(root, "deep");
    await millrace(
      "make-dataset",
      "shapes",
      join(folder, "photos"),
      "--image-size",
      "16",
      "--train",
      "1",
      "--val",
      "0",
    );
    for (const name of ["1.HEIC", "2.heic", "a\u001b.bmp"]) await writeFile(join(folder, "photos", name), "");
    const looked = await millrace("inspect", folder);
    assert.match(
      looked.stdout,
      /no broken pictures\nthere is one class, photos, .* pass .*photos\nleft alone: 2 \.heic, 1 \.bmp\n$/,
    );
    const json = JSON.parse((await millrace("inspect", folder, "--json")).stdout) as {
      ignored: object;
      notes: string[];
    };
    assert.deepEqual([json.ignored, json.notes.length], [{ ".heic": 2, ".bmp": 1 }, 2]);
  });

  test("interrupted, make-dataset leaves nothing behind", { skip: process.platform === "win32" }, async () => {
    const folder = await mkdtemp(join(root, "interrupted-"));
    const child = start("make-dataset", "shapes", join(folder, "shapes"), "--train", "5000");
    for (let tries = 0; (await readdir(folder)).length === 0 && tries < 1000; tries++) await setTimeout(10);
    child.kill("SIGINT");
    const { code, stdout } = await ended(child);
    assert.equal(code, 130);
    assert.equal(stdout, "removing what was written ...\n");
    assert.deepEqual(await readdir(folder), []);
  });

  test("control characters of names do not reach the terminal", async () => {
    const folder = join(root, "names");
    for (const name of ["a\nb", "plain"]) {
      await mkdir(join(folder, name), { recursive: true });
      await writeFile(join(folder, name, "\u001b[31m.png"), "no picture");
    }
    const looked = await millrace("inspect", folder);
    assert.ok(looked.stdout.includes("a\\nb"), looked.stdout);
    assert.ok(looked.stdout.includes("plain/\\u{1b}[31m.png: it is no JPEG"), looked.stdout);
    assert.ok(!looked.stdout.includes("\u001b"));
  });

  test("what cannot be meant", async () => {
    for (const [args, code, message] of [
      [["make-dataset", "shapes", root], 1, /is no empty folder/],
      [["make-dataset", "cats", join(root, "cats")], 2, /cats.*shapes/],
      [["make-dataset", "shapes", join(root, "x"), "--image-size", "3"], 2, /from 8 to 8192/],
      [["inspect", join(root, "none")], 1, /none is not there/],
      [["inspect", root, "--preset", "x"], 2, /torchvision, keras-caffe or alexnet/],
    ] as const) {
      const result = await millrace(...args);
      assert.equal(result.code, code, args.join(" "));
      assert.match(result.stderr, message);
    }
  });
});
