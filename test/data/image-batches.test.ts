import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FormatError, ValueError } from "../../src/core/errors.ts";
import { applyTransforms } from "../../src/data/augment/apply.ts";
import {
  centerCrop,
  mixup,
  normalize,
  pcaJitter,
  randomFlip,
  randomResizedCrop,
  resize,
  tenCrop,
} from "../../src/data/augment/index.ts";
import { ImageBatches, type ImageBatchOptions } from "../../src/data/image-batches.ts";
import type { Image, ImageSource, LabeledImage } from "../../src/data/image.ts";
import type { BrokenImage } from "../../src/data/produce.ts";
import { RandomStream } from "../../src/data/random-stream.ts";
import { shapes } from "../../src/data/shapes/index.ts";
import { inMemory, randomSplit, subset } from "../../src/data/sources.ts";

/** Picture i is one grey pixel of value i. */
function numbers(size: number, broken: readonly number[] = []): ImageSource {
  const get = (index: number): LabeledImage => {
    if (broken.includes(index)) throw new FormatError({ problem: `n${index}: it is broken.` });
    return { pixels: Uint8Array.of(index), height: 1, width: 1, channels: 1, label: index % 3 };
  };
  return { size, height: 1, width: 1, channels: 1, classes: ["a", "b", "c"], name: (index) => `n${index}`, get };
}

async function epochOf(batches: ImageBatches): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const batch of batches) {
    assert.deepEqual([...batch.images], [...batch.indices]);
    assert.deepEqual(
      [...batch.labels],
      [...batch.indices].map((index) => index % 3),
    );
    seen.push([...batch.images]);
    batch.release();
  }
  return seen;
}

const options: ImageBatchOptions = { batchSize: 4, shuffle: true, seed: 5 };

