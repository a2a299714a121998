import { launch, type WasmKernel } from "../kernel.ts";
import { splitRows } from "./shared/rows.ts";

export const inTopK: WasmKernel<"InTopK"> = {
  launches: ({ inputs, outputs, attrs: { k } }) => {
    const [predictions, targets, y] = [inputs[0]!, inputs[1]!, outputs[0]!];
    const [rows = 0, classes = 0] = predictions.shape;
    const { tasks, rowsPerTask } = splitRows({ rows, columns: classes });
    const addresses = { predictions: predictions.address, targets: targets.address, y: y.address };
    return [launch("inTopK", tasks, { ...addresses, rows, rowsPerTask, classes, k })];
  },
};
