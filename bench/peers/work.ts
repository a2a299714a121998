/** What peers are asked to do: everything a program needs to know, with its numbers in files of raw float32. */

export type Work = NetworkWork | ProductWork | PlaneWork | KernelWork | PeakWork;

/** The convolutional part of a network: images to the last pool; backward, the gradients of half its sum of squares. */
export interface NetworkWork {
  readonly kind: "network";
  readonly model: "alexnet" | "vgg16";
  readonly backward: boolean;
  readonly images: Floats;
  readonly layers: readonly Layer[];
}

export type Layer = ConvolutionLayer | PoolLayer;

/** Convolution, bias, relu; then local response normalization where `lrn` says so. */
export interface ConvolutionLayer {
  readonly kind: "conv";
  readonly name: string;
  /** `[height, width, inChannels, outChannels]`. */
  readonly weights: Floats;
  readonly biases: Floats;
  readonly stride: number;
  /** Zeros before and after, the same for height and width. */
  readonly padding: readonly [before: number, after: number];
  readonly lrn: Lrn | null;
}

/** x / (bias + alpha * sum of x² over the window)^beta. ONNX and PyTorch want alpha times the window's size. */
export interface Lrn {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Maxima of windows that lie within the image. */
export interface PoolLayer {
  readonly kind: "pool";
  readonly size: number;
  readonly stride: number;
}

/** The product of two matrices. */
export interface ProductWork {
  readonly kind: "product";
  readonly a: Floats;
  readonly b: Floats;
}

/** The notes' first program: a plane through points by gradient descent; one run is so many steps. */
export interface PlaneWork {
  readonly kind: "plane";
  readonly steps: number;
  readonly learningRate: number;
  /** `[2, points]`, and the heights `[points]`. */
  readonly x: Floats;
  readonly y: Floats;
  /** `[1, 2]`: where W starts; b starts at 0. */
  readonly start: Floats;
  /** Results are compared after so many steps, while they still differ from the fit. */
  readonly checkedSteps: number;
}

/** One of Millrace's own kernels, by its name in bench/kernels. */
export interface KernelWork {
  readonly kind: "kernel";
  readonly name: string;
}

/** The machine's peak: multiply-adds in registers, all threads. They compute nothing that somebody could agree with. */
export interface PeakWork {
  readonly kind: "peak";
}

/** A tensor in a file: float32, little-endian, row-major, images as `[batch, height, width, channels]`. */
export interface Floats {
  readonly file: string;
  readonly shape: readonly number[];
}
