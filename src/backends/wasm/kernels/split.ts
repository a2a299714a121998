import type { WasmKernel } from "../kernel.ts";
import { copyPieces } from "./shared/pieces.ts";

export const split: WasmKernel<"Split"> = {
  launches: ({ inputs: [x], outputs, geometry: { axis } }) => copyPieces(x!, outputs, axis, "split"),
};
