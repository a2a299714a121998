import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BackendError, FormatError, ValueError } from "../../src/core/errors.ts";
import { BlobImages, decodeBlob } from "../../src/data/blob-images.ts";
import { encodeImage } from "../../src/node/data/encode.ts";
import { decodeImage } from "../../src/node/data/decode.ts";
import { pattern } from "./augment/pattern.ts";

// How a browser decodes is tested in one: test/browser/pictures.ts.
describe("BlobImages", () => {
  test("another decoder serves where there is no createImageBitmap, which is said", async () => {
    const picture = pattern(5, 7);
    const file = new File([new Uint8Array(await encodeImage(picture, { format: "png" }))], "a.png");
    await assert.rejects(
      decodeBlob(file),
      (error) => error instanceof BackendError && /openImageData/.test(error.message),
    );
    const source = new BlobImages([{ blob: file, label: 2 }], {
      decode: async (blob, { maxPixels }) => decodeImage(new Uint8Array(await blob.arrayBuffer()), { maxPixels }),
      maxPixels: 35,
    });
    assert.deepEqual(await source.get(0), { ...picture, label: 2 });
    assert.deepEqual([source.size, source.name(0)], [1, "a.png"]);
    await assert.rejects(source.get(1), ValueError);
    const small = new BlobImages([{ blob: file, label: 0, name: "b" }], {
      decode: async (blob, { maxPixels }) => decodeImage(new Uint8Array(await blob.arrayBuffer()), { maxPixels }),
      maxPixels: 34,
    });
    assert.equal(small.name(0), "b");
    await assert.rejects(small.get(0), FormatError);
  });
});
