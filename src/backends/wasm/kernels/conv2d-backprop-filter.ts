import { sizeOf } from "../../../core/shape.ts";
import { type Launch, launch, type WasmKernel } from "../kernel.ts";
import { geometryWords } from "./conv2d.ts";
import { filterGradientTasks } from "./conv2d-tasks.ts";

/** Elements of a task of `conv2dFilterGradientSum`. */
const SUM_PART = 4096;

export const conv2dBackpropFilter: WasmKernel<"Conv2DBackpropFilter"> = {
  launches: ({ inputs, outputs, geometry, workspace }, machine) => {
    const { tasks, channelsPerTask, columnsPerTask, rowsPerStrip, splits, scratchBytes } =
      filterGradientTasks(geometry);
    const dw = outputs[0]!;
    // The order of Conv2dFilterGradientArgs in assembly/conv2d-filter-gradient.ts.
    const args = {
      x: inputs[0]!.address,
      dy: inputs[1]!.address,
      dw: splits === 1 ? dw.address : workspace,
      ...geometryWords(geometry),
      channelsPerTask,
      columnsPerTask,
      rowsPerStrip,
      splits,
      tileWidth: machine.tileColumns,
    };
    const launches: Launch[] = [launch("conv2dFilterGradient", tasks, args, scratchBytes)];
    if (splits > 1) {
      const count = sizeOf(dw.shape);
      const sum = { parts: workspace, dw: dw.address, count, splits };
      launches.push(launch("conv2dFilterGradientSum", Math.ceil(count / SUM_PART), sum));
    }
    return launches;
  },
  workspaceBytes: ({ geometry }) => filterGradientTasks(geometry).workspaceBytes,
  algorithm: ({ geometry }) => {
    const { splits } = filterGradientTasks(geometry);
    return splits === 1 ? "implicit im2col" : `implicit im2col in ${splits} parts`;
  },
};
