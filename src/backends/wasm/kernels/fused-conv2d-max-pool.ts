import type { ConvolutionAndPool } from "../../../ops/fused-conv2d-max-pool.ts";
import { chooseConvolution, winogradForm } from "../algorithms.ts";
import type { Placed, WasmKernel } from "../kernel.ts";
import { launchPool } from "../pool.ts";
import { conv2dLaunches, conv2dWorkspaceBytes } from "./conv2d.ts";
import { roundUp } from "./shares.ts";

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
    const common = { inputs, algorithm, workspace, geometry: convolution };
    if (winogradForm(algorithm, convolution.kernelHeight) !== undefined) {
      return conv2dLaunches({ ...common, outputs: [pooled!], winners: winners! }, bias, attrs.activation, machine);
    }
    const results = placeOfResults(step);
    return [
      ...conv2dLaunches({ ...common, outputs: [results] }, bias, attrs.activation, machine),
      ...launchPool("maxPool", { images: results, pooled: pooled!, winners }, pool, "pooled"),
    ];
  },
  workspaceBytes: ({ geometry: { convolution }, algorithm }) => {
    const filter = conv2dWorkspaceBytes({ geometry: convolution, algorithm });
    if (winogradForm(algorithm, convolution.kernelHeight) !== undefined) return filter;
    return roundUp(filter, LINE) + 4 * resultsOf(convolution).reduce((product, size) => product * size, 1);
  },
  algorithm: ({ geometry }, wish) => chooseConvolution(geometry.convolution, wish),
};

/** Bytes of a cache line: where results begin. */
const LINE = 64;

interface DirectStep {
  readonly geometry: ConvolutionAndPool;
  readonly algorithm?: string | undefined;
  readonly workspace: number;
}

/** Where the direct kernel's results lie in the workspace. */
function placeOfResults({ geometry: { convolution }, algorithm, workspace }: DirectStep): Placed {
  const filter = conv2dWorkspaceBytes({ geometry: convolution, algorithm });
  return { address: workspace + roundUp(filter, LINE), shape: resultsOf(convolution), dtype: "float32" };
}

function resultsOf({ batch, outHeight, outWidth, outChannels }: ConvolutionAndPool["convolution"]): readonly number[] {
  return [batch, outHeight, outWidth, outChannels];
}
