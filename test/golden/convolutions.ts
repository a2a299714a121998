import { gradients } from "../../src/autodiff/gradients.ts";
import { type NestedArray, shapeOfNested } from "../../src/core/ndarray.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Build, Options } from "../support/check-op.ts";
import type { Golden } from "../support/test-op.ts";
import { wholeNumbers } from "./hashed-numbers.ts";

/** A line of conv2d.json, depthwise-conv2d.json or conv2d-transpose.json. */
export interface ConvolutionCase {
  readonly title: string;
  /** Shapes; what fills them is `wholeNumbers` with seeds 1, 2 and, for dy, 3. */
  readonly images: readonly number[];
  readonly filter: readonly number[];
  readonly options: Options;
  readonly y: NestedArray;
  readonly dImages: NestedArray;
  readonly dFilter: NestedArray;
}

export function convolutionGoldens(cases: readonly ConvolutionCase[], from: string): Golden[] {
  return cases.map(({ title, images, filter, options, y, dImages, dFilter }) => ({
    inputs: {
      images: wholeNumbers(images, 1),
      filter: wholeNumbers(filter, 2),
      dy: wholeNumbers(shapeOfNested(y), 3),
    },
    options,
    outputs: [y, dImages, dFilter],
    tolerance: { rtol: 0, why: "whole numbers" },
    from: `${from}: ${title}`,
  }));
}

/** Builds the op and the gradients of both inputs, for `dy` coming back. */
export function withGradients(op: (images: Tensor, filter: Tensor, options: Options) => Tensor): Build {
  return ({ images, filter, dy }: Record<"images" | "filter" | "dy", Tensor>, options: Options) => {
    const y = op(images, filter, options);
    return [y, ...gradients(y, [images, filter], { gradYs: [dy] })].filter((tensor) => tensor !== null);
  };
}
