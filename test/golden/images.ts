import { gradients } from "../../src/autodiff/gradients.ts";
import { type NestedArray, shapeOfNested } from "../../src/core/ndarray.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Build, Options } from "../support/check-op.ts";
import type { Golden } from "../support/test-op.ts";
import { hashedUniform } from "./hashed-numbers.ts";
import lrn from "./lrn.json" with { type: "json" };
import pools from "./pools.json" with { type: "json" };

/** What the lines of pools.json and lrn.json share. */
interface ImageCase {
  readonly title: string;
  /** A shape; what fills it is `hashedUniform` with seed 1, for dy with seed 2. */
  readonly images: readonly number[];
  readonly options: Options;
  readonly y: NestedArray;
  readonly dImages: NestedArray;
}

export function poolGoldens(op: "maxPool" | "avgPool"): Golden[] {
  return goldens(
    pools.filter((line) => line.op === op),
    "test/golden/pools.py",
    1,
  );
}

export function lrnGoldens(): Golden[] {
  return goldens(lrn, "test/golden/lrn.py", 3);
}

/** @param scale of the images: they lie between -scale and scale. */
function goldens(cases: readonly ImageCase[], from: string, scale: number): Golden[] {
  return cases.map(({ title, images, options, y, dImages }) => ({
    inputs: { images: hashedUniform(images, 1, scale), dy: hashedUniform(shapeOfNested(y), 2) },
    options,
    outputs: [y, dImages],
    tolerance: { rtol: 1.3e-6, of: "largest", why: "gradients are differences" },
    from: `${from}: ${title}`,
  }));
}

/** Builds the op and the gradient of its images, for `dy` coming back. */
export function withImageGradient<O>(op: (images: Tensor, options: O) => Tensor): Build {
  return ({ images, dy }: Record<"images" | "dy", Tensor>, options: O) => {
    const y = op(images, options);
    const [dImages] = gradients(y, [images], { gradYs: [dy] });
    return dImages === null ? [y] : [y, dImages];
  };
}
