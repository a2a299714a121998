import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { FormatError } from "../../../src/core/errors.ts";
import { BlobImages } from "../../../src/data/blob-images.ts";
import { ImageBatches } from "../../../src/data/image-batches.ts";
import { MemoryImages } from "../../../src/data/sources.ts";
import { decodeImage, decodeImageFile } from "../../../src/node/data/decode.ts";
import { encodeImage } from "../../../src/node/data/encode.ts";

/** Two pixels beside each other: red, blue. */
const RED_BLUE = Uint8Array.of(255, 0, 0, 0, 0, 255);

function twoPixels(): Sharp {
  return sharp(RED_BLUE, { raw: { width: 2, height: 1, channels: 3 } });
}

/** A PNG that says it has this size, with as many zeros as are given. */
function png(width: number, height: number, zeros: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
    bytes.writeUInt32BE(data.length, 0);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
    return bytes;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(zeros))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("decodeImage", () => {
  let folder = "";
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "millrace-decode-"))));
  after(() => rm(folder, { recursive: true }));

  for (const format of ["png", "webp", "tiff", "gif"] as const) {
    test(`${format} without loss`, async () => {
      const bytes = await twoPixels().toFormat(format, { lossless: true, compression: "lzw" }).toBuffer();
      const { pixels, height, width, channels } = await decodeImage(bytes);
      assert.deepEqual([[...pixels], height, width, channels], [[...RED_BLUE], 1, 2, 3]);
    });
  }

  test("EXIF orientation 6 turns the picture", async () => {
    const bytes = await twoPixels().withMetadata({ orientation: 6 }).png().toBuffer();
    const { pixels, height, width } = await decodeImage(bytes);
    assert.deepEqual([[...pixels], height, width], [[...RED_BLUE], 2, 1]);
  });

  test("grey becomes three channels, colour becomes grey when asked", async () => {
    const raw = { width: 2, height: 1, channels: 1 } as const;
    const bytes = await sharp(Uint8Array.of(0, 200), { raw }).toColourspace("b-w").png().toBuffer();
    assert.deepEqual([...(await decodeImage(bytes)).pixels], [0, 0, 0, 200, 200, 200]);
    assert.deepEqual([...(await decodeImage(bytes, { channels: 1 })).pixels], [0, 200]);
  });

  test("a picture is as grey from an array as from a file and from a blob: Pillow's luma", async () => {
    const pixels = Uint8Array.of(200, 30, 30, 128, 128, 128, 1, 2, 3, 255, 254, 0);
    const picture = { pixels, height: 1, width: 4, channels: 3 };
    const file = join(folder, "colors.png");
    await writeFile(file, await encodeImage(picture, { format: "png" }));
    const label = 0;
    const memory = new MemoryImages({ ...picture, labels: Int32Array.of(label) });
    const blobs = new BlobImages([{ blob: new Blob([await readFile(file)]), label }], {
      channels: 1,
      decode: async (blob) => decodeImage(new Uint8Array(await blob.arrayBuffer())),
    });
    const batches = new ImageBatches(memory, { batchSize: 1, channels: 1 });
    // Image.convert("L") of Pillow 9.4.
    const expected = [81, 128, 2, 225];
    assert.deepEqual([...(await batches.next())!.images], expected);
    assert.deepEqual([...(await decodeImageFile(file, { channels: 1 })).pixels], expected);
    assert.deepEqual([...(await blobs.get(0)).pixels], expected);
  });

  for (const format of ["png", "tiff", "webp", "jpeg"] as const) {
    test(`every grey of a ${format} stays what it is`, async () => {
      const greys = Uint8Array.from({ length: 256 }, (_, value) => value);
      const raw = { width: 16, height: 16, channels: 1 } as const;
      const grey = sharp(greys, { raw }).toColourspace("b-w");
      const bytes = await grey.toFormat(format, { lossless: true, quality: 100, compression: "lzw" }).toBuffer();
      assert.deepEqual((await decodeImage(bytes, { channels: 1 })).pixels, greys);
    });
  }

  // Written by Pillow 9.4: its RGB of the inks (200, 10, 90, 40), (0, 255, 128, 0), (7, 3, 250, 201).
  for (const [format, base64] of Object.entries({
    TIFF: "SUkqAAgAAAAKAAABBAABAAAAAwAAAAEBBAABAAAAAQAAAAIBAwAEAAAAhgAAAAMBAwABAAAAAQAAAAYBAwABAAAABQAAABEBBAABAAAAjgAAABUBAwABAAAABAAAABYBBAABAAAAAQAAABcBBAABAAAADAAAABwBAwABAAAAAQAAAAAAAAAIAAgACAAIAMgKWigA/4AABwP6yQ==",
    JPEG: "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/8AAFAgAAQADBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAoI/8QAHxAAAQMFAAMAAAAAAAAAAAAACAAGCTg5dni3B7i5/9oADgRDAE0AWQBLAAA/AGDR90Dg1puL3DWIluxm02v3fWVj6jGIigy3XEybyZp82Zahmcy5+Q2LjP6n+DV//9k=",
  })) {
    test(`CMYK of a ${format} becomes Pillow's RGB`, async () => {
      const { pixels, channels } = await decodeImage(Buffer.from(base64, "base64"));
      assert.deepEqual([[...pixels], channels], [[46, 207, 139, 255, 0, 127, 53, 53, 1], 3]);
      const grey = await decodeImage(Buffer.from(base64, "base64"), { channels: 1 });
      assert.deepEqual([...grey.pixels], [151, 91, 47]);
    });
  }

  test("what is transparent is white; 16 bits become 8", async () => {
    const raw = { width: 2, height: 1, channels: 4 } as const;
    const alpha = await sharp(Uint8Array.of(0, 0, 0, 0, 10, 20, 30, 255), { raw })
      .png()
      .toBuffer();
    assert.deepEqual([...(await decodeImage(alpha)).pixels], [255, 255, 255, 10, 20, 30]);
    const deep = await twoPixels().toColourspace("rgb16").png().toBuffer();
    assert.deepEqual([...(await decodeImage(deep)).pixels], [...RED_BLUE]);
  });

  test("encodeImage and back; shortSide scales down and never up", async () => {
    const picture = { pixels: new Uint8Array(40 * 60 * 3).fill(77), height: 40, width: 60, channels: 3 };
    const bytes = await encodeImage(picture, { format: "png" });
    assert.deepEqual(await decodeImage(bytes), picture);
    const small = await decodeImage(bytes, { shortSide: 20 });
    assert.deepEqual([small.height, small.width, small.pixels[0]], [20, 30, 77]);
    assert.equal((await decodeImage(bytes, { shortSide: 100 })).height, 40);
  });

  test("each kind of broken file says what it is, by name", async () => {
    const noise = Uint8Array.from({ length: 60 * 60 * 3 }, (_, i) => (i * 7919) % 256);
    const jpeg = await sharp(noise, { raw: { width: 60, height: 60, channels: 3 } })
      .jpeg()
      .toBuffer();
    const cases: [string, Uint8Array, RegExp][] = [
      ["empty.jpg", new Uint8Array(0), /empty\.jpg: the file is empty/],
      ["text.jpg", Buffer.from("hello"), /text\.jpg: it is no JPEG/],
      [
        "drawing.png",
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        /drawing\.png: it is no JPEG/,
      ],
      ["cut.jpg", jpeg.subarray(0, jpeg.length / 2), /cut\.jpg: it cannot be decoded/],
      ["cut.png", png(60, 60, 100), /cut\.png: it cannot be decoded/],
      [
        "huge.png",
        png(40_000, 40_000, 1000),
        /huge\.png: it has 40000 x 40000 pixels, more than the limit of 67,108,864/,
      ],
      ["head.png", jpeg.subarray(0, 3), /head\.png: it cannot be decoded/],
    ];
    for (const [name, bytes, message] of cases) {
      await writeFile(join(folder, name), bytes);
      await assert.rejects(decodeImageFile(join(folder, name)), (error: unknown) => {
        assert.ok(error instanceof FormatError, String(error));
        assert.match(error.message, message);
        return true;
      });
    }
    await assert.rejects(decodeImageFile(join(folder, "none.jpg")), /none\.jpg: no such file or directory \(ENOENT\)/);
    await assert.rejects(decodeImageFile(folder), FormatError);
    // A bomb: 8,000 x 8,000 pixels within the limit for all, above one's own.
    await assert.rejects(decodeImage(png(8000, 8000, 1000), { maxPixels: 10_000 }, "bomb"), /limit of 10,000/);
  });
});
