/**
 * Histogram gradient boosting. Gradients and hessians are whole numbers, so that sums are exact in any order and a
 * sibling's histogram is exactly the parent's less the other's.
 *
 * Bins are bytes: 0 is missing, values count from 1. They stand row by row in groups of at most 64 features, a cache line;
 * a group's width is a multiple of 8, a block. A histogram holds for every feature 260 entries of four i32 (gradient,
 * hessian, rows, nothing): bins 0 to 255, and zeros past them that a whole vector of bins may reach into.
 */

/** Bytes of a feature's histogram. Not a power of two, or equal bins of all features would share a cache set. */
// @ts-ignore: decorators are AssemblyScript's
@inline
const FEATURE: usize = 4160;

/** Rows taken at a time through the blocks of a group, so that their bins are still in the cache for the next block. */
const ROWS_AT_ONCE: i32 = 2048;

/** out[i] = the gradient and hessian of rows[i]. */
export function order(pairs: usize, rows: usize, count: i32, out: usize): void {
  for (let i: usize = 0, end = <usize>count; i < end; i++) {
    store<u64>(out + (i << 3), load<u64>(pairs + (<usize>load<u32>(rows + (i << 2)) << 3)));
  }
}

/**
 * Adds rows to the histograms of one group, which are emptied first where `afresh`. `pairs` in the order of `rows`;
 * `wanted` holds a byte for each block, 0 to leave it out.
 */
export function accumulate(
  group: usize, width: i32, wanted: usize, rows: usize, count: i32, pairs: usize, histogram: usize, afresh: bool,
): void {
  const one = i32x4(0, 0, 1, 0);
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const to = min(from + ROWS_AT_ONCE, count);
    for (let block = 0; block < width; block += 8) {
      if (load<u8>(wanted + (<usize>block >> 3)) == 0) continue;
      const bytes = group + <usize>block;
      const own = histogram + <usize>block * FEATURE;
      if (afresh && from == 0) memory.fill(own, 0, 8 * FEATURE);
      for (let i = from; i < to; i++) {
        const at = bytes + <usize>load<u32>(rows + (<usize>i << 2)) * <usize>width;
        const low = load<u32>(at);
        const high = load<u32>(at, 4);
        const row = v128.or(v128.load64_zero(pairs + (<usize>i << 3)), one);
        const a = own + ((low << 4) & 0xff0);
        v128.store(a, i32x4.add(v128.load(a), row));
        const b = own + ((low >> 4) & 0xff0);
        v128.store(b, i32x4.add(v128.load(b, FEATURE), row), FEATURE);
        const c = own + ((low >> 12) & 0xff0);
        v128.store(c, i32x4.add(v128.load(c, 2 * FEATURE), row), 2 * FEATURE);
        const d = own + ((low >> 20) & 0xff0);
        v128.store(d, i32x4.add(v128.load(d, 3 * FEATURE), row), 3 * FEATURE);
        const e = own + ((high << 4) & 0xff0);
        v128.store(e, i32x4.add(v128.load(e, 4 * FEATURE), row), 4 * FEATURE);
        const f = own + ((high >> 4) & 0xff0);
        v128.store(f, i32x4.add(v128.load(f, 5 * FEATURE), row), 5 * FEATURE);
        const g = own + ((high >> 12) & 0xff0);
        v128.store(g, i32x4.add(v128.load(g, 6 * FEATURE), row), 6 * FEATURE);
        const h = own + ((high >> 20) & 0xff0);
        v128.store(h, i32x4.add(v128.load(h, 7 * FEATURE), row), 7 * FEATURE);
      }
    }
  }
}

/** What a side of a split must have: rows, and hessian in whole units. Set by `bound`; so is the penalty. */
let leastRows: i32 = 1;
let leastHessian: i32 = 1;
let penalty: f32 = 0;
/** Of categories, as in LightGBM: smoothing and extra penalty, most on the smaller side, least rows of one and of a step. */
let smoothing: f32 = 0;
let extraPenalty: f32 = 0;
let mostCategories: i32 = 32;
let leastOfCategory: i32 = 1;
let leastOfStep: i32 = 1;

