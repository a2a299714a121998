import { sizeOf } from "../../../core/shape.ts";
import { launch, type WasmKernel } from "../kernel.ts";
import { rowTasks } from "../row-tasks.ts";

export const topKGrad: WasmKernel<"TopKGrad"> = {
  launches: ({ inputs, outputs }) => {
    const [dy, indices, dx] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const length = dx.shape.at(-1)!;
    const rows = sizeOf(dx.shape.slice(0, -1));
    const { tasks, rowsPerTask } = rowTasks(rows, length);
    const addresses = { dy: dy.address, indices: indices.address, dx: dx.address };
    return [launch("topKGrad", tasks, { ...addresses, rows, rowsPerTask, length, k: dy.shape.at(-1)! })];
  },
};
