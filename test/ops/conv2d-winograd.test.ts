/** Every algorithm of convolutions, whatever the model would choose for such small ones. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chooseConvolution, chooseFilterGradient, chooseInputGradient } from "../../src/backends/wasm/algorithms.ts";
import type { ConvolutionAlgorithm } from "../../src/backends/wasm/index.ts";
import { gradients } from "../../src/autodiff/gradients.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import { biasAdd } from "../../src/ops/bias-add.ts";
import { conv2dBackpropFilter } from "../../src/ops/conv2d-backprop-filter.ts";
import { conv2dBackpropInput } from "../../src/ops/conv2d-backprop-input.ts";
import { maxPool } from "../../src/ops/max-pool.ts";
import { relu } from "../../src/ops/relu.ts";
import { reluGrad } from "../../src/ops/relu-grad.ts";
import { toConv2DAttrs } from "../../src/ops/shared/conv2d-geometry.ts";
import { assertSameBits } from "../support/compare.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import { FusedConv2D } from "../../src/ops/fused-conv2d.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { apply } from "../../src/ops/shared/define-op.ts";
import type { Conv2DGeometry } from "../../src/ops/shared/conv2d-geometry.ts";
import { Session } from "../../src/runtime/session.ts";
import { type TestedBackend, testedWasm } from "../support/backends.ts";
import { type Case, checkCase } from "../support/test-op.ts";

/** One thread, several, and 128-bit instructions without a fused multiply-add; bits are compared among the first two. */
function backendsOf(convolution: ConvolutionAlgorithm): TestedBackend[][] {
  return [
    [
      { name: `${convolution}, 1 thread`, backend: testedWasm({ threads: 1, convolution }) },
      { name: `${convolution}, 3 threads`, backend: testedWasm({ threads: 3, inlineBytes: 0, convolution }) },
    ],
    [{ name: `${convolution}, plain`, backend: testedWasm({ threads: 2, variant: "plain", convolution }) }],
  ];
}

// Transforms add and subtract numbers up to 8 points' worth larger than the result: an error of 1e-6 to 1e-5 of the largest result,
// where the direct sum has 1e-7 to 1e-6. docs/performance.md has the measured errors.
const tolerance = { rtol: 3e-5, of: "largest", why: "Winograd's transforms cancel; see docs/performance.md" } as const;
const none = { none: "an infinity meets itself with the other sign within its tile" };
const attrs = { strides: [1, 1], dilations: [1, 1], padding: "VALID", groups: 1, activation: "none" };

/** Odd sizes around each tile, channels around 8, 16 and 512, padding on one side, several tasks. */
function casesOf(taps: 3 | 5): Record<string, Case> {
  const kernel = (inputs: number, outputs: number): number[] => [taps, taps, inputs, outputs];
  const same = { padding: "SAME" };
  return {
    "one pixel": { images: [1, 1, 1, 1], filter: kernel(1, 1), $options: same },
    "channels 3 to 5": { images: [2, 7, 9, 3], filter: kernel(3, 5), $options: same },
    "channels 8 to 16, valid": { images: [1, 8, 11, 8], filter: kernel(8, 16), $options: { padding: "VALID" } },
    "channels 17 to 33, one-sided padding": {
      images: [2, 6, 5, 17],
      filter: kernel(17, 33),
      $options: {
        padding: [
          [taps, 0],
          [1, 4],
        ],
      },
    },
    "channels 20 to 70, several tasks": { images: [3, 13, 14, 20], filter: kernel(20, 70), $options: same },
    "channels 520 to 9": { images: [1, 5, 4, 520], filter: kernel(520, 9), $options: same },
    "empty batch": { images: [0, 4, 4, 8], filter: kernel(8, 16), $options: same },
  };
}

const algorithms = [
  ["winograd 4x4", 3],
  ["winograd 6x6", 3],
  ["winograd 2x2", 5],
  ["winograd 4x4", 5],
] as const;

