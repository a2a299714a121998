/** Assertions on types: a file of these passes when it compiles. */
import type { Shape } from "../../src/core/shape.ts";

/** True when A and B are the same type, not only assignable to each other. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `Expect<Equal<A, B>>` does not compile unless A is B. */
export type Expect<Truth extends true> = Truth;

/** The same as a statement, for values: `expectType<Equal<typeof x, Tensor<[2]>>>()`. */
export declare function expectType<Truth extends true>(): Truth;

/** `expectShape<[2, 3]>()(x)` does not compile unless x has exactly that shape. */
export declare function expectShape<Expected extends Shape>(): <Actual extends Shape>(
  value: { readonly shape: Actual } & (Equal<Actual, Expected> extends true ? unknown : "another shape"),
) => void;
