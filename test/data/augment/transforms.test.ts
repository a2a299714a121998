import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { applyTransforms, outputSize } from "../../../src/data/augment/apply.ts";
import { crop, flip, pad, tenCrop as cropTen } from "../../../src/data/augment/geometry.ts";
import { mixBatch, type MixedBatch } from "../../../src/data/augment/mix.ts";
import { colorStatistics, eigen } from "../../../src/data/augment/principal-colors.ts";
import { resize } from "../../../src/data/augment/resize.ts";
import * as augment from "../../../src/data/augment/transform.ts";
import type { Image } from "../../../src/data/image.ts";
import { RandomStream } from "../../../src/data/random-stream.ts";
import { MemoryImages } from "../../../src/data/sources.ts";
import { pattern } from "./pattern.ts";

const stream = (index = 0): RandomStream => new RandomStream(7, "transform", { index });

function apply(picture: Image, ...transforms: augment.Transform[]): Image[] {
  return applyTransforms(picture, transforms, stream());
}

describe("transforms", () => {
  const all: readonly (readonly [string, augment.Transform])[] = [
    ["randomResizedCrop", augment.randomResizedCrop(16)],
    ["randomCrop", augment.randomCrop({ height: 10, width: 12 }, { padding: 3 })],
    ["randomFlip", augment.randomFlip()],
    ["colorJitter", augment.colorJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 })],
    ["pcaJitter", augment.pcaJitter()],
    ["randomErasing", augment.randomErasing({ probability: 1 })],
    ["resize", augment.resize(9)],
    ["centerCrop", augment.centerCrop(8)],
  ];
  for (const [name, transform] of all) {
    test(`${name}: the same numbers give the same picture, and the picture it is given stays as it is`, () => {
      const picture = pattern(20, 24);
      const before = picture.pixels.slice();
      const [once] = apply(picture, transform);
      const [again] = apply(picture, transform);
      assert.deepEqual(once, again);
      assert.deepEqual(picture.pixels, before);
      assert.equal(once!.pixels.length, once!.height * once!.width * once!.channels);
      assert.ok(once!.pixels.every((value) => value >= 0 && value <= 255));
    });
  }

  test("colours are scaled in vectors to the bits that each channel has by itself", () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, fc.nat(), (height, width, toHeight, toWidth, at) => {
        const picture = pattern(height, width);
        const top = at % height;
        const left = at % width;
        const region = { top, left, height: height - top, width: Math.ceil((width - left) / 2) };
        const size = { height: toHeight, width: toWidth };
        const { pixels } = resize(picture, size, region);
        for (const channel of [0, 1, 2]) {
          const only = (values: ArrayLike<number>): Uint8Array =>
            Uint8Array.from(values).filter((_, index) => index % 3 === channel);
          const grey = { ...picture, pixels: only(picture.pixels), channels: 1 };
          assert.deepEqual(only(pixels), resize(grey, size, region).pixels);
          assert.deepEqual(resize(crop(grey, region), size).pixels, resize(grey, size, region).pixels);
        }
      }),
    );
    // Larger than what is kept of the vectors' memory: the other loops, the same bits.
    const long = { pixels: new Uint8Array(3 * 3 * 6_000_000), height: 3, width: 6_000_000, channels: 3 };
    for (let at = 0; at < long.pixels.length; at += 7) long.pixels[at] = at % 251;
    const part = { top: 0, left: 100_000, height: 3, width: 50 };
    const size = { height: 2, width: 7 };
    assert.deepEqual(resize(long, size, part).pixels, resize(crop(long, part), size).pixels);
  });

  test("every size that is predicted is the one that comes out", () => {
    const side = fc.integer({ min: 12, max: 40 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.subarray(all.map(([, transform]) => transform)),
        fc.nat(),
        (height, width, transforms, index) => {
          let made: Image[];
          try {
            made = applyTransforms(pattern(height, width), transforms, stream(index));
          } catch (error) {
            assert.ok(error instanceof ShapeError);
            return;
          }
          const size = outputSize(transforms, { height, width });
          assert.deepEqual([made[0]!.height, made[0]!.width, made.length], [size.height, size.width, size.views]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("flip twice is nothing; pad reflects", () => {
    const picture = pattern(5, 7);
    assert.deepEqual(flip(flip(picture)), picture);
    const row: Image = { pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), height: 2, width: 3, channels: 1 };
    assert.deepEqual([...pad(row, 1, "reflect").pixels], [5, 4, 5, 6, 5, 2, 1, 2, 3, 2, 5, 4, 5, 6, 5, 2, 1, 2, 3, 2]);
    assert.deepEqual([...pad(row, 1).pixels].slice(0, 10), [0, 0, 0, 0, 0, 0, 1, 2, 3, 0]);
    assert.throws(() => pad(row, 2, "reflect"), ShapeError);
  });

  test("tenCrop: corners, middle, and mirrored", () => {
    const picture = pattern(6, 8);
    const crops = cropTen(picture, { height: 4, width: 4 });
    assert.equal(crops.length, 10);
    assert.deepEqual([...crops[0]!.pixels.subarray(0, 12)], [...picture.pixels.subarray(0, 12)]);
    assert.deepEqual(crops[1], flip(crops[5]!));
    assert.deepEqual(crops[4], flip(crops[9]!));
    assert.equal(outputSize([augment.tenCrop(4)], picture).views, 10);
  });

  test("normalize: bgr turns the channels round, each with its own mean", () => {
    const picture: Image = { pixels: Uint8Array.of(10, 20, 30), height: 1, width: 1, channels: 3 };
    const [made] = apply(picture, augment.normalize({ mean: [1, 2, 3], deviation: [1, 2, 3], order: "bgr" }));
    assert.deepEqual([...made!.pixels], [9, 9, 9]);
    const [other] = apply(picture, augment.normalize({ mean: [10, 10, 10], order: "bgr" }));
    assert.deepEqual([...other!.pixels], [20, 10, 0]);
    assert.throws(() => apply(picture, augment.normalize({ mean: [1, 2] })), ValueError);
  });

  test("randomResizedCrop of a very long picture takes its middle", () => {
    const [made] = apply(pattern(3, 300), augment.randomResizedCrop(8, { scale: [0.9, 1] }));
    assert.deepEqual([made!.height, made!.width], [8, 8]);
  });

  test("randomErasing fills a rectangle of its share", () => {
    const white: Image = { pixels: new Uint8Array(50 * 50).fill(255), height: 50, width: 50, channels: 1 };
    const [made] = apply(white, augment.randomErasing({ probability: 1, scale: [0.1, 0.2] }));
    const erased = Array.from(made!.pixels).filter((value) => value === 0).length / 2500;
    assert.ok(erased > 0.08 && erased < 0.22, String(erased));
  });

  test("options out of range are refused", () => {
    assert.throws(() => augment.randomFlip(2), ValueError);
    assert.throws(() => augment.colorJitter({ hue: 0.6 }), ValueError);
    assert.throws(() => augment.randomResizedCrop(0), ValueError);
    assert.throws(() => augment.randomResizedCrop(8, { scale: [0, 1] }), ValueError);
    assert.throws(() => augment.randomErasing({ ratio: [2, 1] }), ValueError);
    assert.throws(() => augment.normalize({ mean: 0, deviation: 0 }), ValueError);
  });
});

describe("colours", () => {
  test("eigenvectors of a covariance", () => {
    const { eigenvalues, eigenvectors } = eigen([
      [4, 1, 0],
      [1, 3, 1],
      [0, 1, 2],
    ]);
    // 3 + sqrt(3), 3, 3 - sqrt(3): the characteristic polynomial by hand.
    [3 + Math.sqrt(3), 3, 3 - Math.sqrt(3)].forEach((value, at) =>
      assert.ok(Math.abs(eigenvalues[at]! - value) < 1e-12),
    );
    for (const [i, a] of eigenvectors.entries()) {
      for (const [j, b] of eigenvectors.entries()) {
        const product = a.reduce((sum, value, at) => sum + value * b[at]!, 0);
        assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-12);
      }
    }
  });

  test("statistics of pictures whose red moves and whose blue stays", async () => {
    const pixels = Uint8Array.from({ length: 4 * 3 }, (_, i) => (i % 3 === 0 ? (i % 2) * 100 : i % 3 === 1 ? 50 : 7));
    const source = new MemoryImages({ pixels, labels: Int32Array.of(0), height: 2, width: 2, channels: 3 });
    const { mean, deviation, eigenvalues, eigenvectors } = await colorStatistics(source);
    assert.deepEqual(mean, [50, 50, 7]);
    assert.deepEqual(deviation, [50, 0, 0]);
    assert.deepEqual(eigenvalues, [2500, 0, 0]);
    assert.deepEqual(eigenvectors[0]!.map(Math.abs), [1, 0, 0]);
  });
});

describe("mixing", () => {
  const batch = (): MixedBatch => ({
    images: Float32Array.from({ length: 3 * 4 * 4 }, (_, i) => Math.floor(i / 16)),
    labels: Int32Array.of(0, 1, 2),
    targets: new Float32Array(9).fill(9),
    size: 3,
    height: 4,
    width: 4,
    channels: 1,
    classes: 3,
  });

  test("mixup: pictures and classes in one ratio, each row a distribution", () => {
    const mixed = batch();
    mixBatch(mixed, { type: "mixup", alpha: 1 }, stream());
    const kept = mixed.targets[0]!;
    assert.ok(kept > 0 && kept < 1);
    assert.deepEqual([...mixed.targets], [...Float32Array.of(kept, 0, 1 - kept, 1 - kept, kept, 0, 0, 1 - kept, kept)]);
    [2 * (1 - kept), kept, 2 * kept + (1 - kept)].forEach((value, row) =>
      assert.ok(Math.abs(mixed.images[row * 16]! - value) < 1e-6),
    );
  });

  test("cutmix: the classes have the share of their pixels", () => {
    for (let index = 0; index < 20; index++) {
      const mixed = batch();
      mixBatch(mixed, { type: "cutmix", alpha: 1 }, stream(index));
      const own = mixed.images.subarray(16, 32).reduce((count, value) => count + (value === 1 ? 1 : 0), 0);
      assert.ok(Math.abs(mixed.targets[4]! - own / 16) < 1e-6);
    }
  });
});
