import { float, type Launch, launch, type Placed, type WasmKernel } from "../kernel.ts";
import { type Rows, rowsOf, splitColumns, splitRows } from "../rows.ts";

export const fusedBatchNorm: WasmKernel<"FusedBatchNorm"> = {
  launches: ({ inputs: [x, scale, offset, ...given], outputs: [y, ...moments], attrs, workspace }) => {
    const matrix = rowsOf(x!.shape);
    const { rows, columns: channels } = matrix;
    const [mean, , inverse] = moments;
    const { rowsPerTask, tasks } = splitRows(matrix);
    const args = {
      x: x!.address,
      y: y!.address,
      mean: mean!.address,
      inverse: inverse!.address,
      scale: scale!.address,
      offset: offset!.address,
      rows,
      channels,
      rowsPerTask,
    };
    const before = attrs.isTraining
      ? launchMoments(x!, matrix, moments, attrs.epsilon, workspace)
      : [launchGiven(given, moments, channels, attrs.epsilon)];
    return [...before, launch("batchNormalize", tasks, args)];
  },
  workspaceBytes: ({ inputs: [x], attrs }) => {
    if (!attrs.isTraining) return 0;
    const matrix = rowsOf(x!.shape);
    return splitColumns(matrix).chunks * 2 * matrix.columns * 4;
  },
};

/** The batch's own moments: of chunks of rows, then put together. */
function launchMoments(
  x: Placed,
  matrix: Rows,
  moments: readonly Placed[],
  epsilon: number,
  partials: number,
): Launch[] {
  const { rows, columns: channels } = matrix;
  const { rowsPerChunk, columnsPerTask: channelsPerTask, tasks, combiningTasks } = splitColumns(matrix);
  const [mean, variance, inverse] = moments.map(({ address }) => address);
  return [
    launch("batchMoments", tasks, { x: x.address, partials, rows, channels, rowsPerChunk, channelsPerTask }),
    launch("combineMoments", combiningTasks, {
      partials,
      mean: mean!,
      variance: variance!,
      inverse: inverse!,
      rows,
      channels,
      rowsPerChunk,
      epsilon: float(epsilon),
    }),
  ];
}

function launchGiven(given: readonly Placed[], moments: readonly Placed[], channels: number, epsilon: number): Launch {
  const [givenMean, givenVariance] = given.map(({ address }) => address);
  const [mean, variance, inverse] = moments.map(({ address }) => address);
  return launch("givenMoments", 1, {
    givenMean: givenMean!,
    givenVariance: givenVariance!,
    mean: mean!,
    variance: variance!,
    inverse: inverse!,
    channels,
    epsilon: float(epsilon),
  });
}
