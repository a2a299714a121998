/**
 * A convolutional network as a table: what the papers print. `build-features.ts` and `model.ts` make graphs of it, the
 * command line its summaries and benchmarks.
 */
export interface Architecture {
  readonly name: ModelName;
  /** Height and width of the images the paper uses. */
  readonly imageSize: number;
  readonly channels: number;
  readonly features: readonly FeatureLayer[];
  /** Widths of the fully connected layers before the last one, which has one output per class. */
  readonly dense: readonly number[];
  /** Whether dropout stands before each of those layers: on the flattened last pool, and on what goes into the next ones. */
  readonly dropout: boolean;
  readonly classes: number;
  /** Which normalization the paper uses. */
  readonly normalization: Normalization;
  readonly activation: "relu" | "tanh";
  /** Where the table comes from. */
  readonly source: string;
}

export type FeatureLayer = Convolution | Pool;

/** A convolution with bias and activation, whose padding is SAME unless said otherwise. */
export interface Convolution {
  readonly kind: "conv";
  readonly name: string;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: "SAME" | "VALID";
  /** Whether `normalization: "lrn"` puts a local response normalization behind it. */
  readonly lrn: boolean;
}

export interface Pool {
  readonly kind: "pool";
  readonly name: string;
  readonly size: number;
  readonly stride: number;
  readonly pooling: "max" | "avg";
}

/** `lrn`: local response normalization where the paper has it; `batch`: after every convolution; or none. */
export type Normalization = (typeof NORMALIZATIONS)[number];
export const NORMALIZATIONS = ["lrn", "batch", "none"] as const;

export type ModelName = "lenet5" | "alexnet" | "vgg11" | "vgg13" | "vgg16" | "vgg19";
