/** What transforms of the AssemblyScript compiler have in common. */
import { Node } from "assemblyscript";

/** The properties of a node that hold nodes. */
export const children = (node) =>
  Object.entries(node).filter(
    ([, child]) => child instanceof Node || (Array.isArray(child) && child.some((c) => c instanceof Node)),
  );
