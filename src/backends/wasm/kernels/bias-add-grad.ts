import { float, launch, type WasmKernel } from "../kernel.ts";
import { columnScratchBytes, rowsOf, splitColumns } from "./shared/rows.ts";

export const biasAddGrad: WasmKernel<"BiasAddGrad"> = {
  launches: ({ inputs: [dy], outputs: [dBias], workspace: partials }) => {
    const matrix = rowsOf(dy!.shape);
    const { rows, columns } = matrix;
    const { rowsPerChunk, chunks, columnsPerTask, tasks, combiningTasks } = splitColumns(matrix);
    // A single chunk is the sum already.
    const y = chunks === 1 ? dBias!.address : 0;
    const args = { x: dy!.address, partials, y, rows, columns, rowsPerChunk, columnsPerTask };
    const sums = launch("columnSums", tasks, args, columnScratchBytes(columnsPerTask, 1));
    if (chunks === 1) return [sums];
    return [
      sums,
      launch("addPartials", combiningTasks, { partials, y: dBias!.address, chunks, columns, factor: float(1) }),
    ];
  },
  workspaceBytes: ({ inputs: [dy] }) => {
    const matrix = rowsOf(dy!.shape);
    return splitColumns(matrix).chunks * matrix.columns * 8;
  },
};
