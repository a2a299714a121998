import { launch, type WasmKernel } from "../kernel.ts";
import { rowsOf, splitRows } from "./shared/rows.ts";

export const biasAdd: WasmKernel<"BiasAdd"> = {
  launches: ({ inputs: [x, bias], outputs: [y] }) => {
    const matrix = rowsOf(x!.shape);
    const { rowsPerTask, tasks } = splitRows(matrix);
    const { rows, columns: channels } = matrix;
    return [
      launch("biasAdd", tasks, { x: x!.address, bias: bias!.address, y: y!.address, rows, channels, rowsPerTask }),
    ];
  },
};
