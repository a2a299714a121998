import { Binary, combine } from "./binary";
import { exp4, expSum4 } from "./exp";
import { sigmoid4 } from "./sigmoid";
import { madd } from "./simd";
import { map, Unary } from "./unary";

/** exp(-t^2 / 2). Rounding t^2 would cost digits where it is large, so t is split: the square of its first half is exact. */
// @ts-ignore: decorator
@inline
function bell4(t: v128): v128 {
  const head = v128.and(t, i32x4.splat(0xfffff000));
  const rest = f32x4.mul(f32x4.sub(t, head), f32x4.add(t, head));
  const minusHalf = f32x4.splat(-0.5);
  return expSum4(f32x4.mul(f32x4.mul(head, head), minusHalf), f32x4.mul(rest, minusHalf));
}

/** 0 <= t <= 15 from |x|: beyond, nothing changes in float32. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function limited(x: v128): v128 {
  return f32x4.pmin(f32x4.abs(x), f32x4.splat(15));
}

/**
 * P(X <= x) of the standard normal distribution, with bell = exp(-t^2 / 2) and t = |x|.
 *
 * The upper tail is bell * P(w) / (t + 4) with w = (t - 4) / (t + 4): a fit of degree 9 on 0 <= t <= 15, relative error
 * 1e-8 (weighted least squares iterated to minimax); 2e-7 in float32.
 */
// @ts-ignore: decorator
@inline
function normalProbability4(x: v128, t: v128, bell: v128): v128 {
  const inverse = f32x4.div(f32x4.splat(1), f32x4.add(t, f32x4.splat(4)));
  const w = f32x4.mul(f32x4.sub(t, f32x4.splat(4)), inverse);
  let p = madd(f32x4.splat(-0.00013419667), w, f32x4.splat(0.00017465863));
  p = madd(p, w, f32x4.splat(0.0015684082));
  p = madd(p, w, f32x4.splat(-0.0035102104));
  p = madd(p, w, f32x4.splat(-0.007524004));
  p = madd(p, w, f32x4.splat(0.06040349));
  p = madd(p, w, f32x4.splat(-0.18652366));
  p = madd(p, w, f32x4.splat(0.3871369));
  p = madd(p, w, f32x4.splat(-0.60789657));
  p = madd(p, w, f32x4.splat(0.75528514));
  const tail = f32x4.mul(f32x4.mul(p, inverse), bell);
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
}

class Gelu extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    const t = limited(x);
    return f32x4.mul(x, normalProbability4(x, t, bell4(t)));
  }
}

/** y = x P(X <= x). */
export function gelu(args: usize, task: i32, scratch: usize): void {
  map<Gelu>(args, task);
}

class GeluGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, x: v128, p: v128, q: v128): v128 {
    const t = limited(x);
    const bell = bell4(t);
    // x p(x) with the sign of x and the size of t: at an infinity its limit, 0.
    const signed = v128.or(t, v128.and(x, i32x4.splat(0x80000000)));
    const slope = madd(f32x4.mul(bell, f32x4.splat(0.39894228)), signed, normalProbability4(x, t, bell));
    return f32x4.mul(dy, slope);
  }
}

/** dx = dy (P(X <= x) + x p(x)). */
export function geluGrad(args: usize, task: i32, scratch: usize): void {
  combine<GeluGrad>(args, task, scratch);
}

/** 2 sqrt(2/π), and the same times 0.044715. */
const LINEAR: f32 = 1.5957691216;
const CUBIC: f32 = 0.0713548162726;

/** 2 u = 2 sqrt(2/π) (x + 0.044715 x^3). */
// @ts-ignore: decorator
@inline
function twiceU(x: v128): v128 {
  return f32x4.mul(x, madd(f32x4.mul(x, x), f32x4.splat(CUBIC), f32x4.splat(LINEAR)));
}

class GeluApproximate extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.mul(x, sigmoid4(twiceU(x)));
  }
}

/** y = x (1 + tanh u) / 2, which is x sigmoid(2 u). */
export function geluApproximate(args: usize, task: i32, scratch: usize): void {
  map<GeluApproximate>(args, task);
}

class GeluApproximateGrad extends Binary {
  // @ts-ignore: decorator
  @inline
  vector(dy: v128, x: v128, p: v128, q: v128): v128 {
    const one = f32x4.splat(1);
    const u2 = twiceU(x);
    const e = exp4(f32x4.neg(f32x4.abs(u2)));
    const larger = f32x4.div(one, f32x4.add(one, e));
    const s = v128.bitselect(f32x4.mul(e, larger), larger, f32x4.lt(x, f32x4.splat(0)));
    // s (1 - s), without the cancellation.
    const rest = f32x4.mul(f32x4.mul(e, larger), larger);
    const slope = madd(f32x4.mul(x, x), f32x4.splat(3 * CUBIC), f32x4.splat(LINEAR));
    const term = f32x4.mul(f32x4.mul(x, rest), slope);
    return f32x4.mul(dy, f32x4.add(s, v128.and(term, f32x4.ne(rest, f32x4.splat(0)))));
  }
}

/** dx = dy (s + x s (1 - s) 2 u'), s = sigmoid(2 u). */
export function geluApproximateGrad(args: usize, task: i32, scratch: usize): void {
  combine<GeluApproximateGrad>(args, task, scratch);
}
