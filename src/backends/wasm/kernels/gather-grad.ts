import { sizeOf } from "../../../core/shape.ts";
import { launch, type WasmKernel } from "../kernel.ts";
import { rowTasks } from "../row-tasks.ts";

export const gatherGrad: WasmKernel<"GatherGrad"> = {
  launches: ({ inputs, outputs, geometry: { axis } }) => {
    const [dy, indices, dx] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const rows = dx.shape[axis]!;
    const inner = sizeOf(dx.shape.slice(axis + 1));
    const { tasks: blocks, rowsPerTask } = rowTasks(rows, inner);
    const addresses = { dy: dy.address, indices: indices.address, dx: dx.address };
    const tasks = blocks * sizeOf(dx.shape.slice(0, axis));
    return [
      launch("gatherGrad", tasks, { ...addresses, rows, count: sizeOf(indices.shape), inner, rowsPerTask, blocks }),
    ];
  },
};
