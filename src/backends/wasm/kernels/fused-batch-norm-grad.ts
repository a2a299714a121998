import { float, launch, type WasmKernel } from "../kernel.ts";
import { rowsOf, splitColumns, splitRows } from "../rows.ts";

export const fusedBatchNormGrad: WasmKernel<"FusedBatchNormGrad"> = {
  launches: ({ inputs, outputs, attrs: { isTraining }, workspace: partials }) => {
    const [dy, x, scale, mean, inverse] = inputs.map(({ address }) => address);
    const [dx, dScale, dOffset] = outputs.map(({ address }) => address);
    const matrix = rowsOf(inputs[0]!.shape);
    const { rows, columns: channels } = matrix;
    const { rowsPerChunk, chunks, columnsPerTask: channelsPerTask, tasks, combiningTasks } = splitColumns(matrix);
    const add = { chunks, columns: channels, pitch: 2 * channels, factor: float(1) };
    const moments = { mean: mean!, inverse: inverse! };
    const last = splitRows(matrix);
    return [
      launch("batchNormSums", tasks, {
        dy: dy!,
        x: x!,
        ...moments,
        partials,
        rows,
        channels,
        rowsPerChunk,
        channelsPerTask,
      }),
      // A chunk's sums of dy come before those of dy h.
      launch("addPartials", combiningTasks, { partials, y: dOffset!, ...add }),
      launch("addPartials", combiningTasks, { partials: partials + 4 * channels, y: dScale!, ...add }),
      launch("batchNormGrad", last.tasks, {
        dy: dy!,
        x: x!,
        dx: dx!,
        ...moments,
        scale: scale!,
        dScale: dScale!,
        dOffset: dOffset!,
        rows,
        channels,
        rowsPerTask: last.rowsPerTask,
        share: float(isTraining ? 1 / rows : 0),
      }),
    ];
  },
  workspaceBytes: ({ inputs: [dy] }) => {
    const matrix = rowsOf(dy!.shape);
    return splitColumns(matrix).chunks * 2 * matrix.columns * 4;
  },
};
