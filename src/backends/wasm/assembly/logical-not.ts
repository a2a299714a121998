import { UnaryArgs } from "./unary";
import { begin, end } from "./task-range";

/** y = not x; bytes 0 or 1. */
export function logicalNot(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) store<u8>(a.y + <usize>i, load<u8>(a.x + <usize>i) ^ 1);
}