for (const [algorithm, taps] of algorithms) {
  describe(`conv2d ${taps}x${taps} by ${algorithm}`, () => {
    for (const [title, { $options = {}, ...inputs }] of Object.entries(casesOf(taps))) {
      const spec = {
        build: ({ images, filter }, options) => conv2d(images, filter, options),
        cases: {},
        tolerance,
        nonFinite: none,
      } satisfies Parameters<typeof checkCase>[0];
      test(`${title}: result and both gradients`, async () => {
        for (const backends of backendsOf(algorithm)) {
          await checkCase(spec, inputs as Record<string, number[]>, $options, backends);
        }
      });
    }

    test("bias and relu, channels 12 to 20", async () => {
      const spec = {
        build: ({ images, filter, bias }, options) =>
          apply(FusedConv2D, { images, filter, bias }, { ...attrs, ...options }),
        cases: {},
        gradient: { none: "the compiler makes it after gradients were taken" },
        tolerance,
        nonFinite: none,
      } satisfies Parameters<typeof checkCase>[0];
      const inputs = { images: [2, 9, 10, 12], filter: [taps, taps, 12, 20], bias: [20] };
      for (const backends of backendsOf(algorithm)) await checkCase(spec, inputs, { activation: "relu" }, backends);
    });
  });
}

/** Odd sizes and sizes of whole tiles, channels around 8 and around the panels of a pass, filters from near and from memory. */
const fusedCases: Record<string, readonly [images: readonly [number, number, number, number], outChannels: number]> = {
  "an odd row and column": [[2, 13, 15, 17], 21],
  "whole tiles, several passes": [[3, 24, 12, 20], 150],
  "fewer channels than a vector": [[1, 6, 7, 9], 5],
  "many channels": [[1, 9, 10, 340], 260],
};

for (const [algorithm, taps] of algorithms) {
  describe(`what is fused to ${taps}x${taps} by ${algorithm}`, () => {
    for (const [title, [shape, outChannels]] of Object.entries(fusedCases)) {
      const numbers = (list: readonly number[], seed: number): NDArray => {
        const length = list.reduce((product, size) => product * size, 1);
        return new NDArray(
          "float32",
          list,
          Float32Array.from({ length }, (_, i) => noise(seed + i)),
        );
      };
      const images = numbers(shape, 1);
      const filter = numbers([taps, taps, shape[3], outChannels], 1e6);
      const bias = numbers([outChannels], 2e6);
      /** The same as one step and as several; a fetch of what lies between keeps the compiler from fusing. */
      const bothWays = async (
        build: (x: Tensor, w: Tensor, b: Tensor) => { fused: readonly Tensor[]; apart: readonly Tensor[] },
        op: string,
      ): Promise<void> => {
        for (const backend of [
          testedWasm({ threads: 1, convolution: algorithm }),
          testedWasm({ threads: 3, inlineBytes: 0, convolution: algorithm }),
          testedWasm({ threads: 2, variant: "plain", convolution: algorithm }),
        ]) {
          const graph = new Graph();
          const values = [images, filter, bias];
          const inputs = graph.asDefault(() => values.map((value) => placeholder("float32", value.shape)));
          const { fused, apart } = graph.asDefault(() => build(inputs[0]!, inputs[1]!, inputs[2]!));
          await using session = new Session({ graph, backend });
          const feeds = inputs.map((input, index) => [input, values[index]!] as const);
          const { steps } = await session.explain(fused, feeds);
          assert.ok(
            steps.some((step) => step.op === op && step.algorithm === algorithm),
            `${op} is not there`,
          );
          assertSameBits(await session.run(fused, feeds), (await session.run(apart, feeds)).slice(1), title);
        }
      };

      test(`${title}: a max pool of pairs, the same bits as by itself`, () =>
        bothWays((x, w, b) => {
          const y = relu(biasAdd(conv2d(x, w, { padding: "SAME" }), b));
          const pooled = maxPool(y, { ksize: 2, strides: 2, padding: "VALID" });
          return { fused: pooled.op.outputs, apart: [y, ...pooled.op.outputs] };
        }, "FusedConv2DMaxPool"));

      test(`${title}: the gradient of a relu, the same bits as by itself`, () =>
        bothWays((x, w) => {
          const y = relu(x);
          const attributes = toConv2DAttrs({ padding: "SAME" });
          const dx = conv2dBackpropInput(w, conv2d(y, w, { padding: "SAME" }), y, attributes);
          return { fused: [reluGrad(dx, y)], apart: [dx, reluGrad(dx, y)] };
        }, "FusedConv2DBackpropInput"));
    }
  });
}

