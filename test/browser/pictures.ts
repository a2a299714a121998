/** Picture files decoded by the browser, on their way into batches. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";

function fileOf(base64: string, name = "picture"): File {
  return new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name);
}

/** Red, then blue. */
const RED_BLUE =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQImWP4z8DAwPAfAAcAAf/89wURAAAAAElFTkSuQmCC";
/** Transparent, then 10, 20, 30. */
const HALF_TRANSPARENT =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQImWPg5ORk4BKR+w8AAmUBV6CGcBMAAAAASUVORK5CYII=";
/** A JPEG of 32 x 16, left half red, right half blue, whose EXIF orientation 6 says that its left is the top. */
const TURNED =
  "/9j/4QC8RXhpZgAASUkqAAgAAAAGABIBAwABAAAABgAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAACAAAAADoAQAAQAAABAAAAAAAAAA/+IB8ElDQ19QUk9GSUxFAAEBAAAB4GxjbXMEIAAAbW50clJHQiBYWVogB+IAAwAUAAkADgAdYWNzcE1TRlQAAAAAc2F3c2N0cmwAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y1oYW5keem/Vlo+AbaDI4VVRvdPqgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKZGVzYwAAAPwAAAAkY3BydAAAASAAAAAid3RwdAAAAUQAAAAUY2hhZAAAAVgAAAAsclhZWgAAAYQAAAAUZ1hZWgAAAZgAAAAUYlhZWgAAAawAAAAUclRSQwAAAcAAAAAgZ1RSQwAAAcAAAAAgYlRSQwAAAcAAAAAgbWx1YwAAAAAAAAABAAAADGVuVVMAAAAIAAAAHABzAFIARwBCbWx1YwAAAAAAAAABAAAADGVuVVMAAAAGAAAAHABDAEMAMAAAWFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDD8AAAXd///zJgAAB5AAAP2S///7of///aIAAAPcAADAcVhZWiAAAAAAAABvoAAAOPIAAAOPWFlaIAAAAAAAAGKWAAC3iQAAGNpYWVogAAAAAAAAJKAAAA+FAAC2xHBhcmEAAAAAAAMAAAACZmkAAPKnAAANWQAAE9AAAApb/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAEQgAEAAgAwEiAAIRAQMRAf/EABYAAQEBAAAAAAAAAAAAAAAAAAAFBv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAHBf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AM8AjkdCAL4tf//Z";

describe("pictures in a page", () => {
  test("PNG to the bit; what is transparent is white", async () => {
    const { pixels, height, width, channels } = await tf.data.decodeBlob(fileOf(RED_BLUE));
    assert.deepEqual([[...pixels], height, width, channels], [[255, 0, 0, 0, 0, 255], 1, 2, 3]);
    const white = await tf.data.decodeBlob(fileOf(HALF_TRANSPARENT));
    assert.deepEqual([...white.pixels], [255, 255, 255, 10, 20, 30]);
  });

  test("EXIF orientation 6 turns the picture", async () => {
    const { pixels, height, width } = await tf.data.decodeBlob(fileOf(TURNED));
    assert.deepEqual([height, width], [32, 16]);
    const corners = Array.from(pixels.slice(0, 3)).concat(...pixels.slice(-3));
    const isBright = corners.map((value) => value > 128);
    assert.deepEqual(isBright, [true, false, false, false, false, true], `corners ${corners.join()}`);
  });

  test("what is no picture or too large is refused", async () => {
    await assert.rejects(tf.data.decodeBlob(new Blob(["no picture"])), tf.FormatError);
    await assert.rejects(tf.data.decodeBlob(fileOf(TURNED), { maxPixels: 100 }), /16 x 32 pixels, more than/);
  });

  test("chosen files become batches; a broken one is left out by its name", async () => {
    const files = [
      { blob: fileOf(RED_BLUE), label: 0 },
      { blob: fileOf(btoa("broken"), "holiday.jpg"), label: 1 },
      { blob: fileOf(TURNED), label: 1 },
    ];
    const source = new tf.data.BlobImages(files, { classes: ["small", "turned"] });
    const transforms = tf.data.torchvision({ size: 8 }).train;
    const broken: string[] = [];
    const batches = new tf.data.ImageBatches(source, {
      batchSize: 3,
      transforms,
      onBroken: ({ name }) => broken.push(name),
    });
    const batch = await batches.next();
    assert.deepEqual([broken, batch?.shape, [...(batch?.labels ?? [])]], [["holiday.jpg"], [2, 8, 8, 3], [0, 1]]);
    const grey = new tf.data.BlobImages(files, { channels: 1 });
    assert.deepEqual([...(await grey.get(0)).pixels], [76, 29]);
  });
});
