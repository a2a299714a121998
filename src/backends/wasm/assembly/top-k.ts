@unmanaged
export class TopKArgs {
  /** [rows, length] */
  x: usize;
  /** [rows, k] of x's type */
  values: usize;
  /** [rows, k] int32 */
  indices: usize;
  rows: i32;
  rowsPerTask: i32;
  length: i32;
  k: i32;
}

/** Whether element x, at index i, comes after y, at index j: NaN first, then descending, then by index. */
// @ts-ignore: decorator
@inline
function isAfter<T>(x: T, i: i32, y: T, j: i32): bool {
  if (isFloat<T>()) {
    if (x != x) return y != y && i > j;
    if (y != y) return true;
  }
  return x < y || (x == y && i > j);
}

/** Moves the root of a heap, in which every parent comes after its children, down to its place. */
function sift<T>(values: usize, indices: usize, size: i32, x: T, index: i32): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let y = load<T>(values + <usize>child * sizeof<T>());
    let j = load<i32>(indices + ((<usize>child) << 2));
    if (child + 1 < size) {
      const z = load<T>(values + <usize>(child + 1) * sizeof<T>());
      const k = load<i32>(indices + ((<usize>(child + 1)) << 2));
      if (isAfter<T>(z, k, y, j)) {
        child++;
        y = z;
        j = k;
      }
    }
    if (!isAfter<T>(y, j, x, index)) break;
    store<T>(values + <usize>at * sizeof<T>(), y);
    store<i32>(indices + ((<usize>at) << 2), j);
    at = child;
  }
  store<T>(values + <usize>at * sizeof<T>(), x);
  store<i32>(indices + ((<usize>at) << 2), index);
}

/** Adds to a heap of `size`: the new leaf moves up to its place. */
function push<T>(values: usize, indices: usize, size: i32, x: T, index: i32): void {
  let at = size;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const y = load<T>(values + <usize>parent * sizeof<T>());
    const j = load<i32>(indices + ((<usize>parent) << 2));
    if (!isAfter<T>(x, index, y, j)) break;
    store<T>(values + <usize>at * sizeof<T>(), y);
    store<i32>(indices + ((<usize>at) << 2), j);
    at = parent;
  }
  store<T>(values + <usize>at * sizeof<T>(), x);
  store<i32>(indices + ((<usize>at) << 2), index);
}

/** The k first of a row in order: a heap of the best so far, in the result's own memory, then sorted in place. */
function topOfRow<T>(x: usize, length: i32, values: usize, indices: usize, k: i32): void {
  for (let i = 0; i < k; i++) push<T>(values, indices, i, load<T>(x + <usize>i * sizeof<T>()), i);
  for (let i = k; i < length; i++) {
    const next = load<T>(x + <usize>i * sizeof<T>());
    // The root is the last of the best; of equals the earlier index stays.
    if (isAfter<T>(load<T>(values), load<i32>(indices), next, i)) sift<T>(values, indices, k, next, i);
  }
  for (let size = k - 1; size > 0; size--) {
    const end = values + <usize>size * sizeof<T>();
    const endIndex = indices + ((<usize>size) << 2);
    const leaf = load<T>(end);
    const leafIndex = load<i32>(endIndex);
    store<T>(end, load<T>(values));
    store<i32>(endIndex, load<i32>(indices));
    sift<T>(values, indices, size, leaf, leafIndex);
  }
}

// @ts-ignore: decorator
@inline
function topOfRows<T>(args: usize, task: i32): void {
  const a = changetype<TopKArgs>(args);
  const first = task * a.rowsPerTask;
  const last = min(first + a.rowsPerTask, a.rows);
  for (let row = first; row < last; row++) {
    const x = a.x + <usize>(row * a.length) * sizeof<T>();
    const at = <usize>(row * a.k);
    topOfRow<T>(x, a.length, a.values + at * sizeof<T>(), a.indices + (at << 2), a.k);
  }
}

export function topKFloat(args: usize, task: i32, scratch: usize): void {
  topOfRows<f32>(args, task);
}
export function topKInt(args: usize, task: i32, scratch: usize): void {
  topOfRows<i32>(args, task);
}
export function topKByte(args: usize, task: i32, scratch: usize): void {
  topOfRows<u8>(args, task);
}

@unmanaged
export class InTopKArgs {
  /** [rows, classes] */
  predictions: usize;
  /** [rows] int32 */
  targets: usize;
  /** [rows] bool */
  y: usize;
  rows: i32;
  rowsPerTask: i32;
  classes: i32;
  k: i32;
}

export function inTopK(args: usize, task: i32, scratch: usize): void {
  const a = changetype<InTopKArgs>(args);
  const first = task * a.rowsPerTask;
  const last = min(first + a.rowsPerTask, a.rows);
  for (let row = first; row < last; row++) {
    const target = load<i32>(a.targets + ((<usize>row) << 2));
    let isIn = false;
    if (<u32>target < <u32>a.classes) {
      const scores = a.predictions + ((<usize>(row * a.classes)) << 2);
      isIn = isAmongFirst(scores, a.classes, load<f32>(scores + ((<usize>target) << 2)), a.k);
    }
    store<u8>(a.y + <usize>row, isIn ? 1 : 0);
  }
}

function isAmongFirst(scores: usize, classes: i32, score: f32, k: i32): bool {
  let better = 0;
  for (let i = 0; i < classes; i++) {
    const other = load<f32>(scores + ((<usize>i) << 2));
    if (!(abs<f32>(other) < Infinity)) return false;
    if (other > score) better++;
  }
  return better < k;
}
