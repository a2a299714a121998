/** What the guard compares: enough of every family that a slower kernel shows, few enough for a few minutes. */

/** Kernels of bench/kernels, by name. */
export const guarded: readonly string[] = [
  "matmul/1024x1024x1024",
  "matmul/32x9216x4096",
  "conv2d/alexnet/conv1/forward",
  "conv2d/alexnet/conv2/forward",
  "conv2d/alexnet/conv3/forward",
  "conv2d/alexnet/conv3/gradient of images",
  "conv2d/alexnet/conv3/gradient of filter",
  "conv2d/vgg16/conv3_2/forward",
  "conv2d/vgg16/conv3_2/gradient of images",
  "conv2d/vgg16/conv3_2/gradient of filter",
  "lrn/gradient",
  "max pool 3x3/2/forward and gradient",
  "batch norm/forward and gradient",
  "relu/forward",
  "add/forward",
  "softmax/forward",
  "update/momentum",
  "copy/transpose",
];

/** A kernel against another of the same run: what the first costs for each second of the second, at most. */
export interface KernelRatio {
  readonly kernel: string;
  readonly than: string;
  readonly atMost: number;
  readonly why: string;
}

export const ratios: readonly KernelRatio[] = [
  {
    kernel: "conv2d/vgg16/conv3_2/gradient of images",
    than: "conv2d/vgg16/conv3_2/forward",
    atMost: 1.3,
    why: "the same kernel with the filter turned round",
  },
  {
    kernel: "conv2d/vgg16/conv3_2/gradient of filter",
    than: "conv2d/vgg16/conv3_2/forward",
    atMost: 2,
    why: "as many multiplications",
  },
  {
    kernel: "conv2d/alexnet/conv3/gradient of filter",
    than: "conv2d/alexnet/conv3/forward",
    atMost: 2,
    why: "as many multiplications",
  },
];

/**
 * Shares of the machine's limit, measured in the same run, that the best round has to reach: a quarter below the median of three runs on a
 * shared two-core Zen 4 server (2026-11-22, two threads). Winograd's pass 1, and so do streams through a large third-level cache. A machine
 * with another ratio of arithmetic to memory may miss a floor without a fault: there `--against` tells.
 */
export const floors: Readonly<Record<string, number>> = {
  "matmul/1024x1024x1024": 0.55,
  "matmul/32x9216x4096": 0.35,
  "conv2d/alexnet/conv1/forward": 0.55,
  "conv2d/alexnet/conv2/forward": 2.2,
  "conv2d/alexnet/conv3/forward": 1.1,
  "conv2d/alexnet/conv3/gradient of images": 1.05,
  "conv2d/alexnet/conv3/gradient of filter": 0.95,
  "conv2d/vgg16/conv3_2/forward": 1.8,
  "conv2d/vgg16/conv3_2/gradient of images": 1.65,
  "conv2d/vgg16/conv3_2/gradient of filter": 1.4,
  "lrn/gradient": 0.19,
  "max pool 3x3/2/forward and gradient": 0.2,
  "batch norm/forward and gradient": 0.27,
  "relu/forward": 0.6,
  "add/forward": 0.7,
  "softmax/forward": 0.17,
  "update/momentum": 1,
  "copy/transpose": 0.19,
};
