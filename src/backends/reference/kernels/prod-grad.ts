import type { ReferenceKernel } from "../kernel.ts";
import { groupsOf } from "../reduction.ts";

export const prodGrad: ReferenceKernel<"ProdGrad"> = ({ inputs: [x, dy], outputs: [dx], geometry: { axes } }) => {
  for (const [index, group] of groupsOf(x!, axes).entries()) {
    for (const i of group) {
      const others = group.reduce((product, j) => (j === i ? product : product * x!.data[j]!), 1);
      dx!.data[i] = dy!.data[index]! * others;
    }
  }
};
