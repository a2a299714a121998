import { sizeOf } from "../../../core/shape.ts";
import { launch, type WasmKernel } from "../kernel.ts";
import { splitRows } from "./shared/rows.ts";

const byDType = { float32: "topKFloat", int32: "topKInt", uint8: "topKByte", bool: "topKByte" };

export const topK: WasmKernel<"TopKV2"> = {
  launches: ({ inputs, outputs, attrs: { k } }) => {
    const x = inputs[0]!;
    const length = x.shape.at(-1)!;
    const rows = sizeOf(x.shape.slice(0, -1));
    const { tasks, rowsPerTask } = splitRows({ rows, columns: length });
    const [values, indices] = outputs.map(({ address }) => address);
    return [
      launch(byDType[x.dtype], tasks, {
        x: x.address,
        values: values!,
        indices: indices!,
        rows,
        rowsPerTask,
        length,
        k,
      }),
    ];
  },
};
