import { BYTES_PER_ELEMENT } from "../../../core/dtype.ts";
import { launch, type WasmKernel } from "../kernel.ts";
import { splitRows } from "./shared/rows.ts";

export const gather: WasmKernel<"GatherV2"> = {
  launches: ({ inputs, outputs, geometry: { batch, outer, rows, count, inner } }) => {
    const [params, indices, y] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const units = batch * outer * count;
    const { tasks, rowsPerTask: unitsPerTask } = splitRows({ rows: units, columns: inner });
    const addresses = { params: params.address, indices: indices.address, y: y.address };
    const bytes = inner * BYTES_PER_ELEMENT[params.dtype];
    return [launch("gather", tasks, { ...addresses, outer, rows, count, bytes, units, unitsPerTask })];
  },
};
