import { float, type Launch, launch, type Placed, type WasmKernel } from "../kernel.ts";
import { columnScratchBytes, type Rows, rowsOf, splitColumns, splitRows } from "./shared/rows.ts";

export const fusedBatchNorm: WasmKernel<"FusedBatchNorm"> = {
  launches: ({ inputs: [x, scale, offset, ...given], outputs: [y, ...moments], attrs, workspace }) => {
    const matrix = rowsOf(x!.shape);
    const { rows, columns: channels } = matrix;
    const { rowsPerTask, tasks } = splitRows(matrix);
    const [mean, variance, inverse] = moments.map(({ address }) => address);
    // Of the workspace, the coefficients come first, then the chunks' moments.
    const channel = {
      scale: scale!.address,
      offset: offset!.address,
      mean: mean!,
      variance: variance!,
      inverse: inverse!,
      coefficients: workspace,
    };
    const before = attrs.isTraining
      ? launchMoments(x!, matrix, channel, attrs.epsilon)
      : [launchGiven(given, channel, channels, attrs.epsilon)];
    const args = { x: x!.address, y: y!.address, mean: mean!, coefficients: workspace, rows, channels, rowsPerTask };
    return [...before, launch("batchNormalize", tasks, args)];
  },
  workspaceBytes: ({ inputs: [x], attrs }) => {
    const matrix = rowsOf(x!.shape);
    const chunks = attrs.isTraining ? splitColumns(matrix).chunks : 0;
    return (2 * 4 + chunks * 2 * 8) * matrix.columns;
  },
};

/** Addresses of `[channels]` each, in the order of the kernels' records. */
interface ChannelAddresses {
  readonly scale: number;
  readonly offset: number;
  readonly mean: number;
  readonly variance: number;
  readonly inverse: number;
  /** `[2, channels]` */
  readonly coefficients: number;
}

/** The batch's own moments: of chunks of rows, then put together. */
function launchMoments(x: Placed, matrix: Rows, channel: ChannelAddresses, epsilon: number): Launch[] {
  const { rows, columns: channels } = matrix;
  const { rowsPerChunk, columnsPerTask: channelsPerTask, tasks, combiningTasks } = splitColumns(matrix);
  const partials = channel.coefficients + 2 * channels * 4;
  const args = { x: x.address, partials, rows, channels, rowsPerChunk, channelsPerTask };
  return [
    launch("batchMoments", tasks, args, columnScratchBytes(channelsPerTask, 3)),
    launch("combineMoments", combiningTasks, {
      partials,
      ...channel,
      rows,
      channels,
      rowsPerChunk,
      epsilon: float(epsilon),
    }),
  ];
}

function launchGiven(
  [mean, variance]: readonly Placed[],
  channel: ChannelAddresses,
  channels: number,
  epsilon: number,
): Launch {
  const given = { givenMean: mean!.address, givenVariance: variance!.address };
  return launch("givenMoments", 1, { ...given, ...channel, channels, epsilon: float(epsilon) });
}
