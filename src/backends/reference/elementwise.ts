import type { DType } from "../../core/dtype.ts";
import type { OpName } from "../../compiler/plan.ts";
import { broadcastIndex } from "./indexing.ts";
import type { ReferenceCall } from "./kernel.ts";

/** What the elementwise helpers read of a call, the same for every op. */
type Call = Pick<ReferenceCall<OpName>, "inputs" | "outputs">;

/** y[i] = f(x[i]). */
export function unary(f: (x: number) => number): (call: Call) => void {
  return ({ inputs: [x], outputs: [y] }) => {
    for (let i = 0; i < y!.data.length; i++) y!.data[i] = stored(y!.dtype, f(x!.data[i]!));
  };
}

/** y = f(a, b) with both broadcast to the shape of y. */
export function binary(f: (a: number, b: number) => number): (call: Call) => void {
  return ({ inputs: [a, b], outputs: [y] }) => {
    for (let i = 0; i < y!.data.length; i++) {
      const left = a!.data[broadcastIndex(i, y!.shape, a!.shape)]!;
      const right = b!.data[broadcastIndex(i, y!.shape, b!.shape)]!;
      y!.data[i] = stored(y!.dtype, f(left, right));
    }
  };
}

/** Integers wrap around, as their storage does. */
export function stored(dtype: DType, value: number): number {
  if (dtype === "int32") return value | 0;
  return dtype === "uint8" ? value & 255 : value;
}
