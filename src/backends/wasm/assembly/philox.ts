/**
 * Philox 4x32-10, four counters at a time; core/philox.ts says what it is and where it comes from.
 */

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;

/**
 * Writes the words of the blocks `block` to `block + 3` at `to`, in order: u32[16].
 * The counter of a block is (block, 0, run, attempt), the key (key0, key1).
 */
export function philox(to: usize, block: u32, run: u32, attempt: u32, key0: u32, key1: u32): void {
  let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(0);
  let c2 = i32x4.splat(run);
  let c3 = i32x4.splat(attempt);
  let k0 = i32x4.splat(key0);
  let k1 = i32x4.splat(key1);
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  for (let round = 0; round < 10; round++) {
    // 64-bit products: the words of lanes 0 and 1, and of lanes 2 and 3, low before high.
    const a = i64x2.extmul_low_i32x4_u(c0, m0);
    const b = i64x2.extmul_high_i32x4_u(c0, m0);
    const c = i64x2.extmul_low_i32x4_u(c2, m1);
    const d = i64x2.extmul_high_i32x4_u(c2, m1);
    const high0 = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
    const high1 = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
    c0 = v128.xor(v128.xor(high1, c1), k0);
    c1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(high0, c3), k1);
    c3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    k0 = i32x4.add(k0, i32x4.splat(WEYL_0));
    k1 = i32x4.add(k1, i32x4.splat(WEYL_1));
  }
  // From word by word to block by block.
  const ab0 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
  const ab1 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
  const cd0 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  const cd1 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<i32>(ab0, cd0, 2, 3, 6, 7), 16);
  v128.store(to, v128.shuffle<i32>(ab1, cd1, 0, 1, 4, 5), 32);
  v128.store(to, v128.shuffle<i32>(ab1, cd1, 2, 3, 6, 7), 48);
}

/** Words as uniform numbers in [0, 1) with 24 bits. */
// @ts-ignore: decorator
@inline
export function uniformOf(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
}