export function bound(
  rows: i32, hessian: i32, l2: f32, smooth: f32, extra: f32, most: i32, ofCategory: i32, ofStep: i32,
): void {
  leastRows = rows;
  leastHessian = hessian;
  penalty = l2;
  smoothing = smooth;
  extraPenalty = extra;
  mostCategories = most;
  leastOfCategory = ofCategory;
  leastOfStep = ofStep;
}

/** The best split found of one feature: its gain without the parent's, and its bin, or how many categories. */
let featureGain: f32 = 0;
let featureBin: i32 = 0;
/** 1 where missing numbers go left. */
let featureMissing: i32 = 0;
/** How many categories `scanCategory` sorted. */
let usedCategories: i32 = 0;

/**
 * G²/(H + l2) of both sides, of four candidates at once; 0 where a side has too little. On one denominator, since a
 * division costs more than the rest.
 */
// @ts-ignore: decorators are AssemblyScript's
@inline
function gains(
  gradient: v128, hessian: v128, rows: v128, allGradient: v128, allHessian: v128, allRows: v128,
  l2: v128, least: v128, leastWeight: v128,
): v128 {
  const otherHessian = i32x4.sub(allHessian, hessian);
  const enough = v128.and(
    i32x4.ge_s(i32x4.min_s(rows, i32x4.sub(allRows, rows)), least),
    i32x4.ge_s(i32x4.min_s(hessian, otherHessian), leastWeight),
  );
  const left = f32x4.convert_i32x4_s(gradient);
  const right = f32x4.convert_i32x4_s(i32x4.sub(allGradient, gradient));
  const leftWeight = f32x4.add(f32x4.convert_i32x4_s(hessian), l2);
  const rightWeight = f32x4.add(f32x4.convert_i32x4_s(otherHessian), l2);
  const sum = f32x4.add(
    f32x4.mul(f32x4.mul(left, left), rightWeight),
    f32x4.mul(f32x4.mul(right, right), leftWeight),
  );
  return v128.and(f32x4.div(sum, f32x4.mul(leftWeight, rightWeight)), enough);
}

/**
 * Walks over the thresholds of a number. Without `find`, returns the largest of `best` and all gains. With it, looks for
 * the place of the gain `best`: puts it into `featureGain` and `featureBin`, and its direction into `featureMissing`.
 * Past the last bin nothing changes, so that a whole vector may be looked at: with all rows on one side the other has too
 * few.
 */
function walk(own: usize, bins: i32, total: v128, best: v128, find: bool): v128 {
  const missing = v128.load(own);
  const both = i32x4.extract_lane(missing, 2) > 0;
  const missingGradient = v128.shuffle<i32>(missing, missing, 0, 0, 0, 0);
  const missingHessian = v128.shuffle<i32>(missing, missing, 1, 1, 1, 1);
  const missingRows = v128.shuffle<i32>(missing, missing, 2, 2, 2, 2);
  const allGradient = v128.shuffle<i32>(total, total, 0, 0, 0, 0);
  const allHessian = v128.shuffle<i32>(total, total, 1, 1, 1, 1);
  const allRows = v128.shuffle<i32>(total, total, 2, 2, 2, 2);
  const l2 = f32x4.splat(penalty);
  const least = i32x4.splat(leastRows);
  const leastWeight = i32x4.splat(leastHessian);
  const end = own + (<usize>bins << 4);
  let d = i32x4.splat(0);
  for (let at = own + 16; at <= end; at += 64) {
    const a = i32x4.add(d, v128.load(at));
    const b = i32x4.add(a, v128.load(at, 16));
    const c = i32x4.add(b, v128.load(at, 32));
    d = i32x4.add(c, v128.load(at, 48));
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const gradient = v128.shuffle<i32>(ab, cd, 0, 1, 4, 5);
    const hessian = v128.shuffle<i32>(ab, cd, 2, 3, 6, 7);
    const rows = v128.shuffle<i32>(
      v128.shuffle<i32>(a, b, 2, 6, 3, 7), v128.shuffle<i32>(c, d, 2, 6, 3, 7), 0, 1, 4, 5,
    );
    const gain = gains(gradient, hessian, rows, allGradient, allHessian, allRows, l2, least, leastWeight);
    if (find && found(gain, best, own, at, 0)) return best;
    best = f32x4.pmax(best, gain);
    if (!both) continue;
    const other = gains(
      i32x4.add(gradient, missingGradient), i32x4.add(hessian, missingHessian), i32x4.add(rows, missingRows),
      allGradient, allHessian, allRows, l2, least, leastWeight,
    );
    if (find && found(other, best, own, at, 1)) return best;
    best = f32x4.pmax(best, other);
  }
  return best;
}

