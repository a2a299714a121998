import * as tf from "millrace";
import { bandwidth, type KernelCase, numbers } from "./kernel-case.ts";

const ROWS = 4096;
const COLUMNS = 2048;
const ELEMENTS = ROWS * COLUMNS;

/** What only moves numbers. */
export const copies: readonly KernelCase[] = [
  copy("assign", 2, () => tf.assign(numbers(ROWS, COLUMNS), numbers(ROWS, COLUMNS))),
  copy("transpose", 2, () => tf.transpose(numbers(ROWS, COLUMNS))),
  copy("concat/columns", 2, () => tf.concat([numbers(ROWS, COLUMNS / 2), numbers(ROWS, COLUMNS / 2)], 1)),
  copy("pad/images", 2, () =>
    tf.pad(numbers(ROWS / 32, 64, 16, 64), [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
  ),
  copy("tile/rows", 1.25, () => tf.tile(numbers(ROWS / 4, COLUMNS), [4, 1])),
];

/** @param passes how often as many elements are read or written. */
function copy(name: string, passes: number, build: () => tf.Tensor): KernelCase {
  return { name: `copy/${name}`, limit: bandwidth(passes * ELEMENTS), build };
}
