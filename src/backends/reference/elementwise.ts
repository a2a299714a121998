import { broadcastIndex } from "./indexing.ts";
import type { ReferenceCall } from "./kernel.ts";
import type { OpName } from "../../compiler/plan.ts";

/** What the elementwise helpers read of a call, the same for every op. */
type Call = Pick<ReferenceCall<OpName>, "inputs" | "outputs">;

/** y[i] = f(x[i]). */
export function unary(f: (x: number) => number): (call: Call) => void {
  return ({ inputs: [x], outputs: [y] }) => {
    for (let i = 0; i < y!.data.length; i++) y!.data[i] = f(x!.data[i]!);
  };
}

/** y = f(a, b) with both broadcast to the shape of y. */
export function binary(f: (a: number, b: number) => number): (call: Call) => void {
  return ({ inputs: [a, b], outputs: [y] }) => {
    for (let i = 0; i < y!.data.length; i++) {
      y!.data[i] = f(a!.data[broadcastIndex(i, y!.shape, a!.shape)]!, b!.data[broadcastIndex(i, y!.shape, b!.shape)]!);
    }
  };
}
