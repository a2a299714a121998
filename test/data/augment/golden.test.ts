import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { crc32 } from "node:zlib";
import { applyTransforms } from "../../../src/data/augment/apply.ts";
import { adjustBrightness, adjustContrast, adjustHue, adjustSaturation } from "../../../src/data/augment/color.ts";
import { centerCrop } from "../../../src/data/augment/geometry.ts";
import { resize, resizeShortSide } from "../../../src/data/augment/resize.ts";
import { floatsOf, toBytes } from "../../../src/data/image.ts";
import { presets } from "../../../src/data/presets.ts";
import { RandomStream } from "../../../src/data/random-stream.ts";
import { pattern } from "./pattern.ts";

type Sides = readonly [height: number, width: number];

interface Golden {
  readonly resize: readonly { readonly from: Sides; readonly to: Sides; readonly crc: number }[];
  readonly shortSide: readonly {
    readonly from: Sides;
    readonly size: number;
    readonly to: Sides;
    readonly crc: number;
    readonly cropped: number;
  }[];
  readonly adjust: readonly { readonly name: string; readonly amount: number; readonly pixels: readonly number[] }[];
  readonly preprocess: readonly { readonly from: Sides; readonly every: number; readonly values: readonly number[] }[];
}

const golden = JSON.parse(
  readFileSync(new URL("../../golden/image-transforms.json", import.meta.url), "utf8"),
) as Golden;

const adjustments = {
  adjust_brightness: adjustBrightness,
  adjust_contrast: adjustContrast,
  adjust_saturation: adjustSaturation,
  adjust_hue: adjustHue,
} as const;

describe("against Pillow and torchvision", () => {
  for (const { from, to, crc } of golden.resize) {
    test(`resize ${from.join("x")} to ${to.join("x")} has Pillow's bits`, () => {
      const [height, width] = to;
      const picture = pattern(...from);
      assert.equal(crc32(toBytes(resize(picture, { height, width })).pixels), crc);
      const floats = resize({ ...picture, pixels: floatsOf(picture.pixels) }, { height, width });
      const bytes = resize(picture, { height, width });
      // Pillow rounds twice, after either direction.
      floats.pixels.forEach((value, at) => assert.ok(Math.abs(value - bytes.pixels[at]!) <= 1.01, `${at}: ${value}`));
    });
  }
  for (const { from, size, to, crc, cropped } of golden.shortSide) {
    test(`shorter side of ${from.join("x")} to ${size}, then the middle`, () => {
      const picture = resizeShortSide(pattern(...from), size);
      assert.deepEqual([picture.height, picture.width], to);
      assert.equal(crc32(toBytes(picture).pixels), crc);
      const side = Math.min(size, picture.height, picture.width) - 3;
      assert.equal(crc32(toBytes(centerCrop(picture, { height: side, width: side })).pixels), cropped);
    });
  }
  for (const { name, amount, pixels } of golden.adjust) {
    test(`${name} ${amount}`, () => {
      const changed = adjustments[name as keyof typeof adjustments](pattern(3, 4), amount);
      // torchvision rounds the weight of red in the luma from 0.299 to 0.2989: up to 0.0255 of 255.
      const allowed = /contrast|saturation/.test(name) ? 0.03 : 2e-3;
      pixels.forEach((value, at) =>
        assert.ok(Math.abs(changed.pixels[at]! - value) < allowed, `${at}: ${changed.pixels[at]} ${value}`),
      );
    });
  }
  for (const { from, every, values } of golden.preprocess) {
    test(`the preset torchvision of ${from.join("x")}`, () => {
      const [made] = applyTransforms(pattern(...from), presets.torchvision().evaluate, new RandomStream(0, "user"));
      assert.deepEqual([made!.height, made!.width, made!.channels], [224, 224, 3]);
      values.forEach((value, at) => assert.ok(Math.abs(made!.pixels[at * every]! - value) < 2e-5, `${at}`));
    });
  }
});
