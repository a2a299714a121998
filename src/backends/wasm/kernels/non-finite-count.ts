import { sizeOf } from "../../../core/shape.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";

/** Every task counts its part, then one task adds the counts up. */
export const nonFiniteCount: WasmKernel<"NonFiniteCount"> = {
  workspaceBytes: ({ inputs: [x] }) => tasksFor(sizeOf(x!.shape)) * 4,
  launches: ({ inputs: [x], outputs: [total], workspace }) => {
    const n = sizeOf(x!.shape);
    const tasks = tasksFor(n);
    return [
      launch("nonFiniteCount", tasks, { x: x!.address, partial: workspace, n }),
      launch("sumCounts", 1, { partial: workspace, total: total!.address, n: tasks }),
    ];
  },
};