// @ts-ignore: decorators are AssemblyScript's
@inline
function found(gain: v128, best: v128, own: usize, at: usize, missingLeft: i32): bool {
  const lanes = i32x4.bitmask(f32x4.eq(gain, best));
  if (lanes == 0) return false;
  featureGain = f32x4.extract_lane(best, 0);
  featureBin = <i32>((at - own) >> 4) + ctz(lanes);
  featureMissing = missingLeft;
  return true;
}

/**
 * The best threshold of a number, where it beats `featureGain`: bins 1 to `featureBin` go left. Looks for the gain, and
 * then, for the few features that win, for its place.
 */
function scanNumber(own: usize, bins: i32, total: v128): bool {
  const before = f32x4.splat(featureGain);
  let best = walk(own, bins, total, before, false);
  if (!v128.any_true(f32x4.gt(best, before))) return false;
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
  walk(own, bins, total, best, true);
  return true;
}

// @ts-ignore: decorators are AssemblyScript's
@inline
function gainOf(left: v128, total: v128, l2: f32): f32 {
  const right = i32x4.sub(total, left);
  const lg = <f32>i32x4.extract_lane(left, 0);
  const rg = <f32>i32x4.extract_lane(right, 0);
  return lg * lg / (<f32>i32x4.extract_lane(left, 1) + l2) + rg * rg / (<f32>i32x4.extract_lane(right, 1) + l2);
}

/** So few categories are taken as they are, without the extra penalty and the least rows. */
const FEW_CATEGORIES: i32 = 4;

/**
 * The best set of categories: sorted by gradient over hessian (Fisher: among all sets, a prefix is the best), from either
 * end. Writes the sorted bins at `sorted` (u8) with their keys at `keys` (f32). The result is a length: positive from the
 * front, negative from the back.
 */
function scanCategory(own: usize, bins: i32, total: v128, sorted: usize, keys: usize): bool {
  let present = 0;
  for (let bin = 0; bin <= bins; bin++) if (load<i32>(own + (<usize>bin << 4), 8) > 0) present++;
  const few = present <= FEW_CATEGORIES;
  const least = few ? 1 : leastOfCategory;
  const step = few ? 1 : leastOfStep;
  const l2 = few ? penalty : penalty + extraPenalty;
  let used = 0;
  for (let bin = 0; bin <= bins; bin++) {
    const at = own + (<usize>bin << 4);
    if (load<i32>(at, 8) < least) continue;
    const key = <f32>load<i32>(at) / (<f32>load<i32>(at, 4) + (few ? <f32>1 : smoothing));
    let to = used++;
    for (; to > 0 && load<f32>(keys + (<usize>(to - 1) << 2)) > key; to--) {
      store<f32>(keys + (<usize>to << 2), load<f32>(keys + (<usize>(to - 1) << 2)));
      store<u8>(sorted + <usize>to, load<u8>(sorted + <usize>(to - 1)));
    }
    store<f32>(keys + (<usize>to << 2), key);
    store<u8>(sorted + <usize>to, <u8>bin);
  }
  usedCategories = used;
  const most = min(mostCategories, (used + 1) >> 1);
  const rowsInAll = i32x4.extract_lane(total, 2);
  let found = false;
  for (let side = 0; side < 2; side++) {
    let left = i32x4.splat(0);
    let rowsBefore = 0;
    for (let length = 1; length <= most; length++) {
      const place = side == 0 ? length - 1 : used - length;
      left = i32x4.add(left, v128.load(own + (<usize>load<u8>(sorted + <usize>place) << 4)));
      const rows = i32x4.extract_lane(left, 2);
      const hessian = i32x4.extract_lane(left, 1);
      if (rowsInAll - rows < max(leastRows, step) || i32x4.extract_lane(total, 1) - hessian < leastHessian) break;
      if (rows < leastRows || hessian < leastHessian || rows - rowsBefore < step) continue;
      rowsBefore = rows;
      const gain = gainOf(left, total, l2);
      if (gain <= featureGain) continue;
      featureGain = gain;
      featureBin = side == 0 ? length : -length;
      found = true;
    }
  }
  return found;
}

