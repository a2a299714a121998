import { launch, type WasmKernel } from "../kernel.ts";
import { columnScratchBytes, rowsOf, splitColumns, splitRows } from "./shared/rows.ts";

export const fusedBatchNormGrad: WasmKernel<"FusedBatchNormGrad"> = {
  launches: ({ inputs, outputs, attrs: { isTraining }, workspace: partials }) => {
    const [dy, x, scale, mean, inverse] = inputs.map(({ address }) => address);
    const [dx, dScale, dOffset] = outputs.map(({ address }) => address);
    const matrix = rowsOf(inputs[0]!.shape);
    const { rows, columns: channels } = matrix;
    const { rowsPerChunk, chunks, columnsPerTask: channelsPerTask, tasks, combiningTasks } = splitColumns(matrix);
    const last = splitRows(matrix);
    const coefficients = partials + chunks * 3 * channels * 8;
    const sums = { dy: dy!, x: x!, mean: mean!, partials, rows, channels, rowsPerChunk, channelsPerTask };
    return [
      launch("batchNormSums", tasks, sums, columnScratchBytes(channelsPerTask, 3)),
      launch("batchNormCoefficients", combiningTasks, {
        partials,
        scale: scale!,
        inverse: inverse!,
        dScale: dScale!,
        dOffset: dOffset!,
        coefficients,
        chunks,
        channels,
        rows: isTraining ? rows : 0,
      }),
      launch("batchNormGrad", last.tasks, {
        dy: dy!,
        x: x!,
        dx: dx!,
        mean: mean!,
        coefficients,
        rows,
        channels,
        rowsPerTask: last.rowsPerTask,
        training: isTraining ? 1 : 0,
      }),
    ];
  },
  workspaceBytes: ({ inputs: [dy] }) => {
    const matrix = rowsOf(dy!.shape);
    return (splitColumns(matrix).chunks * 3 * 8 + 4 * 4) * matrix.columns;
  },
};
