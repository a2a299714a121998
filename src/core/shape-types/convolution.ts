/** Convolution and pooling. Images are NHWC, filters HWIO. Heights and widths need arithmetic and become `number`. */
import type { Shape } from "../shape.ts";
import type { Agree, Computed, Dim, DimText, HasRank, MergeDim, Rankless, ShapeText } from "./dim.ts";

type Rank4 = readonly [Dim, Dim, Dim, Dim];
/** The shape when its rank is known to be 4, else four unknown dimensions. */
type As4<S extends Shape> = [S] extends [Rank4] ? S : Rank4;

/** `[batch, height, width]` of what a window that slides over S gives. */
type Slide<S extends Rank4> = [S[0], Computed<S[1]>, Computed<S[2]>];

/**
 * The shape of `conv2d`: `[batch, number, number, out]`. A height that is unknown until run time stays `null`.
 *
 * @example Conv2D<[128, 224, 224, 3], [11, 11, 3, 96]> // [128, number, number, 96]
 */
export type Conv2D<Images extends Shape, Filter extends Shape> = [...Slide<As4<Images>>, As4<Filter>[3]];

/**
 * Why images and filter do not fit, or undefined. With a `groups` other than 1 channels would need a division and are
 * left to the check when the graph is built.
 *
 * @example Conv2DProblem<[8, 27, 27, 96], [5, 5, 48, 256]>
 * // "conv2d: images [8, 27, 27, 96] and filter [5, 5, 48, 256] disagree on channels: 96 and 48"
 */
export type Conv2DProblem<Images extends Shape, Filter extends Shape, Groups extends number = 1> =
  NotRank4<"conv2d", Images, Filter> extends infer Problem extends string
    ? Problem
    : [Groups] extends [1]
      ? ChannelsProblem<"conv2d", Images, Filter, As4<Filter>[2]>
      : undefined;

/**
 * The shape of `depthwiseConv2d`, filter `[height, width, in, multiplier]`: `[batch, number, number, in * multiplier]`.
 * The product is known where one of the two is 1.
 *
 * @example DepthwiseConv2D<[8, 32, 32, 64], [3, 3, 64, 1]> // [8, number, number, 64]
 */
export type DepthwiseConv2D<Images extends Shape, Filter extends Shape> = [
  ...Slide<As4<Images>>,
  Times<MergeDim<As4<Images>[3], As4<Filter>[2]>, As4<Filter>[3]>,
];

type Times<X extends Dim, Y extends Dim> = [X] extends [1] ? Y : [Y] extends [1] ? X : Computed<X | Y>;

/** Why images and filter do not fit, or undefined. @see Conv2DProblem */
export type DepthwiseConv2DProblem<Images extends Shape, Filter extends Shape> =
  NotRank4<"depthwiseConv2d", Images, Filter> extends infer Problem extends string
    ? Problem
    : ChannelsProblem<"depthwiseConv2d", Images, Filter, As4<Filter>[2]>;

/**
 * The shape of `conv2dTranspose`. Its filter is that of the convolution it transposes, `[height, width, out, in]`
 * (TensorFlow's order): the images' channels are its last axis.
 *
 * @example Conv2DTranspose<[8, 7, 7, 64], [5, 5, 32, 64]> // [8, number, number, 32]
 */
export type Conv2DTranspose<Images extends Shape, Filter extends Shape> = [...Slide<As4<Images>>, As4<Filter>[2]];

/** Why images and filter do not fit, or undefined. @see Conv2DProblem */
export type Conv2DTransposeProblem<Images extends Shape, Filter extends Shape> =
  NotRank4<"conv2dTranspose", Images, Filter> extends infer Problem extends string
    ? Problem
    : ChannelsProblem<"conv2dTranspose", Images, Filter, As4<Filter>[3]>;

/** The shape of `depthToSpace` and `spaceToDepth`. @example BlockShape<[8, 4, 4, 12]> // [8, number, number, number] */
export type BlockShape<Images extends Shape> = [...Slide<As4<Images>>, Computed<As4<Images>[3]>];

/** The shape of a pooling op. @example Pool<[8, 224, 224, 64]> // [8, number, number, 64] */
export type Pool<Images extends Shape> = [...Slide<As4<Images>>, As4<Images>[3]];

/**
 * Why these are no images, or undefined.
 *
 * @example ImagesProblem<"maxPool", [8, 784]> // "maxPool: images are [batch, height, width, channels], not [8, 784]"
 */
export type ImagesProblem<Op extends string, Images extends Shape> =
  HasRank<Images, Rank4> extends true
    ? undefined
    : `${Op}: images are [batch, height, width, channels], not ${ShapeText<Images>}`;

type NotRank4<Op extends string, Images extends Shape, Filter extends Shape> =
  HasRank<Images, Rank4> extends true
    ? HasRank<Filter, Rank4> extends true
      ? undefined
      : `${Op}: a filter has 4 dimensions, not ${ShapeText<Filter>}`
    : ImagesProblem<Op, Images>;

type ChannelsProblem<Op extends string, Images extends Shape, Filter extends Shape, Takes extends Dim> = true extends
  | Rankless<Images>
  | Rankless<Filter>
  | Agree<As4<Images>[3], Takes>
  ? undefined
  : `${Op}: images ${ShapeText<Images>} and filter ${ShapeText<Filter>} disagree on channels: ${DimText<As4<Images>[3]>} and ${DimText<Takes>}`;