/**
 * The best split of a node: `features` lists those to look at; `kinds` says for every feature 0 number, 1 category.
 * `histogram` is the node's own, or the parent's where `sibling` is another one than 0, which is then taken off first.
 * `totals`: the node's gradient, hessian and rows. Written at `out`: i32 feature (-1: none), bin, 1 where missing goes
 * left, and at 16 the left side's gradient, hessian and rows; at 32 the 256 bytes that say for every bin whether it goes
 * left. `scratch` has room for 2048 bytes.
 */
export function split(
  histogram: usize, sibling: usize, features: usize, count: i32, bins: usize, kinds: usize,
  totals: usize, out: usize, scratch: usize,
): void {
  const total = v128.load(totals);
  let best: f32 = 0;
  let bestLeft = i32x4.splat(0);
  store<i32>(out, -1);
  for (let i = 0; i < count; i++) {
    const feature = load<u32>(features + (<usize>i << 2));
    const own = histogram + <usize>feature * FEATURE;
    const used = load<i32>(bins + (<usize>feature << 2));
    if (sibling != 0) {
      const other = sibling + <usize>feature * FEATURE;
      for (let at: usize = 0, end = <usize>(used + 1) << 4; at < end; at += 16) {
        v128.store(own + at, i32x4.sub(v128.load(own + at), v128.load(other + at)));
      }
    }
    const missing = v128.load(own);
    const anyMissing = i32x4.extract_lane(missing, 2) > 0;
    featureGain = best;
    if (load<u8>(kinds + <usize>feature) == 1) {
      if (!scanCategory(own, used, total, scratch, scratch + 1024)) continue;
      bestLeft = takeCategories(own, anyMissing, total, out, scratch);
    } else {
      if (!scanNumber(own, used, total)) continue;
      bestLeft = featureMissing == 1 ? missing : i32x4.splat(0);
      for (let bin = 1; bin <= featureBin; bin++) bestLeft = i32x4.add(bestLeft, v128.load(own + (<usize>bin << 4)));
      const missingLeft = featureMissing == 1 || (!anyMissing && largerLeft(bestLeft, total));
      store<i32>(out, featureBin, 4);
      store<i32>(out, missingLeft ? 1 : 0, 8);
      memory.fill(out + 32, 0, 256);
      memory.fill(out + 33, 1, featureBin);
      store<u8>(out, missingLeft ? 1 : 0, 32);
    }
    best = featureGain;
    store<i32>(out, feature);
  }
  v128.store(out, bestLeft, 16);
}

/** Where no row of the node lacks the feature, a row that does goes with the most. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function largerLeft(left: v128, total: v128): bool {
  const rows = i32x4.extract_lane(left, 2);
  return rows > i32x4.extract_lane(total, 2) - rows;
}

function takeCategories(own: usize, anyMissing: bool, total: v128, out: usize, sorted: usize): v128 {
  memory.fill(out + 32, 0, 256);
  let left = i32x4.splat(0);
  for (let i = 0, length = abs(featureBin); i < length; i++) {
    const bin = load<u8>(sorted + <usize>(featureBin > 0 ? i : usedCategories - 1 - i));
    store<u8>(out + 32 + <usize>bin, 1);
    left = i32x4.add(left, v128.load(own + (<usize>bin << 4)));
  }
  if (!anyMissing && largerLeft(left, total)) store<u8>(out, 1, 32);
  store<i32>(out, 0, 4);
  store<i32>(out, load<u8>(out, 32), 8);
  return left;
}

/**
 * Parts rows in place, in their order: first those whose bin goes left. `goesLeft` holds 256 bytes; `column` is the
 * group's address plus the feature's place. Returns how many go left. `spare` has room for all rows.
 */
