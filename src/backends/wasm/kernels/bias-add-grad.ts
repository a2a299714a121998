import { float, launch, type WasmKernel } from "../kernel.ts";
import { rowsOf, splitColumns } from "../rows.ts";

export const biasAddGrad: WasmKernel<"BiasAddGrad"> = {
  launches: ({ inputs: [dy], outputs: [dBias], workspace }) => {
    const matrix = rowsOf(dy!.shape);
    const { rows, columns } = matrix;
    const { rowsPerChunk, chunks, columnsPerTask, tasks, combiningTasks } = splitColumns(matrix);
    // A single chunk is the sum already.
    const partials = chunks === 1 ? dBias!.address : workspace;
    const sums = launch("columnSums", tasks, { x: dy!.address, partials, rows, columns, rowsPerChunk, columnsPerTask });
    if (chunks === 1) return [sums];
    const args = { partials, y: dBias!.address, chunks, columns, pitch: columns, factor: float(1) };
    return [sums, launch("addPartials", combiningTasks, args)];
  },
  workspaceBytes: ({ inputs: [dy] }) => {
    const { chunks } = splitColumns(rowsOf(dy!.shape));
    return chunks === 1 ? 0 : chunks * rowsOf(dy!.shape).columns * 4;
  },
};