describe("ImageBatches", () => {
  test("an epoch has every picture once, another epoch another order, in order without shuffle", async () => {
    const batches = new ImageBatches(numbers(10), options);
    const first = await epochOf(batches);
    const second = await epochOf(batches);
    assert.deepEqual(
      first.map(({ length }) => length),
      [4, 4, 2],
    );
    assert.deepEqual(
      first.flat().sort((a, b) => a - b),
      [...Array(10).keys()],
    );
    assert.notDeepEqual(first, second);
    assert.deepEqual(await epochOf(new ImageBatches(numbers(3), { batchSize: 2 })), [[0, 1], [2]]);
    const full = new ImageBatches(numbers(10), { ...options, dropRemainder: true });
    assert.equal(full.batchesPerEpoch, 2);
    assert.equal((await epochOf(full)).length, 2);
    assert.deepEqual(full.state(), { epoch: 1, position: 0 });
  });

  for (const prefetch of [1, 3, 7]) {
    test(`a run goes on from any state as if it had never stopped, prefetch=${prefetch}`, async () => {
      const whole = new ImageBatches(numbers(10), { ...options, prefetch });
      const expected = [...(await epochOf(whole)), ...(await epochOf(whole))];
      for (let stop = 0; stop < expected.length; stop++) {
        const before = new ImageBatches(numbers(10), options);
        for (let step = 0; step < stop; step++) await before.next();
        const after = new ImageBatches(numbers(10), { ...options, prefetch });
        await after.next();
        after.restore(JSON.parse(JSON.stringify(before.state())) as { epoch: number; position: number });
        const rest: number[][] = [];
        while (rest.length < expected.length - stop) rest.push([...(await after.next())!.images]);
        assert.deepEqual(rest, expected.slice(stop));
      }
    });
  }

  test("a loop that was left goes on where it was", async () => {
    const batches = new ImageBatches(numbers(10), { batchSize: 4 });
    for await (const batch of batches) {
      assert.equal(batch.size, 4);
      break;
    }
    assert.deepEqual(batches.state(), { epoch: 0, position: 4 });
    assert.deepEqual(await epochOf(batches), [
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  test("broken pictures are reported once by name and left out; without onBroken they end it", async () => {
    const reports: BrokenImage[] = [];
    const source = numbers(10, [1, 4, 5, 6, 7]);
    const batches = new ImageBatches(source, { batchSize: 4, onBroken: (broken) => reports.push(broken) });
    assert.deepEqual(await epochOf(batches), [[0, 2, 3, 8], [9]]);
    assert.deepEqual(await epochOf(batches), [[0, 2, 3, 8], [9]]);
    assert.deepEqual(
      reports.map(({ name, reason }) => `${name}: ${reason}`),
      [1, 4, 5, 6, 7].map((index) => `n${index}: it is broken.`),
    );
    assert.deepEqual(batches.state(), { epoch: 2, position: 0 });
    await assert.rejects(epochOf(new ImageBatches(source, { batchSize: 4 })), {
      name: "FormatError",
      message: /n1: it is broken/,
    });
    const none = new ImageBatches(numbers(6, [0, 1, 2, 3, 4, 5]), { batchSize: 4, onBroken: () => {} });
    await assert.rejects(epochOf(none), /none of the 6 pictures can be used/);
  });

  test("the following pictures take the place of broken ones, whatever is made ahead, known or resumed", async () => {
    const all = [...Array(23).keys()];
    const random = new RandomStream(3, "split");
    for (let round = 0; round < 40; round++) {
      const broken = all.filter(() => random.chance(round / 40));
      const dropRemainder = round % 2 === 1;
      if (broken.length === all.length) continue;
      const setting = { ...options, dropRemainder, onBroken: () => {} };
      const open = (prefetch: number): ImageBatches => new ImageBatches(numbers(23, broken), { ...setting, prefetch });

      // What is promised: the order without the broken pictures, cut into batches.
      const batches = open(1 + (round % 5));
      const expected: number[][] = [];
      for (let epoch = 0; epoch < 3; epoch++) {
        const order = new RandomStream(5, "shuffle", { epoch }).permutation(23);
        const good = [...order].filter((index) => !broken.includes(index));
        const cut = Array.from({ length: Math.ceil(good.length / 4) }, (_, at) => good.slice(4 * at, 4 * at + 4));
        const full = cut.filter(({ length }, at) => !dropRemainder || at === 0 || length === 4);
        assert.deepEqual(await epochOf(batches), full, `round ${round}, epoch ${epoch}`);
        assert.deepEqual(batches.state(), { epoch: epoch + 1, position: 0 });
        expected.push(...full);
      }

      // A fresh process knows of no broken picture yet.
      const before = open(3);
      for (let stop = 0; stop < expected.length; stop++) {
        const after = open(2);
        after.restore(before.state());
        let next = await after.next();
        // Nothing was left of the epoch but broken pictures.
        next ??= await after.next();
        assert.deepEqual([...next!.images], expected[stop], `round ${round}, stop ${stop}`);
        if ((await before.next()) === null) await before.next();
      }
    }
  });

  test("a picture that is too small for a crop is a broken one", async () => {
    const reasons: string[] = [];
    const transforms = [centerCrop(2)];
    const batches = new ImageBatches(numbers(2), {
      batchSize: 2,
      transforms,
      onBroken: ({ reason }) => reasons.push(reason),
    });
    await assert.rejects(epochOf(batches), FormatError);
    assert.match(reasons[0]!, /not inside the picture/);
  });

  test("a recipe that fits no picture is refused at once, and breaks none", async () => {
    const reports: BrokenImage[] = [];
    const onBroken = (broken: BrokenImage): void => void reports.push(broken);
    const means = normalize({ mean: [1, 2, 3], deviation: 2 });
    const open = (source: ImageSource, more: Partial<ImageBatchOptions>): ImageBatches =>
      new ImageBatches(source, { batchSize: 2, onBroken, ...more });
    assert.throws(() => open(numbers(4), { transforms: [means] }), /normalize: 3 means for pictures of 1 channel\./);
    assert.doesNotThrow(() => open(numbers(4), { transforms: [means], channels: 3 }));
    const deviations = normalize({ mean: 1, deviation: [1, 2] });
    assert.throws(() => open(shapes({ size: 8 }), { transforms: [deviations] }), /2 deviations .* of 3 channels/);
    const four: ImageSource = { size: 2, height: 1, width: 1, channels: 4, get: () => assert.fail("it is read") };
    assert.throws(() => open(four, { channels: 3 }), /4 channels do not become 3/);
    // As plain data, which nobody has checked.
    const transforms = [{ type: "resize", size: { height: 1, width: 0.5 }, keepRatio: false } as const, centerCrop(1)];
    await assert.rejects(epochOf(open(numbers(4), { transforms })), ValueError);
    assert.deepEqual(reports, []);
  });

  test("memory is used again only when it was released", async () => {
    const batches = new ImageBatches(numbers(100), { batchSize: 4 });
    const first = (await batches.next())!;
    const kept = [...first.images];
    const others = new Set<unknown>();
    for (let step = 0; step < 10; step++) {
      const batch = (await batches.next())!;
      others.add(batch.images.buffer);
      batch.release();
      batch.release();
    }
    assert.deepEqual([...first.images], kept);
    assert.ok(others.size <= 3, String(others.size));
  });

  test("augmentation depends on the seed and the epoch; tenCrop has ten rows a picture; mixing makes targets", async () => {
    const source = shapes({ size: 16, count: 20 });
    const transforms = [randomResizedCrop(8), randomFlip(), normalize({ mean: 128, deviation: 64 })];
    const images = async (seed: number, epoch: number): Promise<number[]> => {
      const batches = new ImageBatches(source, { batchSize: 3, transforms, seed });
      batches.restore({ epoch, position: 0 });
      const batch = (await batches.next())!;
      assert.deepEqual(batch.shape, [3, 8, 8, 3]);
      return [...batch.images];
    };
    assert.deepEqual(await images(1, 0), await images(1, 0));
    assert.notDeepEqual(await images(1, 0), await images(2, 0));
    assert.notDeepEqual(await images(1, 0), await images(1, 1));
    const ten = (await new ImageBatches(source, { batchSize: 2, transforms: [resize(12), tenCrop(8)] }).next())!;
    assert.deepEqual([ten.shape, ten.size, ten.views, ten.images.length], [[20, 8, 8, 3], 2, 10, 20 * 8 * 8 * 3]);
    const mixed = (await new ImageBatches(source, { batchSize: 4, mix: mixup() }).next())!;
    for (let row = 0; row < 4; row++) {
      const sum = mixed.targets!.subarray(row * 10, row * 10 + 10).reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum - 1) < 1e-6);
    }
  });

  test("mirroring while normalizing is mirroring, then normalizing", async () => {
    const source = shapes({ size: 9, count: 12 });
    const flip = randomFlip();
    for (const order of ["rgb", "bgr"] as const) {
      const scale = normalize({ mean: [1, 20, 300], deviation: [2, 3, 4], order });
      for (const transforms of [
        [flip, scale],
        [randomResizedCrop(5), flip, scale],
        [tenCrop(4), flip, scale],
        [pcaJitter(), flip, scale],
      ]) {
        const batch = (await new ImageBatches(source, { batchSize: 12, transforms, seed: 5 }).next())!;
        const expected = Array.from(batch.indices).flatMap((index) =>
          applyTransforms(source.get(index) as Image, transforms, new RandomStream(5, "transform", { index })).map(
            ({ pixels }) => [...pixels],
          ),
        );
        assert.deepEqual([...batch.images], expected.flat());
      }
    }
  });

  test("options that do not fit are refused", () => {
    const batches = (source: ImageSource, more: Partial<ImageBatchOptions>): ImageBatches =>
      new ImageBatches(source, { batchSize: 2, ...more });
    assert.throws(() => batches(numbers(0), {}), ValueError);
    assert.throws(() => batches(numbers(4), { batchSize: 0 }), ValueError);
    assert.throws(() => batches(numbers(4), { batchSize: 8, dropRemainder: true }), ValueError);
    assert.throws(() => batches(numbers(4), { seed: -1 }), ValueError);
    assert.throws(() => batches(numbers(4), { mix: mixup(), transforms: [tenCrop(1)] }), ValueError);
    assert.throws(() => batches(numbers(4), {}).restore({ epoch: 0, position: 4 }), /position 4/);
    const files: ImageSource = {
      size: 1,
      channels: 3,
      describe: () => ({
        type: "subset",
        of: { type: "shapes", options: { size: 8, count: 1, seed: 0 } },
        indices: Uint32Array.of(0),
      }),
      get: async () => shapes({ size: 8 }).get(0),
    };
    assert.throws(() => batches(files, { transforms: [resize(4)] }), /need one size/);
  });
});

describe("sources", () => {
  test("inMemory, subset and randomSplit keep pictures and labels together", async () => {
    const source = shapes({ size: 8, count: 30, seed: 1 });
    const memory = await inMemory(source);
    const [some, rest] = randomSplit(memory, 0.3, 4);
    assert.deepEqual([some.size, rest.size], [9, 21]);
    const picked = subset(memory, [29, 3]);
    assert.deepEqual(await picked.get(0), await source.get(29));
    assert.throws(() => subset(memory, [30]), ValueError);
    assert.throws(() => memory.get(30), ValueError);
    await assert.rejects(async () => picked.get(2), ValueError);
  });

  test("shapes: a seed's pictures do not depend on how many there are, and classes take turns", async () => {
    const few = shapes({ size: 24, count: 12, seed: 9 });
    const many = shapes({ size: 24, count: 500, seed: 9 });
    assert.deepEqual(await few.get(11), await many.get(11));
    assert.equal((await few.get(11)).label, 1);
    assert.notDeepEqual((await few.get(1)).pixels, (await few.get(11)).pixels);
    assert.throws(() => shapes({ size: 4 }), ValueError);
  });
});
