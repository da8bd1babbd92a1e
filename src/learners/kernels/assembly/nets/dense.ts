import { exp4 } from "../shared/exp";

/*
 * What stands between the matrix products of a network. Matrices are rows x width without gaps, widths multiples of four.
 */

/** Every row += bias; then, where `rectify`, max(0, ·). */
export function addBias(x: usize, rows: i32, width: i32, bias: usize, rectify: bool): void {
  const zero = f32x4.splat(0);
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const sum = f32x4.add(v128.load(x + at), v128.load(bias + at));
      v128.store(x + at, rectify ? f32x4.max(sum, zero) : sum);
    }
    x += bytes;
  }
}

/** sums += the sum of the rows. */
export function addRows(x: usize, rows: i32, width: i32, sums: usize): void {
  const bytes = <usize>width << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    let from = x + at;
    for (let row = 0; row < rows; row++, from += bytes) sum = f32x4.add(sum, v128.load(from));
    v128.store(sums + at, f32x4.add(v128.load(sums + at), sum));
  }
}

/** slopes of max(0, ·) and dropout: slopes · factor where the output is positive, else 0. */
export function rectifySlopes(slopes: usize, outputs: usize, count: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = <usize>count << 2; at < end; at += 16) {
    const passes = f32x4.gt(v128.load(outputs + at), zero);
    v128.store(slopes + at, v128.and(f32x4.mul(v128.load(slopes + at), by), passes));
  }
}

/** murmur3's finaliser. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function mix(x: v128): v128 {
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(<i32>0x85ebca6b));
  x = v128.xor(x, i32x4.shr_u(x, 13));
  x = i32x4.mul(x, i32x4.splat(<i32>0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Sets a share of about `threshold` / 2^31 of the numbers to 0 and multiplies the rest by `factor`. The same for the same seed. */
export function dropout(x: usize, count: i32, seed: i32, threshold: i32, factor: f32): void {
  let counter = i32x4.add(i32x4.splat(seed), i32x4(0, 1, 2, 3));
  const step = i32x4.splat(4);
  const limit = i32x4.splat(threshold);
  const by = f32x4.splat(factor);
  for (let end = x + (<usize>count << 2); x < end; x += 16) {
    const keep = i32x4.ge_s(i32x4.shr_u(mix(counter), 1), limit);
    v128.store(x, v128.and(f32x4.mul(v128.load(x), by), keep));
    counter = i32x4.add(counter, step);
  }
}

/** In place: logits to probabilities, the first `classes` of `width` numbers a row; the rest becomes 0. */
export function softmax(x: usize, rows: i32, classes: i32, width: i32): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++, x += bytes) {
    let most = load<f32>(x);
    for (let k = 1; k < classes; k++) most = max(most, load<f32>(x + (<usize>k << 2)));
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(x + at, exp4(f32x4.min(f32x4.sub(v128.load(x + at), f32x4.splat(most)), f32x4.splat(0))));
    }
    let total: f32 = 0;
    for (let k = 0; k < width; k++) {
      if (k < classes) total += load<f32>(x + (<usize>k << 2));
      else store<f32>(x + (<usize>k << 2), 0);
    }
    const share = f32x4.splat(1 / total);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(x + at, f32x4.mul(v128.load(x + at), share));
  }
}

/**
 * In place: probabilities to the slopes of the mean cross-entropy by the logits, (p - target) / rows. The target is
 * 1 - smoothing at the label, and smoothing spread over all classes.
 */
export function crossEntropySlopes(p: usize, rows: i32, classes: i32, width: i32, labels: usize, smoothing: f32): void {
  const bytes = <usize>width << 2;
  const share: f32 = 1 / <f32>rows;
  const floor: f32 = smoothing / <f32>classes;
  for (let row = 0; row < rows; row++, p += bytes) {
    const label = load<i32>(labels + (<usize>row << 2));
    for (let k = 0; k < classes; k++) {
      const at = p + (<usize>k << 2);
      store<f32>(at, (load<f32>(at) - floor - (k == label ? 1 - smoothing : 0)) * share);
    }
  }
}
