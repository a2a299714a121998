import { begin, end } from "./task-range";

@unmanaged
export class CopyArgs {
  /** [bytes] each; they do not overlap. */
  from: usize;
  to: usize;
  bytes: i32;
}

/** Bytes a copying task moves; the host's BYTES_PER_TASK. */
const BYTES_PER_TASK: i32 = 65536;

/** to = from. */
export function copyBytes(args: usize, task: i32, scratch: usize): void {
  const a = changetype<CopyArgs>(args);
  const first = task * BYTES_PER_TASK;
  const last = min(first + BYTES_PER_TASK, a.bytes);
  memory.copy(a.to + <usize>first, a.from + <usize>first, <usize>(last - first));
}

@unmanaged
export class AccumulateArgs {
  /** [n] of one dtype: the variable and what is added to it. */
  ref: usize;
  value: usize;
  n: i32;
  /** 1 to add, -1 to subtract. */
  sign: i32;
}

export function accumulateFloat(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AccumulateArgs>(args);
  const sign = <f32>a.sign;
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    const at = a.ref + ((<usize>i) << 2);
    store<f32>(at, load<f32>(at) + sign * load<f32>(a.value + ((<usize>i) << 2)));
  }
}

export function accumulateInt(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AccumulateArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    const at = a.ref + ((<usize>i) << 2);
    store<i32>(at, load<i32>(at) + a.sign * load<i32>(a.value + ((<usize>i) << 2)));
  }
}

export function accumulateByte(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AccumulateArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    const at = a.ref + <usize>i;
    store<u8>(at, <u8>(<i32>load<u8>(at) + a.sign * <i32>load<u8>(a.value + <usize>i)));
  }
}
