import { exp4 } from "./shared/exp";

/**
 * Multinomial logistic regression by stochastic gradient descent, and its predictions. Weights are features x width, the
 * classes padded to a multiple of four (`width`), so that every inner loop runs over whole vectors.
 */

/** out = Σ value · weights[id], over a row's `count` sparse entries and `dense` dense ones; `width` numbers. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function sums(
  ids: usize, values: usize, count: i32, sparse: usize,
  cells: usize, denseWidth: i32, dense: usize, width: i32, out: usize,
): void {
  const bytes = <usize>width << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0; i < count; i++) {
      const at = sparse + <usize>load<i32>(ids + (<usize>i << 2)) * bytes + k;
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(values + (<usize>i << 2)), v128.load(at)));
    }
    let other = f32x4.splat(0);
    let at = dense + k;
    for (let i = 0; i < denseWidth; i++) {
      other = f32x4.add(other, f32x4.mul(v128.load32_splat(cells + (<usize>i << 2)), v128.load(at)));
      at += bytes;
    }
    v128.store(out + k, f32x4.add(sum, other));
  }
}

/** In place: logits to probabilities. Padding past `classes` gets 0. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function softmax(out: usize, classes: i32, width: i32): void {
  const bytes = <usize>width << 2;
  let most = load<f32>(out);
  for (let k = 1; k < classes; k++) most = max(most, load<f32>(out + (<usize>k << 2)));
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(out + k, exp4(f32x4.sub(v128.load(out + k), f32x4.splat(most))));
  }
  let total: f32 = 0;
  for (let k = 0; k < width; k++) {
    if (k < classes) total += load<f32>(out + (<usize>k << 2));
    else store<f32>(out + (<usize>k << 2), 0);
  }
  const share = f32x4.splat(1 / total);
  for (let k: usize = 0; k < bytes; k += 16) v128.store(out + k, f32x4.mul(v128.load(out + k), share));
}

/**
 * One descent over the rows order[from..to). `rate` is the step at `from`, falling by `fall` a row; `factor` is what all
 * stored weights must be multiplied with, and is returned as it stands at the end.
 */
export function descend(
  order: usize, from: i32, to: i32, labels: usize, ids: usize, values: usize, offsets: usize, sparse: usize,
  cells: usize, denseWidth: i32, dense: usize, bias: usize, classes: i32, width: i32, scratch: usize,
  rate: f32, fall: f32, l2: f32, factor: f32,
): f32 {
  const bytes = <usize>width << 2;
  for (let step = from; step < to; step++) {
    const row = load<i32>(order + (<usize>step << 2));
    const first = load<u32>(offsets + (<usize>row << 2));
    const count = <i32>(load<u32>(offsets + (<usize>row << 2), 4) - first);
    const rowIds = ids + (<usize>first << 2);
    const rowValues = values + (<usize>first << 2);
    const rowCells = cells + ((<usize>row * <usize>denseWidth) << 2);
    sums(rowIds, rowValues, count, sparse, rowCells, denseWidth, dense, width, scratch);
    const scale = f32x4.splat(factor);
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(scratch + k, f32x4.add(v128.load(bias + k), f32x4.mul(scale, v128.load(scratch + k))));
    }
    softmax(scratch, classes, width);
    const own = scratch + (<usize>load<i32>(labels + (<usize>row << 2)) << 2);
    store<f32>(own, load<f32>(own) - 1);
    factor *= 1 - rate * l2;
    const pace = rate / factor;
    for (let k: usize = 0; k < bytes; k += 16) {
      const gradient = v128.load(scratch + k);
      v128.store(bias + k, f32x4.sub(v128.load(bias + k), f32x4.mul(f32x4.splat(rate), gradient)));
      const paced = f32x4.mul(f32x4.splat(pace), gradient);
      for (let i = 0; i < count; i++) {
        const at = sparse + <usize>load<i32>(rowIds + (<usize>i << 2)) * bytes + k;
        v128.store(at, f32x4.sub(v128.load(at), f32x4.mul(v128.load32_splat(rowValues + (<usize>i << 2)), paced)));
      }
      let at = dense + k;
      for (let i = 0; i < denseWidth; i++) {
        v128.store(at, f32x4.sub(v128.load(at), f32x4.mul(v128.load32_splat(rowCells + (<usize>i << 2)), paced)));
        at += bytes;
      }
    }
    rate -= fall;
  }
  return factor;
}

