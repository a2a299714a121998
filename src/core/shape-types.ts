/** Shapes in types: what the type checker and the editor know of every op's result. See shape-types/dim.ts. */
export type * from "./shape-types/axis.ts";
export type * from "./shape-types/broadcast.ts";
export type * from "./shape-types/convolution.ts";
export type * from "./shape-types/dim.ts";
export type * from "./shape-types/join.ts";
export type * from "./shape-types/losses.ts";
export type * from "./shape-types/matmul.ts";
export type * from "./shape-types/nested.ts";
export type * from "./shape-types/rearrange.ts";
export type * from "./shape-types/reduce.ts";
