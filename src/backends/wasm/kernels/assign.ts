import { BYTES_PER_ELEMENT } from "../../../core/dtype.ts";
import { sizeOf } from "../../../core/shape.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";

/** Bytes a copying task moves. */
export const BYTES_PER_TASK = 65536;

export const assign: WasmKernel<"Assign"> = {
  launches: ({ inputs: [, value], outputs: [ref] }) => {
    const bytes = sizeOf(value!.shape) * BYTES_PER_ELEMENT[value!.dtype];
    return [launch("copyBytes", tasksFor(bytes, BYTES_PER_TASK), { from: value!.address, to: ref!.address, bytes })];
  },
};