describe("channels 304 to 304: the filter comes from memory, and each stage is a launch of its own", () => {
  const size = [14, 14, 304] as const;
  const batch = 64;
  const length = 14 * 14 * 304;
  const images = Float32Array.from({ length: batch * length }, (_, i) => noise(i));
  const filter = Float32Array.from({ length: 9 * 304 * 304 }, (_, i) => noise(-i));
  const convolve = async (convolution: ConvolutionAlgorithm, first: number, count: number): Promise<Float32Array> => {
    const graph = new Graph();
    const { x, w, y } = graph.asDefault(() => {
      const inputs = {
        x: placeholder("float32", [count, ...size]),
        w: placeholder("float32", [3, 3, 304, 304]),
      };
      return { ...inputs, y: conv2d(inputs.x, inputs.w, { padding: "SAME" }) };
    });
    await using session = new Session({ graph, backend: testedWasm({ threads: 2, convolution }) });
    const { data } = await session.run(y, [
      [x, images.subarray(first * length, (first + count) * length)],
      [w, filter],
    ]);
    return Float32Array.from(data);
  };

  for (const algorithm of ["winograd 4x4", "winograd 6x6"] as const) {
    test(`${algorithm}: the same bits alone and in a batch of two rounds, close to the direct sum`, async () => {
      const all = await convolve(algorithm, 0, batch);
      for (const image of [0, 21, 63]) {
        const inBatch = all.slice(image * length, (image + 1) * length);
        const alone = await convolve(algorithm, image, 1);
        const differs = alone.findIndex((value, i) => !Object.is(value, inBatch[i]));
        assert.equal(differs, -1, `image ${image} differs from element ${differs} on`);
        const direct = await convolve("implicit im2col", image, 1);
        const largest = direct.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const error = direct.reduce((most, value, i) => Math.max(most, Math.abs(value - inBatch[i]!)), 0);
        assert.ok(error < 3e-5 * largest, `image ${image}: off by ${error} of ${largest}`);
      }
    });
  }
});

describe("the gradient of a filter of many channels, whose stages are launches of their own", () => {
  const gradientOf = async (
    taps: number,
    [xShape, outChannels]: readonly [images: readonly [number, number, number, number], outChannels: number],
    options: Parameters<typeof testedWasm>[0],
  ): Promise<Float32Array> => {
    const graph = new Graph();
    const yShape = [...xShape.slice(0, 3), outChannels];
    const { x, dy, w, dw } = graph.asDefault(() => {
      const inputs = { x: placeholder("float32", xShape), dy: placeholder("float32", yShape) };
      const filter = placeholder("float32", [taps, taps, xShape[3], outChannels]);
      const attributes = toConv2DAttrs({ padding: "SAME" });
      return { ...inputs, w: filter, dw: conv2dBackpropFilter(inputs.x, inputs.dy, filter, attributes) };
    });
    await using session = new Session({ graph, backend: testedWasm(options) });
    const noiseOf = (shape: readonly number[], seed: number): Float32Array =>
      Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => noise(seed + i));
    const { data } = await session.run(dw, [
      [x, noiseOf(xShape, 1)],
      [dy, noiseOf(yShape, 1e7)],
      [w, new Float32Array(taps * taps * xShape[3] * outChannels)],
    ]);
    return Float32Array.from(data);
  };

  const sizes = {
    "205 to 217 channels, one round": [[3, 13, 11, 205], 217],
    "24 to 2,100 channels, several rounds": [[3, 26, 26, 24], 2100],
  } as const;
  for (const [algorithm, taps] of algorithms) {
    for (const [title, size] of Object.entries(sizes)) {
      test(`${taps}x${taps} by ${algorithm}, ${title}: close to the direct sum, the same bits with more threads`, async () => {
        const direct = await gradientOf(taps, size, { threads: 2, convolution: "implicit im2col" });
        const largest = direct.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const one = await gradientOf(taps, size, { threads: 1, convolution: algorithm });
        const several = await gradientOf(taps, size, { threads: 3, inlineBytes: 0, convolution: algorithm });
        const plain = await gradientOf(taps, size, { threads: 2, variant: "plain", convolution: algorithm });
        assert.equal(
          one.findIndex((value, i) => !Object.is(value, several[i])),
          -1,
        );
        for (const dw of [one, plain]) {
          const error = direct.reduce((most, value, i) => Math.max(most, Math.abs(value - dw[i]!)), 0);
          assert.ok(error < 3e-5 * largest, `off by ${error} of ${largest}`);
        }
      });
    }
  }
});

