/** n^-beta for response normalization: roots where the exponent allows, which cost a fifth of a general power. */

export abstract class Power {
  abstract vector(n: v128, beta: f32): v128;
}

export class HalfPower extends Power {
  // @ts-ignore: decorator
  @inline
  vector(n: v128, beta: f32): v128 {
    return f32x4.div(f32x4.splat(1), f32x4.sqrt(n));
  }
}

export class ThreeQuarterPower extends Power {
  // @ts-ignore: decorator
  @inline
  vector(n: v128, beta: f32): v128 {
    const root = f32x4.sqrt(n);
    return f32x4.div(f32x4.splat(1), f32x4.mul(root, f32x4.sqrt(root)));
  }
}

export class WholePower extends Power {
  // @ts-ignore: decorator
  @inline
  vector(n: v128, beta: f32): v128 {
    return f32x4.div(f32x4.splat(1), n);
  }
}

export class GeneralPower extends Power {
  vector(n: v128, beta: f32): v128 {
    let y = f32x4.splat(Mathf.pow(f32x4.extract_lane(n, 0), -beta));
    y = f32x4.replace_lane(y, 1, Mathf.pow(f32x4.extract_lane(n, 1), -beta));
    y = f32x4.replace_lane(y, 2, Mathf.pow(f32x4.extract_lane(n, 2), -beta));
    return f32x4.replace_lane(y, 3, Mathf.pow(f32x4.extract_lane(n, 3), -beta));
  }
}

/** Which of them the host chose for beta; it has the same numbers. */
export const HALF: i32 = 1;
export const THREE_QUARTERS: i32 = 2;
export const WHOLE: i32 = 3;
