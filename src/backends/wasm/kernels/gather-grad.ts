import { launch, type WasmKernel } from "../kernel.ts";
import { splitRows } from "./shared/rows.ts";

export const gatherGrad: WasmKernel<"GatherGrad"> = {
  launches: ({ inputs, outputs, geometry: { batch, outer, rows, count, inner } }) => {
    const [dy, indices, dx] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const { tasks: blocks, rowsPerTask: rowsPerBlock } = splitRows({ rows, columns: inner });
    const units = batch * outer * blocks;
    const { tasks, rowsPerTask: unitsPerTask } = splitRows({
      rows: units,
      columns: Math.min(rowsPerBlock, rows) * inner,
    });
    const addresses = { dy: dy.address, indices: indices.address, dx: dx.address };
    const words = { outer, rows, count, inner, rowsPerBlock, blocks, units, unitsPerTask };
    return [launch("gatherGrad", tasks, { ...addresses, ...words })];
  },
};
