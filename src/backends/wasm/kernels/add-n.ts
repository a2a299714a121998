import { sizeOf } from "../../../core/shape.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";

/** By dtype; there is no sum of booleans. */
const KERNELS = { float32: "addN", int32: "addNInt", uint8: "addNByte", bool: "addNByte" } as const;

export const addN: WasmKernel<"AddN"> = {
  launches: ({ inputs, outputs: [y] }) => {
    const n = sizeOf(y!.shape);
    const addresses = Object.fromEntries(inputs.map(({ address }, index) => [`x${index}`, address]));
    const args = { y: y!.address, n, count: inputs.length, ...addresses };
    return [launch(KERNELS[y!.dtype], tasksFor(n), args)];
  },
};
