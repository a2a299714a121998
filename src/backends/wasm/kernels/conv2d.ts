import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import type { Activation } from "../../../ops/fused-conv2d.ts";
import { chooseConvolution, winogradForm } from "../algorithms.ts";
import { type Launch, launch, type Machine, type Placed, type WasmKernel } from "../kernel.ts";
import { conv2dTasks, panelBytes } from "./shared/conv2d-tasks.ts";
import { winogradFilterLaunch, winogradLaunches, winogradWorkspaceBytes } from "./shared/winograd.ts";

/** Which convolution, and how: what its memory follows from. */
export interface Conv2DChoice {
  readonly geometry: Conv2DGeometry;
  readonly algorithm?: string | undefined;
}

/** What a convolution, fused or not, has of its step. */
export interface Conv2DStep extends Conv2DChoice {
  readonly inputs: readonly Placed[];
  readonly outputs: readonly Placed[];
  /** Of a max pool behind a Winograd convolution: the output is then the maxima. */
  readonly winners?: Placed;
  readonly workspace: number;
}

export const conv2d: WasmKernel<"Conv2D"> = {
  launches: (step, machine) => conv2dLaunches(step, 0, "none", machine),
  workspaceBytes: conv2dWorkspaceBytes,
  algorithm: ({ geometry }, wish) => chooseConvolution(geometry, wish),
};

/** Bytes of the filter as the step's algorithm reads it. */
export function conv2dWorkspaceBytes({ geometry, algorithm }: Conv2DChoice): number {
  const form = winogradForm(algorithm, geometry.kernelHeight);
  return form === undefined ? panelBytes(geometry) : winogradWorkspaceBytes(form, geometry);
}

/** activation(conv2d(images, filter) + bias): lays the filter out in the workspace, then convolves. */
export function conv2dLaunches(step: Conv2DStep, bias: number, activation: Activation, machine: Machine): Launch[] {
  const { geometry: g, workspace } = step;
  const [images, filter] = step.inputs;
  const form = winogradForm(step.algorithm, g.kernelHeight);
  if (form !== undefined) {
    const input = { x: images!.address, panels: workspace, bias, activation };
    return [
      winogradFilterLaunch(form, { filter: filter!.address, panels: workspace }, g, false),
      ...winogradLaunches(form, g, input, { y: step.outputs[0]!.address, winners: step.winners?.address }, machine),
    ];
  }
  const taps: Taps = {
    firstRow: 0,
    rowStep: 1,
    rows: g.kernelHeight,
    firstColumn: 0,
    columnStep: 1,
    columns: g.kernelWidth,
  };
  const view: OutputView = {
    y: step.outputs[0]!.address,
    mask: 0,
    yImagePitch: g.outHeight * g.outWidth * g.outChannels,
    yRowPitch: g.outWidth * g.outChannels,
    yPixelPitch: g.outChannels,
  };
  return [
    packLaunch(g, filter!.address, workspace, taps, false),
    convolutionLaunch(g, { x: images!.address, panels: workspace, bias, activation }, view, machine),
  ];
}

/** Positions of the filter to pack: rows firstRow + i * rowStep, columns likewise. */
export interface Taps {
  readonly firstRow: number;
  readonly rowStep: number;
  readonly rows: number;
  readonly firstColumn: number;
  readonly columnStep: number;
  readonly columns: number;
}

/**
 * Packs a filter `[kernelHeight, kernelWidth, in / groups, out]` for the micro-kernel.
 * @param g geometry of the forward convolution. @param transpose swaps in and out: for the gradient of the images.
 */
export function packLaunch(g: Conv2DGeometry, filter: number, panels: number, taps: Taps, transpose: boolean): Launch {
  return launch("conv2dPack", g.groups * taps.rows * taps.columns, {
    filter,
    panels,
    filterWidth: g.kernelWidth,
    inChannels: g.inChannels / g.groups,
    outChannels: g.outChannels,
    groups: g.groups,
    firstRow: taps.firstRow,
    rowStep: taps.rowStep,
    rows: taps.rows,
    firstColumn: taps.firstColumn,
    columnStep: taps.columnStep,
    columns: taps.columns,
    transpose: transpose ? 1 : 0,
  });
}

/** Where results go: pitches in float32 from image to image, row to row, pixel to pixel. */
export interface OutputView {
  readonly y: number;
  /** Laid out like y; results are kept where it is > 0. 0: no mask. */
  readonly mask: number;
  readonly yImagePitch: number;
  readonly yRowPitch: number;
  readonly yPixelPitch: number;
}

/** What a convolution reads, and what it does to its sums. */
export interface ConvolutionInput {
  readonly x: number;
  readonly panels: number;
  /** 0: none. */
  readonly bias: number;
  readonly activation: Activation;
}

/** Convolves with a packed filter. */
export function convolutionLaunch(
  g: Conv2DGeometry,
  { x, panels, bias, activation }: ConvolutionInput,
  view: OutputView,
  machine: Machine,
): Launch {
  const { tasks, rowsPerTask, scratchBytes } = conv2dTasks(g);
  // The order of Conv2dArgs in assembly/conv2d.ts.
  const args = {
    x,
    panels,
    bias,
    y: view.y,
    mask: view.mask,
    ...geometryWords(g),
    yImagePitch: view.yImagePitch,
    yRowPitch: view.yRowPitch,
    yPixelPitch: view.yPixelPitch,
    rowsPerTask,
    activation: activation === "relu" ? 1 : 0,
    tileWidth: machine.tileColumns,
  };
  return launch("conv2d", tasks, args, scratchBytes);
}

/** A geometry in the order that the convolution kernels' records have. */
export function geometryWords(g: Conv2DGeometry): Record<keyof Conv2DGeometry, number> {
  return {
    batch: g.batch,
    inHeight: g.inHeight,
    inWidth: g.inWidth,
    inChannels: g.inChannels,
    outHeight: g.outHeight,
    outWidth: g.outWidth,
    outChannels: g.outChannels,
    kernelHeight: g.kernelHeight,
    kernelWidth: g.kernelWidth,
    strideHeight: g.strideHeight,
    strideWidth: g.strideWidth,
    dilationHeight: g.dilationHeight,
    dilationWidth: g.dilationWidth,
    padTop: g.padTop,
    padLeft: g.padLeft,
    groups: g.groups,
  };
}
