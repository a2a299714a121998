import { sizeOf } from "../../../core/shape.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";

export const dropoutGrad: WasmKernel<"DropoutGrad"> = {
  launches: ({ inputs: [dy, kept, keepProb], outputs: [dx] }) => {
    const n = sizeOf(dx!.shape);
    const args = { dy: dy!.address, kept: kept!.address, keepProb: keepProb!.address, dx: dx!.address, n };
    return [launch("dropoutGrad", tasksFor(n), args)];
  },
};
