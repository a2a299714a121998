import { Fold, FoldReducer, reduce, ReduceArgs } from "./reduce";

class FloatProd extends Fold<f32, f64> {
  first(): f64 {
    return 1;
  }
  next(product: f64, x: f32): f64 {
    return product * <f64>x;
  }
  last(args: ReduceArgs, product: f64): f32 {
    return <f32>product;
  }
}

class IntProd extends Fold<i32, i32> {
  first(): i32 {
    return 1;
  }
  next(product: i32, x: i32): i32 {
    return product * x;
  }
  last(args: ReduceArgs, product: i32): i32 {
    return product;
  }
}

export function prodFloat(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<FloatProd, f32, f64>>(args, task, scratch, 2, 2);
}

export function prodInt(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<IntProd, i32, i32>>(args, task, scratch, 2, 2);
}

@unmanaged
export class ProdGradArgs {
  /** [outer, length, inner] */
  x: usize;
  /** [outer, inner] */
  dy: usize;
  /** [outer, length, inner] */
  dx: usize;
  length: i32;
  inner: i32;
  /** outer * inner, and how many of them a task takes. */
  units: i32;
  unitsPerTask: i32;
}

/** dx = dy times the product of the elements before times the product of those after. */
export function prodGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<ProdGradArgs>(args);
  const first = task * a.unitsPerTask;
  const last = min(first + a.unitsPerTask, a.units);
  const pitch = (<usize>a.inner) << 2;
  for (let unit = first; unit < last; unit++) {
    const start = (<usize>((unit / a.inner) * a.length * a.inner + (unit % a.inner))) << 2;
    const size = <usize>a.length * pitch;
    let product: f64 = 1;
    for (let at = start; at < start + size; at += pitch) {
      store<f32>(a.dx + at, <f32>product);
      product *= <f64>load<f32>(a.x + at);
    }
    product = <f64>load<f32>(a.dy + ((<usize>unit) << 2));
    for (let at = start + size; at > start;) {
      at -= pitch;
      store<f32>(a.dx + at, <f32>(<f64>load<f32>(a.dx + at) * product));
      product *= <f64>load<f32>(a.x + at);
    }
  }
}
