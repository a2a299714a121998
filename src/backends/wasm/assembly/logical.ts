import { ByteBinary, combineBytes } from "./binary";

class LogicalAnd extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return a & b;
  }
}

/** y = a and b. */
export function logicalAnd(args: usize, task: i32, scratch: usize): void {
  combineBytes<LogicalAnd>(args, task);
}

class LogicalOr extends ByteBinary {
  // @ts-ignore: decorator
  @inline
  scalar(a: i32, b: i32): i32 {
    return a | b;
  }
}

/** y = a or b. */
export function logicalOr(args: usize, task: i32, scratch: usize): void {
  combineBytes<LogicalOr>(args, task);
}
