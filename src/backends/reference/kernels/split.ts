import type { AxisGeometry } from "../../../ops/concat.ts";
import type { Values } from "../kernel.ts";
import { eachOfPiece } from "../pieces.ts";

interface Call {
  readonly inputs: readonly Values[];
  readonly outputs: readonly Values[];
  readonly geometry: AxisGeometry;
}

/** Also of `SplitLike`, whose further inputs are read for their shapes only. */
export function split({ inputs: [x], outputs, geometry: { axis } }: Call): void {
  let offset = 0;
  for (const y of outputs) {
    eachOfPiece(x!, y, { axis, offset }, (from, to) => {
      y.data[to] = x!.data[from]!;
    });
    offset += y.shape[axis]!;
  }
}
