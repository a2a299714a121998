import { BYTES_PER_ELEMENT } from "../../../core/dtype.ts";
import { sizeOf } from "../../../core/shape.ts";
import { launch, type WasmKernel } from "../kernel.ts";
import { splitRows } from "./shared/rows.ts";
import { bitsOf } from "./shared/strided.ts";

export const oneHot: WasmKernel<"OneHot"> = {
  launches: ({ inputs, outputs, attrs: { depth, onValue, offValue }, geometry: { axis } }) => {
    const [indices, y] = [inputs[0]!, outputs[0]!];
    const inner = sizeOf(indices.shape.slice(axis));
    const units = sizeOf(indices.shape.slice(0, axis)) * depth;
    const { tasks, rowsPerTask: unitsPerTask } = splitRows({ rows: units, columns: inner });
    const kernel = BYTES_PER_ELEMENT[y.dtype] === 4 ? "oneHot4" : "oneHot1";
    const values = { on: bitsOf(onValue, y.dtype), off: bitsOf(offValue, y.dtype) };
    return [
      launch(kernel, tasks, { indices: indices.address, y: y.address, depth, inner, units, unitsPerTask, ...values }),
    ];
  },
};
