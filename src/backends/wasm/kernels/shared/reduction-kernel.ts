import type { DType } from "../../../../core/dtype.ts";
import type { ConcreteShape } from "../../../../core/shape.ts";
import type { ReductionGeometry } from "../../../../ops/shared/reduction.ts";
import type { Launch, Placed } from "../../kernel.ts";
import { planReduction, reductionLaunches } from "./reduce.ts";

/** What a reduction's kernel reads of a step, the same for every op. */
interface PlacedReduction {
  readonly inputs: readonly Placed[];
  readonly outputs: readonly Placed[];
  readonly geometry: ReductionGeometry;
  readonly workspace: number;
}

interface PlannedReduction {
  readonly inputs: readonly { readonly shape: ConcreteShape }[];
  readonly geometry: ReductionGeometry;
}

interface ReductionKernel {
  launches(step: PlacedReduction): readonly Launch[];
  workspaceBytes(step: PlannedReduction): number;
}

/** Exports of the assembly by the dtypes that an op takes. */
export type KernelsByDType = Partial<Readonly<Record<DType, string>>>;

export interface ReductionKernelOptions {
  /** False for reductions that must see a whole axis at once. */
  readonly splits?: boolean;
  /** Whether to divide by the number of elements. */
  readonly mean?: boolean;
}

/** The host side of a reduction. */
export function reductionKernel(
  kernels: KernelsByDType,
  { splits = true, mean = false }: ReductionKernelOptions = {},
): ReductionKernel {
  return {
    launches: ({ inputs, outputs, geometry, workspace }) => {
      const x = inputs[0]!;
      const plan = planReduction(x.shape, geometry.axes, splits);
      return reductionLaunches(plan, {
        kernel: kernels[x.dtype]!,
        x: x.address,
        y: outputs[0]!.address,
        workspace,
        divisor: mean ? plan.count : 1,
      });
    },
    workspaceBytes: ({ inputs, geometry }) => planReduction(inputs[0]!.shape, geometry.axes, splits).workspaceBytes,
  };
}