test("explain names the algorithm; precision exact turns transforms off", async () => {
  const graph = new Graph();
  const { images, filter, y, grads } = graph.asDefault(() => {
    const x = placeholder("float32", [32, 56, 56, 64]);
    const w = placeholder("float32", [3, 3, 64, 64]);
    const result = conv2d(x, w, { padding: "SAME" });
    return { images: x, filter: w, y: result, grads: gradients(result, [x, w]) };
  });
  const feeds = new Map<Tensor, Float32Array>([
    [images, new Float32Array(32 * 56 * 56 * 64)],
    [filter, new Float32Array(3 * 3 * 64 * 64)],
  ]);
  const algorithmsWith = async (precision: "fast" | "exact"): Promise<string[]> => {
    await using session = new Session({ graph, backend: testedWasm({ threads: 1 }), precision });
    const { steps } = await session.explain([y, ...grads.map((gradient) => gradient!)], feeds);
    return steps.filter(({ op }) => op.startsWith("Conv2D")).map(({ algorithm }) => algorithm);
  };
  const fast = await algorithmsWith("fast");
  assert.equal(fast.length, 3);
  for (const algorithm of fast) assert.match(algorithm, /^winograd/);
  for (const algorithm of await algorithmsWith("exact")) assert.equal(algorithm, "implicit im2col");
});

describe("the choice of an algorithm", () => {
  const geometry: Conv2DGeometry = {
    batch: 8,
    inHeight: 56,
    inWidth: 56,
    inChannels: 128,
    outHeight: 56,
    outWidth: 56,
    outChannels: 128,
    kernelHeight: 3,
    kernelWidth: 3,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: 1,
    dilationWidth: 1,
    padTop: 1,
    padLeft: 1,
    groups: 1,
  };
  const five = { ...geometry, kernelHeight: 5, kernelWidth: 5, padTop: 2, padLeft: 2 };

  test("Winograd for large convolutions of 3x3 and 5x5", () => {
    for (const g of [geometry, five]) {
      assert.match(chooseConvolution(g, {}), /^winograd/);
      assert.match(chooseFilterGradient(g, {}), /^winograd/);
    }
  });

  test("direct forward, but not backward, where a decision of a relu would show", () => {
    const one = { ...geometry, batch: 1 };
    assert.equal(chooseConvolution(one, {}), "implicit im2col");
    assert.match(chooseInputGradient(one, {}), /^winograd/);
    assert.match(chooseFilterGradient(one, {}), /^winograd/);
  });

  const direct: Record<string, Conv2DGeometry> = {
    "stride 2": { ...geometry, strideWidth: 2 },
    dilation: { ...geometry, dilationHeight: 2 },
    groups: { ...geometry, groups: 2 },
    "a filter that is not square": { ...geometry, kernelWidth: 5 },
    "7x7": { ...geometry, kernelHeight: 7, kernelWidth: 7 },
    "few channels": { ...geometry, inChannels: 3 },
    "one image of few pixels": { ...geometry, batch: 1, outHeight: 2, outWidth: 2, inHeight: 2, inWidth: 2 },
    "no channels": { ...geometry, inChannels: 0 },
    "empty batch": { ...geometry, batch: 0 },
  };
  for (const [title, g] of Object.entries(direct)) {
    test(`direct for ${title}`, () => {
      assert.equal(chooseConvolution(g, {}), "implicit im2col");
      assert.equal(chooseFilterGradient(g, {}), "implicit im2col");
    });
  }

  test("a wish is followed where it can be, exactness first", () => {
    assert.equal(chooseConvolution(geometry, { convolution: "winograd 6x6" }), "winograd 6x6");
    assert.equal(chooseConvolution(geometry, { convolution: "implicit im2col" }), "implicit im2col");
    assert.equal(chooseConvolution(geometry, { convolution: "winograd 4x4", exact: true }), "implicit im2col");
    assert.match(chooseConvolution(geometry, { convolution: "winograd 2x2" }), /^winograd [46]/);
  });
});

/** A number from -0.5 to 0.5 for each whole number, without a pattern: the mixing steps of MurmurHash3's finalizer. */
function noise(i: number): number {
  let hash = Math.imul(i ^ (i >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 - 0.5;
}
