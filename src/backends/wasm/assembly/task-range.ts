/** Which elements an elementwise task works on. The host splits by the same number, ELEMENTS_PER_TASK in kernel.ts. */
const ELEMENTS_PER_TASK: i32 = 16384;

/** The first element of a task. */
// @ts-ignore: decorator
@inline
export function begin(task: i32): i32 {
  return task * ELEMENTS_PER_TASK;
}

/** One past the last element of a task, of `n` in all. */
// @ts-ignore: decorator
@inline
export function end(task: i32, n: i32): i32 {
  return min(begin(task) + ELEMENTS_PER_TASK, n);
}
