import { sizeOf } from "../../../core/shape.ts";
import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { chooseFilterGradient, winogradForm } from "../algorithms.ts";
import { type Launch, launch, type Machine, type PlacedStep, type WasmKernel } from "../kernel.ts";
import { geometryWords } from "./conv2d.ts";
import { filterGradientTasks } from "./shared/conv2d-tasks.ts";
import {
  winogradFilterGradientBytes,
  winogradFilterGradientLaunches,
  winogradFilterGradientSplits,
} from "./shared/winograd-filter-gradient.ts";

/** Elements of a task of `conv2dFilterGradientSum`. */
const SUM_PART = 4096;

export const conv2dBackpropFilter: WasmKernel<"Conv2DBackpropFilter"> = {
  launches: (step, machine) => {
    const { outputs, workspace } = step;
    const { splits } = divisionOf(step);
    const dw = outputs[0]!;
    const launches = productLaunches(step, machine);
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
  /** Parts that the sum is made in, each a filter of its own in the workspace when there are several. */
  readonly splits: number;
  readonly workspaceBytes: number;
}

function divisionOf(step: { readonly geometry: Conv2DGeometry; readonly algorithm?: string | undefined }): Division {
  const { geometry, algorithm } = step;
  const form = winogradForm(algorithm, geometry.kernelHeight);
  if (form === undefined) return filterGradientTasks(geometry);
  return {
    splits: winogradFilterGradientSplits(form, geometry),
    workspaceBytes: winogradFilterGradientBytes(form, geometry),
  };
}

/** Computes dw, or all its parts in the workspace. */
function productLaunches(step: PlacedStep<"Conv2DBackpropFilter">, machine: Machine): Launch[] {
  const { inputs, outputs, geometry, workspace } = step;
  const x = inputs[0]!.address;
  const dy = inputs[1]!.address;
  const dw = outputs[0]!.address;
  const form = winogradForm(step.algorithm, geometry.kernelHeight);
  if (form !== undefined) return winogradFilterGradientLaunches(form, geometry, { x, dy, dw, workspace }, machine);
  const { tasks, channelsPerTask, columnsPerTask, rowsPerStrip, splits, scratchBytes } = filterGradientTasks(geometry);
  // The order of Conv2dFilterGradientArgs in assembly/conv2d-filter-gradient.ts.
  const args = {
    x,
    dy,
    dw: splits === 1 ? dw : workspace,
    ...geometryWords(geometry),
    channelsPerTask,
    columnsPerTask,
    rowsPerStrip,
    splits,
    tileWidth: machine.tileColumns,
  };
  return [launch("conv2dFilterGradient", tasks, args, scratchBytes)];
}