export function part(rows: usize, count: i32, column: usize, width: i32, goesLeft: usize, spare: usize): i32 {
  let left: usize = rows;
  let right: usize = spare;
  for (let i: usize = rows, end = rows + (<usize>count << 2); i < end; i += 4) {
    const row = load<u32>(i);
    const goes: usize = <usize>load<u8>(goesLeft + <usize>load<u8>(column + <usize>row * <usize>width));
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes << 2;
    right += (1 - goes) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}

/** column[row] *= factor for every row listed. */
export function multiply(rows: usize, count: i32, column: usize, factor: f32): void {
  for (let i: usize = rows, end = rows + (<usize>count << 2); i < end; i += 4) {
    const at = column + (<usize>load<u32>(i) << 2);
    store<f32>(at, load<f32>(at) * factor);
  }
}

/** Below this a share is kept, so that no row is lost to underflow. */
const LEAST_SHARE: f32 = 1e-30;

/**
 * Makes the shares of each row sum to one. `shares` holds `columns` columns of `stride` bytes, a whole number of 64 rows;
 * `scratch` room for 256 bytes.
 */
export function normalise(shares: usize, columns: i32, stride: usize, from: i32, to: i32, scratch: usize): void {
  for (let row: usize = <usize>from; row < <usize>to; row += 64) {
    const first = shares + (row << 2);
    memory.fill(scratch, 0, 256);
    for (let k: usize = 0; k < <usize>columns; k++) {
      for (let j: usize = 0; j < 256; j += 16) {
        v128.store(scratch + j, f32x4.add(v128.load(scratch + j), v128.load(first + k * stride + j)));
      }
    }
    for (let j: usize = 0; j < 256; j += 16) {
      v128.store(scratch + j, f32x4.div(f32x4.splat(1), v128.load(scratch + j)));
    }
    for (let k: usize = 0; k < <usize>columns; k++) {
      for (let j: usize = 0; j < 256; j += 16) {
        const at = first + k * stride + j;
        const share = f32x4.mul(v128.load(at), v128.load(scratch + j));
        v128.store(at, f32x4.max(share, f32x4.splat(LEAST_SHARE)));
      }
    }
  }
}

/** Of two classes: the share of the second from its odds, which are kept within bounds. */
export function sharesOfOdds(odds: usize, shares: usize, from: i32, to: i32): void {
  for (let i: usize = <usize>from << 2; i < <usize>to << 2; i += 16) {
    const bounded = f32x4.min(f32x4.max(v128.load(odds + i), f32x4.splat(LEAST_SHARE)), f32x4.splat(1 / LEAST_SHARE));
    v128.store(odds + i, bounded);
    v128.store(shares + i, f32x4.div(bounded, f32x4.add(bounded, f32x4.splat(1))));
  }
}

/** share - 1 in rows of the class, else the share; 0 without a label, as rows that are not trained on have -1. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function gradientOf(share: v128, labels: v128, label: v128): v128 {
  const gradient = f32x4.sub(share, v128.and(i32x4.eq(labels, label), f32x4.splat(1)));
  return v128.and(gradient, i32x4.ge_s(labels, i32x4.splat(0)));
}

/** p(1 - p), or 0 without a label. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function hessianOf(share: v128, labels: v128): v128 {
  return v128.and(f32x4.mul(share, f32x4.sub(f32x4.splat(1), share)), i32x4.ge_s(labels, i32x4.splat(0)));
}

/** The sums of |gradient| and hessian, as two f64 at `out`; `count` a multiple of four. */
export function measure(shares: usize, labels: usize, label: i32, count: i32, out: usize): void {
  let gradients: f64 = 0;
  let hessians: f64 = 0;
  const own = i32x4.splat(label);
  for (let from: usize = 0, all = <usize>count << 2; from < all; from += 4096) {
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    for (let i = from, end = min(from + 4096, all); i < end; i += 16) {
      const share = v128.load(shares + i);
      const labelled = v128.load(labels + i);
      g = f32x4.add(g, f32x4.abs(gradientOf(share, labelled, own)));
      h = f32x4.add(h, hessianOf(share, labelled));
    }
    gradients += <f64>f32x4.extract_lane(g, 0) + <f64>f32x4.extract_lane(g, 1);
    gradients += <f64>f32x4.extract_lane(g, 2) + <f64>f32x4.extract_lane(g, 3);
    hessians += <f64>f32x4.extract_lane(h, 0) + <f64>f32x4.extract_lane(h, 1);
    hessians += <f64>f32x4.extract_lane(h, 2) + <f64>f32x4.extract_lane(h, 3);
  }
  store<f64>(out, gradients);
  store<f64>(out, hessians, 8);
}

/** As two f64 at `out`: how many |gradient| reach `limit`, and the sum of those that do not. */
export function weighLimit(shares: usize, labels: usize, label: i32, count: i32, limit: f32, out: usize): void {
  let reached: f64 = 0;
  let rest: f64 = 0;
  const own = i32x4.splat(label);
  const least = f32x4.splat(limit);
  for (let from: usize = 0, all = <usize>count << 2; from < all; from += 4096) {
    let many = i32x4.splat(0);
    let sum = f32x4.splat(0);
    for (let i = from, end = min(from + 4096, all); i < end; i += 16) {
      const size = f32x4.abs(gradientOf(v128.load(shares + i), v128.load(labels + i), own));
      const reaches = f32x4.ge(size, least);
      many = i32x4.sub(many, reaches);
      sum = f32x4.add(sum, v128.andnot(size, reaches));
    }
    reached += <f64>(i32x4.extract_lane(many, 0) + i32x4.extract_lane(many, 1));
    reached += <f64>(i32x4.extract_lane(many, 2) + i32x4.extract_lane(many, 3));
    rest += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
    rest += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
  }
  store<f64>(out, reached);
  store<f64>(out, rest, 8);
}

/**
 * Chooses rows with the chance |gradient| / limit (at most 1), and weighs them by its inverse, so that sums keep their
 * expectation with the least variance. Chosen rows are listed at `own`, the rest at `others`; their pairs are written as by
 * `gradients`. Returns how many were chosen.
 */
export function choose(
  shares: usize, labels: usize, label: i32, count: i32, limit: f32, seed: i32,
  gradientScale: f32, hessianScale: f32, pairs: usize, own: usize, others: usize,
): i32 {
  const klass = i32x4.splat(label);
  const gs = f32x4.splat(gradientScale);
  const hs = f32x4.splat(hessianScale);
  const most = f32x4.splat(limit);
  let hashes = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(seed));
  const first = own;
  for (let row = 0; row < count; row += 4) {
    const i = <usize>row << 2;
    const labelled = v128.load(labels + i);
    const share = v128.load(shares + i);
    const gradient = gradientOf(share, labelled, klass);
    const size = f32x4.abs(gradient);
    let x = v128.xor(hashes, i32x4.shr_u(hashes, 16));
    x = i32x4.mul(x, i32x4.splat(0x21f0aaad));
    x = v128.xor(x, i32x4.shr_u(x, 15));
    x = i32x4.mul(x, i32x4.splat(0x735a2d97));
    x = i32x4.shr_u(v128.xor(x, i32x4.shr_u(x, 15)), 8);
    const drawn = f32x4.mul(f32x4.convert_i32x4_s(x), f32x4.splat(1.0 / 16777216));
    const chosen = i32x4.bitmask(f32x4.lt(f32x4.mul(drawn, most), size));
    const weight = f32x4.pmax(f32x4.splat(1), f32x4.div(most, size));
    const g = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4.mul(gradient, weight), gs)));
    const h = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4.mul(hessianOf(share, labelled), weight), hs)));
    v128.store(pairs + (i << 1), v128.shuffle<i32>(g, h, 0, 4, 1, 5));
    v128.store(pairs + (i << 1), v128.shuffle<i32>(g, h, 2, 6, 3, 7), 16);
    hashes = i32x4.add(hashes, i32x4.splat(4));
    for (let lane = 0; lane < 4 && row + lane < count; lane++) {
      const taken: usize = <usize>((chosen >> lane) & 1) << 2;
      store<u32>(own, row + lane);
      store<u32>(others, row + lane);
      own += taken;
      others += 4 - taken;
    }
  }
  return <i32>((own - first) >> 2);
}

