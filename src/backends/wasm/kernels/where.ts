import { BYTES_PER_ELEMENT } from "../../../core/dtype.ts";
import { sizeOf } from "../../../core/shape.ts";
import { axisWords, walkOver } from "./shared/broadcast.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";

export const where: WasmKernel<"Select"> = {
  launches: ({ inputs: [condition, x, y], outputs: [z] }) => {
    const n = sizeOf(z!.shape);
    const { inner, steps, axes } = walkOver([condition!.shape, x!.shape, y!.shape], z!.shape);
    const args = {
      condition: condition!.address,
      x: x!.address,
      y: y!.address,
      z: z!.address,
      n,
      inner,
      conditionStep: steps[0]!,
      xStep: steps[1]!,
      yStep: steps[2]!,
      ...axisWords(axes),
    };
    return [launch(BYTES_PER_ELEMENT[z!.dtype] === 4 ? "where" : "whereByte", tasksFor(n), args)];
  },
};
