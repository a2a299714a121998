import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { chooseInputGradient, type ConvolutionAlgorithm, winogradForm, type Wish } from "../algorithms.ts";
import type { Launch, Machine, WasmKernel } from "../kernel.ts";
import { type Conv2DChoice, type Conv2DStep, convolutionLaunch, packLaunch } from "./conv2d.ts";
import { panelBytes } from "./shared/conv2d-tasks.ts";
import { winogradFilterLaunch, winogradLaunches, winogradWorkspaceBytes } from "./shared/winograd.ts";

export const conv2dBackpropInput: WasmKernel<"Conv2DBackpropInput"> = {
  launches: (step, machine) => inputGradientLaunches(step, 0, machine),
  workspaceBytes: inputGradientWorkspaceBytes,
  algorithm: inputGradientAlgorithm,
};

/**
 * The gradient of the images is a convolution of dy with the filter turned round, at stride 1. With strides, rows and columns of
 * the images fall into phases: those of one phase meet the same taps of the filter, so each phase is a convolution by itself,
 * whose results lie `stride` pixels apart.
 *
 * @param mask address of what is laid out like the images: results are kept where it is > 0; 0: no mask.
 */
export function inputGradientLaunches(step: Conv2DStep, mask: number, machine: Machine): Launch[] {
  const { inputs, outputs, geometry: g, algorithm, workspace } = step;
  const [filter, dy] = inputs;
  const form = winogradForm(algorithm, g.kernelHeight);
  if (form !== undefined) {
    const input = { x: dy!.address, panels: workspace, bias: 0, activation: "none" } as const;
    return [
      winogradFilterLaunch(form, { filter: filter!.address, panels: workspace }, g, true),
      ...winogradLaunches(form, onlyPhase(g), input, { y: outputs[0]!.address, mask }, machine),
    ];
  }
  let panels = workspace;
  return phasesOf(g).flatMap(({ rows, columns, geometry }) => {
    const taps = {
      firstRow: rows.firstTap,
      rowStep: -rows.tapStep,
      rows: rows.taps,
      firstColumn: columns.firstTap,
      columnStep: -columns.tapStep,
      columns: columns.taps,
    };
    const corner = 4 * g.inChannels * (rows.first * g.inWidth + columns.first);
    const view = {
      y: outputs[0]!.address + corner,
      mask: mask === 0 ? 0 : mask + corner,
      yImagePitch: g.inHeight * g.inWidth * g.inChannels,
      yRowPitch: g.strideHeight * g.inWidth * g.inChannels,
      yPixelPitch: g.strideWidth * g.inChannels,
    };
    const launches = [
      packLaunch(g, filter!.address, panels, taps, true),
      convolutionLaunch(geometry, { x: dy!.address, panels, bias: 0, activation: "none" }, view, machine),
    ];
    panels += panelBytes(geometry);
    return launches;
  });
}

export function inputGradientWorkspaceBytes({ geometry, algorithm }: Conv2DChoice): number {
  const form = winogradForm(algorithm, geometry.kernelHeight);
  if (form !== undefined) return winogradWorkspaceBytes(form, onlyPhase(geometry));
  return phasesOf(geometry).reduce((bytes, phase) => bytes + panelBytes(phase.geometry), 0);
}

export function inputGradientAlgorithm({ geometry }: Pick<Conv2DChoice, "geometry">, wish: Wish): ConvolutionAlgorithm {
  return geometry.strideHeight === 1 && geometry.strideWidth === 1
    ? chooseInputGradient(onlyPhase(geometry), wish)
    : "implicit im2col";
}

/** At stride 1 there is one phase of rows and one of columns. */
function onlyPhase(g: Conv2DGeometry): Conv2DGeometry {
  return {
    ...g,
    inHeight: g.outHeight,
    inWidth: g.outWidth,
    inChannels: g.outChannels,
    outHeight: g.inHeight,
    outWidth: g.inWidth,
    outChannels: g.inChannels,
    padTop: (g.kernelHeight - 1) * g.dilationHeight - g.padTop,
    padLeft: (g.kernelWidth - 1) * g.dilationWidth - g.padLeft,
  };
}

/** Rows (or columns) of the images that meet the same taps: first, first + stride, ... */
interface Phase {
  readonly first: number;
  readonly count: number;
  /** Taps met: firstTap, firstTap - tapStep, ..., in the order of the rows of dy that they read. */
  readonly taps: number;
  readonly firstTap: number;
  readonly tapStep: number;
  /** Rows of dy between neighbouring taps, and before the first. */
  readonly dilation: number;
  readonly pad: number;
}

function phasesOf(g: Conv2DGeometry): { rows: Phase; columns: Phase; geometry: Conv2DGeometry }[] {
  const columnPhases = phasesOfAxis(g.inWidth, g.kernelWidth, g.strideWidth, g.dilationWidth, g.padLeft);
  return phasesOfAxis(g.inHeight, g.kernelHeight, g.strideHeight, g.dilationHeight, g.padTop).flatMap((rows) =>
    columnPhases.map((columns) => ({ rows, columns, geometry: phaseGeometry(g, rows, columns) })),
  );
}

/** Image i meets tap q at row (i + pad - q * dilation) / stride of dy, where that is whole. */
function phasesOfAxis(size: number, kernel: number, stride: number, dilation: number, pad: number): Phase[] {
  const common = greatestCommonDivisor(stride, dilation);
  const tapStep = stride / common;
  const phases: Phase[] = [];
  for (let first = 0; first < Math.min(stride, size); first++) {
    const count = Math.ceil((size - first) / stride);
    let lowest = 0;
    while (lowest < kernel && (first + pad - lowest * dilation) % stride !== 0) lowest++;
    const taps = Math.ceil((kernel - lowest) / tapStep);
    const firstTap = lowest + (taps - 1) * tapStep;
    const row = (first + pad - firstTap * dilation) / stride;
    phases.push({ first, count, taps, firstTap, tapStep, dilation: dilation / common, pad: taps === 0 ? 0 : -row });
  }
  return phases;
}

function phaseGeometry(g: Conv2DGeometry, rows: Phase, columns: Phase): Conv2DGeometry {
  return {
    batch: g.batch,
    inHeight: g.outHeight,
    inWidth: g.outWidth,
    inChannels: g.outChannels,
    outHeight: rows.count,
    outWidth: columns.count,
    outChannels: g.inChannels,
    kernelHeight: rows.taps,
    kernelWidth: columns.taps,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: rows.dilation,
    dilationWidth: columns.dilation,
    padTop: rows.pad,
    padLeft: columns.pad,
    groups: g.groups,
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