/** The sums of gradient and hessian over listed rows, as two f64 at `out`. */
export function sumUp(rows: usize, count: i32, shares: usize, labels: usize, label: i32, out: usize): void {
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  for (let i: usize = rows, end = rows + (<usize>count << 2); i < end; i += 4) {
    const at = <usize>load<u32>(i) << 2;
    const labelled = load<i32>(labels + at);
    if (labelled < 0) continue;
    const share = load<f32>(shares + at);
    gradient += <f64>(share - <f32>(labelled == label ? 1 : 0));
    hessian += <f64>(share * (1 - share));
  }
  store<f64>(out, gradient);
  store<f64>(out, hessian, 8);
}

/** Gradient and hessian of every row as a pair of whole numbers, times their scales; `count` a multiple of four. */
export function gradients(
  shares: usize, labels: usize, label: i32, count: i32, gradientScale: f32, hessianScale: f32, pairs: usize,
): void {
  const own = i32x4.splat(label);
  const gs = f32x4.splat(gradientScale);
  const hs = f32x4.splat(hessianScale);
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const share = v128.load(shares + i);
    const labelled = v128.load(labels + i);
    const g = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gradientOf(share, labelled, own), gs)));
    const h = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(hessianOf(share, labelled), hs)));
    v128.store(pairs + (i << 1), v128.shuffle<i32>(g, h, 0, 4, 1, 5));
    v128.store(pairs + (i << 1), v128.shuffle<i32>(g, h, 2, 6, 3, 7), 16);
  }
}

