import type { PoolGeometry } from "../../../../ops/shared/pool-window.ts";
import { type Launch, launch, type Placed } from "../../kernel.ts";
import { splitRows } from "./rows.ts";

/** The tensors of a pool, going forward or back. */
export interface PoolTensors {
  readonly images: Placed;
  readonly pooled: Placed;
  /** Of max pools. */
  readonly winners?: Placed | undefined;
}

/** A launch of a pool kernel; the words are `PoolArgs` of assembly/pool-args.ts. */
export function launchPool(
  kernel: string,
  { images, pooled, winners }: PoolTensors,
  { batch, channels, height, width }: PoolGeometry,
  writes: "images" | "pooled",
): readonly Launch[] {
  const [rows, columns] = writes === "images" ? [height.input, width.input] : [height.output, width.output];
  const { rowsPerTask, tasks } = splitRows({ rows: batch * rows, columns: columns * channels });
  const args = {
    images: images.address,
    pooled: pooled.address,
    winners: winners?.address ?? 0,
    batch,
    channels,
    inHeight: height.input,
    kernelHeight: height.kernel,
    strideHeight: height.stride,
    top: height.before,
    outHeight: height.output,
    inWidth: width.input,
    kernelWidth: width.kernel,
    strideWidth: width.stride,
    left: width.before,
    outWidth: width.output,
    rowsPerTask,
  };
  return [launch(kernel, tasks, args)];
}
