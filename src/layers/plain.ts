import { ShapeError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { dropout as dropoutOp, reshape } from "../ops/index.ts";
import { requireArguments, requireTraining } from "./requirements.ts";

export interface DropoutOptions {
  /** Part that is dropped, from 0 to below 1; default 0.5. A placeholder, to train and to use one graph: 0 drops nothing. */
  readonly rate?: number | Tensor;
  /** Whether anything is dropped; default false. */
  readonly training?: boolean;
  /** 1 for each dimension along which choices are shared, else null: `[null, 1, 1, null]` drops whole channels of images. */
  readonly noiseShape?: readonly (number | null)[];
  readonly name?: string;
}

/** Dropout when training, else x itself. @throws ValueError when `training` is no boolean. */
export function dropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  requireArguments("dropout", x, options, "rate");
  const { rate = 0.5, training = false, noiseShape, name = "dropout" } = options;
  requireTraining("layers.dropout", training);
  return training ? dropoutOp(x, { rate, name, ...(noiseShape === undefined ? {} : { noiseShape }) }) : x;
}

/** `[batch, ...]` as `[batch, product of the rest]`. @throws ShapeError when one of the rest is unknown. */
export function flatten(x: Tensor, options: { readonly name?: string } = {}): Tensor {
  requireArguments("flatten", x, options, "name");
  let size = 1;
  for (const dimension of x.shape.slice(1)) {
    if (dimension === null) {
      throw new ShapeError({
        problem: "layers.flatten: only the batch may be unknown.",
        operands: [{ name: x.name, value: formatShape(x.shape) }],
        fix: "give the placeholder its height, width and channels.",
        site: x.op.site,
      });
    }
    size *= dimension;
  }
  return reshape(x, [-1, size], { name: options.name ?? "flatten" });
}
