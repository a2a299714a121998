import { CACHE_LINE, roundUp } from "../../../core/alignment.ts";
import { sizeOf } from "../../../core/shape.ts";
import { resultShape } from "../../../ops/shared/conv2d-geometry.ts";
import { chooseConvolution, winogradForm } from "../algorithms.ts";
import type { Placed, WasmKernel } from "../kernel.ts";
import { launchPool } from "./shared/pool.ts";
import { type Conv2DChoice, conv2dLaunches, conv2dWorkspaceBytes } from "./conv2d.ts";

/**
 * Winograd's transforms pool their results before they leave the cache. The direct kernel's go to the workspace, behind the filter,
 * and a launch of its own pools them.
 */
export const fusedConv2DMaxPool: WasmKernel<"FusedConv2DMaxPool"> = {
  launches: (step, machine) => {
    const { inputs, outputs, attrs, workspace, algorithm } = step;
    const { convolution, pool } = step.geometry;
    const [pooled, winners] = outputs;
    const bias = inputs[2]?.address ?? 0;
    const choice = { geometry: convolution, algorithm };
    const common = { inputs, workspace, ...choice };
    if (winogradForm(algorithm, convolution.kernelHeight) !== undefined) {
      return conv2dLaunches({ ...common, outputs: [pooled!], winners: winners! }, bias, attrs.activation, machine);
    }
    const results: Placed = {
      address: workspace + resultsAt(choice),
      shape: resultShape(convolution),
      dtype: "float32",
    };
    return [
      ...conv2dLaunches({ ...common, outputs: [results] }, bias, attrs.activation, machine),
      ...launchPool("maxPool", { images: results, pooled: pooled!, winners }, pool, "pooled"),
    ];
  },
  workspaceBytes: ({ geometry: { convolution }, algorithm }) => {
    const choice = { geometry: convolution, algorithm };
    return winogradForm(algorithm, convolution.kernelHeight) === undefined
      ? resultsAt(choice) + 4 * sizeOf(resultShape(convolution))
      : conv2dWorkspaceBytes(choice);
  },
  algorithm: ({ geometry }, wish) => chooseConvolution(geometry.convolution, wish),
};

/** Bytes of workspace before the direct kernel's results: its filter. */
function resultsAt(choice: Conv2DChoice): number {
  return roundUp(conv2dWorkspaceBytes(choice), CACHE_LINE);
}
