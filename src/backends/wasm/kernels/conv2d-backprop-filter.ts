import { sizeOf } from "../../../core/shape.ts";
import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { chooseFilterGradient, winogradForm } from "../algorithms.ts";
import { type Launch, launch, type Machine, type PlacedStep, type WasmKernel } from "../kernel.ts";
import { geometryWords } from "./conv2d.ts";
import { filterGradientTasks } from "./conv2d-tasks.ts";
import { winogradFilterGradientLaunch, winogradFilterGradientTasks } from "./winograd.ts";

/** Elements of a task of `conv2dFilterGradientSum`. */
const SUM_PART = 4096;

export const conv2dBackpropFilter: WasmKernel<"Conv2DBackpropFilter"> = {
  launches: (step, machine) => {
    const { outputs, workspace } = step;
    const { splits } = divisionOf(step);
    const dw = outputs[0]!;
    const launches: Launch[] = [productLaunch(step, splits === 1 ? dw.address : workspace, machine)];
    if (splits > 1) {
      const count = sizeOf(dw.shape);
      const sum = { parts: workspace, dw: dw.address, count, splits };
      launches.push(launch("conv2dFilterGradientSum", Math.ceil(count / SUM_PART), sum));
    }
    return launches;
  },
  workspaceBytes: (step) => divisionOf(step).workspaceBytes,
  algorithm: ({ geometry }, wish) => chooseFilterGradient(geometry, wish),
};

interface Division {
  readonly splits: number;
  readonly workspaceBytes: number;
}

/** The parts that the sum is made in, each a filter of its own in the workspace when there are several. */
function divisionOf(step: { readonly geometry: Conv2DGeometry; readonly algorithm?: string | undefined }): Division {
  const { geometry, algorithm } = step;
  const form = winogradForm(algorithm, geometry.kernelHeight);
  return form === undefined ? filterGradientTasks(geometry) : winogradFilterGradientTasks(form, geometry);
}

/** Computes all parts, to `dw`. */
function productLaunch(step: PlacedStep<"Conv2DBackpropFilter">, dw: number, machine: Machine): Launch {
  const { inputs, geometry } = step;
  const x = inputs[0]!.address;
  const dy = inputs[1]!.address;
  const form = winogradForm(step.algorithm, geometry.kernelHeight);
  if (form !== undefined) return winogradFilterGradientLaunch(form, geometry, { x, dy, dw }, machine);
  const { tasks, channelsPerTask, columnsPerTask, rowsPerStrip, splits, scratchBytes } = filterGradientTasks(geometry);
  // The order of Conv2dFilterGradientArgs in assembly/conv2d-filter-gradient.ts.
  const args = {
    x,
    dy,
    dw,
    ...geometryWords(geometry),
    channelsPerTask,
    columnsPerTask,
    rowsPerStrip,
    splits,
    tileWidth: machine.tileColumns,
  };
  return launch("conv2dFilterGradient", tasks, args, scratchBytes);
}
