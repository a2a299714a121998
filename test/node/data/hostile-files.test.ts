import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { FormatError } from "../../../src/core/errors.ts";
import { encodeImage } from "../../../src/node/data/encode.ts";
import { inspectImages } from "../../../src/node/data/inspect-images.ts";
import { openImageData } from "../../../src/node/data/open-image-data.ts";

const temporary = mkdtempSync(join(tmpdir(), "millrace-hostile-"));
after(() => rmSync(temporary, { recursive: true }));

const gray = (side: number): Parameters<typeof encodeImage>[0] => ({
  pixels: new Uint8Array(side * side * 3).fill(128),
  height: side,
  width: side,
  channels: 3,
});

/** Rejects as well when it takes more memory than a picture of the largest size that is allowed. */
async function within<T>(mebibytes: number, work: () => Promise<T>): Promise<T> {
  const before = process.resourceUsage().maxRSS;
  const result = await work();
  const grown = (process.resourceUsage().maxRSS - before) / 1024;
  assert.ok(grown < mebibytes, `${grown} MiB`);
  return result;
}

describe("hostile files", { skip: process.platform === "win32" && "its file names cannot be such" }, () => {
  test("names of any kind are read; pipes, devices, links in circles and claims of size are named and left out", async () => {
    const root = join(temporary, "names");
    const good = await encodeImage(gray(8), { format: "png" });
    const names = [
      "a.png",
      "b\nc.png",
      "%20%s.png",
      "u\u0308\u2603.png",
      "\u001b[31mred.png",
      "-rf.png",
      "' \" $(x).png",
      "?#&.png",
    ];
    for (const folder of ["cats", "100%", "two\nlines"]) {
      mkdirSync(join(root, folder), { recursive: true });
      for (const name of names) writeFileSync(join(root, folder, name), good);
    }
    writeFileSync(join(root, "dogs"), "a file named like a class");
    const cats = join(root, "cats");
    execFileSync("mkfifo", [join(cats, "pipe.png")]);
    symlinkSync("/dev/zero", join(cats, "zero.png"));
    symlinkSync("loop.png", join(cats, "loop.png"));
    symlinkSync("..", join(cats, "up"));
    const jpeg = Buffer.from(await encodeImage(gray(16), { format: "jpeg" }));
    // The start of the frame has the height and width.
    const frame = jpeg.indexOf(Buffer.of(0xff, 0xc0));
    jpeg.writeUInt16BE(40_000, frame + 5);
    jpeg.writeUInt16BE(40_000, frame + 7);
    writeFileSync(join(cats, "huge.jpg"), jpeg);
    const { classes, train } = await openImageData(root, { split: { validation: 0 } });
    assert.deepEqual(classes, ["100%", "cats", "two\nlines"]);
    const { readable, broken } = await within(100, () => inspectImages(train));
    assert.equal(readable, 3 * names.length);
    const reasons = Object.fromEntries(broken.map(({ name, reason }) => [basename(name), reason]));
    assert.deepEqual(Object.keys(reasons).sort(), ["huge.jpg", "loop.png", "pipe.png", "zero.png"]);
    assert.match(reasons["huge.jpg"]!, /40000 x 40000 pixels, more than the limit/);
    assert.match(reasons["loop.png"]!, /too many symbolic links/);
    assert.equal(reasons["pipe.png"], "it is no file.");
    assert.equal(reasons["zero.png"], "it is no file.");
  });

  test("a gzip bomb in place of MNIST's images is stopped at what its head says", async () => {
    const root = join(temporary, "bomb");
    mkdirSync(root);
    const images = Buffer.concat([Buffer.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28), Buffer.alloc(2 ** 28)]);
    writeFileSync(join(root, "train-images-idx3-ubyte.gz"), gzipSync(images));
    writeFileSync(join(root, "train-labels-idx1-ubyte.gz"), gzipSync(Buffer.of(0, 0, 8, 1, 0, 0, 0, 2, 0, 1)));
    await within(50, () =>
      assert.rejects(
        openImageData(root),
        (error) => error instanceof FormatError && /more than 1584 bytes/.test(error.message),
      ),
    );
  });
});
