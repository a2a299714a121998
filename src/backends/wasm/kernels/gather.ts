import { BYTES_PER_ELEMENT } from "../../../core/dtype.ts";
import { sizeOf } from "../../../core/shape.ts";
import { launch, type WasmKernel } from "../kernel.ts";
import { rowTasks } from "../row-tasks.ts";

export const gather: WasmKernel<"GatherV2"> = {
  launches: ({ inputs, outputs, geometry: { axis } }) => {
    const [params, indices, y] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const inner = sizeOf(params.shape.slice(axis + 1));
    const count = sizeOf(indices.shape);
    const units = sizeOf(params.shape.slice(0, axis)) * count;
    const { tasks, rowsPerTask: unitsPerTask } = rowTasks(units, inner);
    const addresses = { params: params.address, indices: indices.address, y: y.address };
    const bytes = inner * BYTES_PER_ELEMENT[params.dtype];
    return [launch("gather", tasks, { ...addresses, rows: params.shape[axis]!, count, bytes, units, unitsPerTask })];
  },
};
