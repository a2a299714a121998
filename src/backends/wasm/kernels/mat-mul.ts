import type { MatMulGeometry } from "../../../ops/mat-mul.ts";
import type { Activation } from "../../../ops/fused-conv2d.ts";
import { type Launch, launch, type Machine, type Placed, type WasmKernel } from "../kernel.ts";
import { type Product, productsOf, type ProductTasks, productTasks } from "./shared/mat-mul-tasks.ts";

/** What a matrix product, fused or not, has of its step. */
export interface MatMulStep {
  readonly inputs: readonly Placed[];
  readonly outputs: readonly Placed[];
  readonly attrs: { readonly transposeA: boolean; readonly transposeB: boolean };
  readonly geometry: MatMulGeometry;
  readonly workspace: number;
}

interface Operands {
  readonly a: number;
  readonly b: number;
  readonly bias: number;
  readonly y: number;
  readonly workspace: number;
}

/** Steps of inner that a task of `matMulPack` packs. */
const PACK_STEPS = 64;

export const matMul: WasmKernel<"MatMul"> = {
  launches: (step, machine) => matMulLaunches(step, 0, "none", machine),
  workspaceBytes: matMulWorkspaceBytes,
  algorithm: matMulAlgorithm,
};

/** activation(a b + bias); `bias` is its address or 0. */
export function matMulLaunches(step: MatMulStep, bias: number, activation: Activation, machine: Machine): Launch[] {
  const { inputs, outputs, attrs, geometry, workspace } = step;
  return productsOf(geometry, attrs.transposeA, attrs.transposeB).flatMap(({ product, a, b, y }) => {
    const operands = { a: inputs[0]!.address + a, b: inputs[1]!.address + b, y: outputs[0]!.address + y };
    return productLaunches(product, { ...operands, bias, workspace }, activation, machine);
  });
}

export function matMulWorkspaceBytes(step: Pick<MatMulStep, "attrs" | "geometry">): number {
  return firstTasks(step)?.workspaceBytes ?? 0;
}

export function matMulAlgorithm(step: Pick<MatMulStep, "attrs" | "geometry">): string {
  const tasks = firstTasks(step);
  if (tasks?.kernel !== "matMul") return tasks?.kernel === "matMulTiny" ? "loops" : "skinny";
  return tasks.packed ? "packed" : "packed by task";
}

/** All products of a step are alike. */
function firstTasks({ attrs, geometry }: Pick<MatMulStep, "attrs" | "geometry">): ProductTasks | undefined {
  const [first] = productsOf(geometry, attrs.transposeA, attrs.transposeB);
  return first && productTasks(first.product);
}

function productLaunches(product: Product, operands: Operands, activation: Activation, machine: Machine): Launch[] {
  const { a, b, bias, y, workspace } = operands;
  const { batch, rows, columns, inner, aBatchStride, bBatchStride } = product;
  const { kernel, tasks, packed, splits, rowsPerTask, columnsPerTask, stretch, scratchBytes } = productTasks(product);
  const activationCode = activation === "relu" ? 1 : 0;
  const transposeB = product.transposeB ? 1 : 0;
  const split = splits > 1;
  const launches: Launch[] = [];
  if (packed) {
    const packTasks = (bBatchStride === 0 ? 1 : batch) * Math.ceil(inner / PACK_STEPS);
    const args = { b, panels: workspace, columns, inner, bBatchStride, transposeB };
    launches.push(launch("matMulPack", packTasks, args));
  }
  // The order of MatMulArgs in assembly/matmul.ts.
  const args = {
    a,
    b,
    panels: packed ? workspace : 0,
    bias: split ? 0 : bias,
    y: split ? workspace : y,
    batch,
    rows,
    columns,
    inner,
    aBatchStride,
    bBatchStride,
    transposeA: product.transposeA ? 1 : 0,
    transposeB,
    activation: split ? 0 : activationCode,
    rowsPerTask,
    columnsPerTask,
    splits,
    stretch,
    // Asked only where it matters: finding out which is faster takes a moment.
    tileWidth: kernel === "matMul" ? machine.tileColumns : 16,
  };
  launches.push(launch(kernel, tasks, args, scratchBytes));
  if (split) {
    const sum = { parts: workspace, bias, y, rows: batch * rows, columns, splits, activation: activationCode };
    launches.push(launch("matMulSum", batch * rows, sum));
  }
  return launches;
}
