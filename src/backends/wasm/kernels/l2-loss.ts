import { sizeOf } from "../../../core/shape.ts";
import { float, launch, tasksFor, type WasmKernel } from "../kernel.ts";

export const l2Loss: WasmKernel<"L2Loss"> = {
  launches: ({ inputs: [x], outputs: [y], workspace: partials }) => {
    const n = sizeOf(x!.shape);
    const tasks = tasksFor(n);
    return [
      launch("squareSums", tasks, { x: x!.address, partials, n }),
      launch("addPartials", 1, { partials, y: y!.address, chunks: tasks, columns: 1, factor: float(0.5) }),
    ];
  },
  workspaceBytes: ({ inputs: [x] }) => tasksFor(sizeOf(x!.shape)) * 8,
};