/** The number whose unsigned order is that of the single-precision number with these bits; and back. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function ordered(bits: u32): u32 {
  return bits ^ (<u32>(<i32>bits >> 31) | 0x80000000);
}

// @ts-ignore: decorators are AssemblyScript's
@inline
function bitsOf(order: u32): u32 {
  return order ^ (order >> 31 ? 0x80000000 : 0xffffffff);
}

/**
 * Sorts numbers, none of them NaN, by 11 bits at a time (least significant first). `spare` has room for as many, `counts`
 * for 2048 u32.
 */
export function sort(values: usize, count: i32, spare: usize, counts: usize): void {
  const bytes = <usize>count << 2;
  for (let i: usize = 0; i < bytes; i += 4) store<u32>(values + i, ordered(load<u32>(values + i)));
  let from = values;
  let to = spare;
  for (let shift: u32 = 0; shift < 32; shift += 11) {
    memory.fill(counts, 0, 8192);
    for (let i: usize = 0; i < bytes; i += 4) {
      const at = counts + <usize>(((load<u32>(from + i) >> shift) & 2047) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
    let sum: u32 = 0;
    for (let i: usize = 0; i < 8192; i += 4) {
      const many = load<u32>(counts + i);
      store<u32>(counts + i, sum);
      sum += many;
    }
    for (let i: usize = 0; i < bytes; i += 4) {
      const key = load<u32>(from + i);
      const at = counts + <usize>(((key >> shift) & 2047) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      store<u32>(to + (<usize>place << 2), key);
    }
    const other = from;
    from = to;
    to = other;
  }
  for (let i: usize = 0; i < bytes; i += 4) store<u32>(values + i, bitsOf(load<u32>(from + i)));
}

/**
 * Bins of a column of numbers: 0 for NaN, else 1 + how many edges are below the value. `edges` is padded with infinities to
 * 256 numbers; `step` is the largest power of two that is at most their count. Written 2^shift side by side, and the next so
 * many `stride` bytes further.
 */
export function bin(
  values: usize, count: i32, edges: usize, step: i32, out: usize, stride: usize, shift: usize,
): void {
  const lanes: usize = (1 << shift) - 1;
  for (let i: usize = 0; i < <usize>count; i++) {
    const value = load<f32>(values + (i << 2));
    let at: usize = edges;
    for (let jump = <usize>step << 2; jump >= 4; jump >>= 1) {
      at += load<f32>(at + jump - 4) < value ? jump : 0;
    }
    store<u8>(out + (i >> shift) * stride + (i & lanes), value != value ? 0 : <u8>(((at - edges) >> 2) + 1));
  }
}

/** Leaves are numbered from here, inner nodes from 0: a tree in the form that `apply` reads. */
const LEAF: u8 = 128;

/**
 * Writes an inner node's row of a tree's table: for each of 256 bins the node to go to. Values up to `bin` go left, or,
 * where `set` is not 0, the bins whose bit is set there.
 */
export function spread(table: usize, node: i32, bin: i32, missingLeft: i32, set: usize, left: i32, right: i32): void {
  const row = table + (<usize>node << 8);
  if (set == 0) {
    memory.fill(row, <u8>right, 256);
    memory.fill(row + 1, <u8>left, bin);
    store<u8>(row, missingLeft ? <u8>left : <u8>right);
    return;
  }
  for (let i: usize = 0; i < 256; i++) {
    store<u8>(row + i, (load<u8>(set + (i >> 3)) >> <u8>(i & 7)) & 1 ? <u8>left : <u8>right);
  }
}

/** Writes a leaf's row: it leads to itself. */
export function spreadLeaf(table: usize, node: i32): void {
  memory.fill(table + (<usize>node << 8), <u8>node, 256);
}

/** The node that row `lane` of eight goes to from `node`. */
// @ts-ignore: decorators are AssemblyScript's
@inline
function next(table: usize, places: usize, node: i32, bins: usize): i32 {
  return load<u8>(table + (<usize>node << 8) + load<u8>(bins + load<u32>(places + (<usize>node << 2))));
}

// @ts-ignore: decorators are AssemblyScript's
@inline
function gather(values: usize, a: i32, b: i32, c: i32, d: i32): v128 {
  const two = v128.load32_lane(values + (<usize>(b - LEAF) << 2), v128.load32_zero(values + (<usize>(a - LEAF) << 2)), 1);
  const three = v128.load32_lane(values + (<usize>(c - LEAF) << 2), two, 2);
  return v128.load32_lane(values + (<usize>(d - LEAF) << 2), three, 3);
}

/**
 * out[row] += the value of the leaf that a tree leads the row to. Rows stand in eights: the bins of eight rows for one
 * feature, then for the next, `bytes` for all. `places` holds for each of 256 nodes eight times its feature (leaves: any),
 * `values` a number a leaf. Eight rows walk at once, since each step waits for the memory.
 */
export function apply(
  table: usize, places: usize, values: usize, root: i32, bins: usize, bytes: i32, count: i32, out: usize,
): void {
  for (let row = 0; row < count; row += 8) {
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let e = root;
    let f = root;
    let g = root;
    let h = root;
    while ((a & b & c & d & e & f & g & h & LEAF) == 0) {
      a = next(table, places, a, bins);
      b = next(table, places, b, bins + 1);
      c = next(table, places, c, bins + 2);
      d = next(table, places, d, bins + 3);
      e = next(table, places, e, bins + 4);
      f = next(table, places, f, bins + 5);
      g = next(table, places, g, bins + 6);
      h = next(table, places, h, bins + 7);
    }
    v128.store(out, f32x4.add(v128.load(out), gather(values, a, b, c, d)));
    v128.store(out, f32x4.add(v128.load(out, 16), gather(values, e, f, g, h)), 16);
    bins += <usize>bytes;
    out += 32;
  }
}
