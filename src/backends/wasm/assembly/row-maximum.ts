/** The largest of `n` float32: NaN when there is one, -infinity of none. */
export function maximumOf(x: usize, n: i32): f32 {
  let low = f32x4.splat(-Infinity);
  let high = low;
  let i = 0;
  for (; i <= n - 8; i += 8) {
    const at = x + ((<usize>i) << 2);
    low = f32x4.max(low, v128.load(at));
    high = f32x4.max(high, v128.load(at, 16));
  }
  low = f32x4.max(low, high);
  let largest = max(
    max(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)),
    max(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)),
  );
  for (; i < n; i++) largest = max(largest, load<f32>(x + ((<usize>i) << 2)));
  return largest;
}
