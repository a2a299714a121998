/** What is done to every picture of a batch, so that all have one size. */
import { ValueError } from "../core/errors.ts";
import { outputSize } from "./augment/apply.ts";
import { requireMoments } from "./augment/normalize.ts";
import type { Transform } from "./augment/transform.ts";
import { type ImageSource, withChannels } from "./image.ts";
import type { Recipe } from "./produce.ts";

/** @throws ValueError, ShapeError when pictures would not have one size, or channels that do not fit, known or not. */
export function recipeOf(
  source: ImageSource,
  transforms: readonly Transform[],
  seed: number,
  wanted: 1 | 3 | undefined,
): Recipe {
  const first = source.channels !== undefined && source.height !== undefined ? undefined : peek(source);
  const height = source.height ?? first?.height;
  const width = source.width ?? first?.width;
  const size = outputSize(transforms, height === undefined || width === undefined ? undefined : { height, width });
  const channels = wanted ?? source.channels ?? first?.channels;
  if (channels === undefined) {
    throw new ValueError({
      problem: "batches: the source does not say how many channels its pictures have.",
      fix: "pass channels: 3, or 1 for grey.",
    });
  }
  // What would be wrong with every picture is wrong with none.
  for (const transform of transforms) if (transform.type === "normalize") requireMoments(transform, channels);
  const own = source.channels ?? first?.channels ?? channels;
  withChannels({ pixels: new Uint8Array(own), height: 1, width: 1, channels: own }, channels);
  if (size.height === null || size.width === null) {
    throw new ValueError({
      problem: "batches: the pictures of a batch need one size, and the transforms do not give them one.",
      fix: "end them with centerCrop, randomCrop or randomResizedCrop, or use a preset.",
    });
  }
  return { transforms, seed, height: size.height, width: size.width, channels, views: size.views };
}

/** The first picture of a source that has it at hand: all of its pictures are of that size, or the batch says so. */
function peek(source: ImageSource): { height: number; width: number; channels: number } | undefined {
  if (source.describe !== undefined) return undefined;
  const picture = source.get(0);
  if (!(picture instanceof Promise)) return picture;
  picture.catch(() => undefined);
  return undefined;
}
