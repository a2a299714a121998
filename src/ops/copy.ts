import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";

/** A copy in memory of its own. The compiler inserts it where a variable's old value must outlive an assignment. */
export const Copy: OpDef<"Copy", ["x"]> = defineOp({
  name: "Copy",
  inputs: ["x"],
  infer: ({ x }) => x,
  gradient: ({ dy }) => ({ x: dy }),
});