/** Probabilities of the rows from..to, `width` numbers each, written one after the other at `out`. */
export function predict(
  from: i32, to: i32, ids: usize, values: usize, offsets: usize, sparse: usize,
  cells: usize, denseWidth: i32, dense: usize, bias: usize, classes: i32, width: i32, out: usize,
): void {
  const bytes = <usize>width << 2;
  for (let row = from; row < to; row++) {
    const first = load<u32>(offsets + (<usize>row << 2));
    const count = <i32>(load<u32>(offsets + (<usize>row << 2), 4) - first);
    const at = out + <usize>(row - from) * bytes;
    sums(ids + (<usize>first << 2), values + (<usize>first << 2), count, sparse,
      cells + ((<usize>row * <usize>denseWidth) << 2), denseWidth, dense, width, at);
    for (let k: usize = 0; k < bytes; k += 16) v128.store(at + k, f32x4.add(v128.load(at + k), v128.load(bias + k)));
    softmax(at, classes, width);
  }
}

/** values[0..count) *= factor; `count` a multiple of four. */
export function multiply(values: usize, count: i32, factor: f32): void {
  const end = values + (<usize>count << 2);
  for (let at = values; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), f32x4.splat(factor)));
}

/**
 * The slope of the loss summed over the rows order[from..to): added to `gradients`, which lie like the weights (sparse,
 * dense, then bias). The probability of each row's own label goes to `own`, in the order of the rows.
 */
export function slope(
  order: usize, from: i32, to: i32, labels: usize, ids: usize, values: usize, offsets: usize, sparse: usize,
  cells: usize, denseWidth: i32, dense: usize, bias: usize, classes: i32, width: i32, scratch: usize,
  sparseGradients: usize, denseGradients: usize, biasGradients: usize, own: usize,
): void {
  const bytes = <usize>width << 2;
  for (let step = from; step < to; step++) {
    const row = load<i32>(order + (<usize>step << 2));
    const first = load<u32>(offsets + (<usize>row << 2));
    const count = <i32>(load<u32>(offsets + (<usize>row << 2), 4) - first);
    const rowIds = ids + (<usize>first << 2);
    const rowValues = values + (<usize>first << 2);
    const rowCells = cells + ((<usize>row * <usize>denseWidth) << 2);
    sums(rowIds, rowValues, count, sparse, rowCells, denseWidth, dense, width, scratch);
    for (let k: usize = 0; k < bytes; k += 16) {
      v128.store(scratch + k, f32x4.add(v128.load(bias + k), v128.load(scratch + k)));
    }
    softmax(scratch, classes, width);
    const label = scratch + (<usize>load<i32>(labels + (<usize>row << 2)) << 2);
    store<f32>(own + (<usize>step << 2), load<f32>(label));
    store<f32>(label, load<f32>(label) - 1);
    for (let k: usize = 0; k < bytes; k += 16) {
      const gradient = v128.load(scratch + k);
      v128.store(biasGradients + k, f32x4.add(v128.load(biasGradients + k), gradient));
      for (let i = 0; i < count; i++) {
        const at = sparseGradients + <usize>load<i32>(rowIds + (<usize>i << 2)) * bytes + k;
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load32_splat(rowValues + (<usize>i << 2)), gradient)));
      }
      let at = denseGradients + k;
      for (let i = 0; i < denseWidth; i++) {
        v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load32_splat(rowCells + (<usize>i << 2)), gradient)));
        at += bytes;
      }
    }
  }
}
