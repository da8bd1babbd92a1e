/** Where a function is asked: its value, and its slope written into `gradient`. Yields the share done. */
export type Slope = (at: Float64Array, gradient: Float64Array) => Generator<number, number>;

export interface MinimiseOptions {
  /** Evaluations at most; each may be a pass over all rows. */
  most: number;
  /** Done when the largest component of the slope is below this share of what it was at first. */
  tolerance: number;
}

/** Pairs of steps and changes of slope that stand for the curvature. */
const MEMORY = 8;
/** A step must lower the value by this share of what the slope promises (Armijo). */
const PROMISED = 1e-4;
const SHORTEST = 1e-8;

/**
 * Minimises a smooth convex function in place by limited-memory BFGS (Nocedal & Wright, algorithm 7.4) with backtracking.
 * Sums, products and square roots in a fixed order only, so the same everywhere. Yields the share done; returns how often
 * the function was asked.
 */
export function* minimise(
  at: Float64Array,
  slope: Slope,
  { most, tolerance }: MinimiseOptions,
): Generator<number, number> {
  const pairs: { step: Float64Array; change: Float64Array; share: number }[] = [];
  let gradient = new Float64Array(at.length);
  let asked = 0;
  function* ask(point: Float64Array, into: Float64Array): Generator<number, number> {
    const steps = slope(point, into);
    for (;;) {
      const step = steps.next();
      if (step.done) {
        asked++;
        return step.value;
      }
      yield Math.min(1, (asked + step.value) / most);
    }
  }
  let value = yield* ask(at, gradient);
  const enough = tolerance * largest(gradient);
  while (asked < most && largest(gradient) > enough) {
    const direction = directionOf(gradient, pairs);
    let promised = dot(direction, gradient);
    if (promised >= 0) {
      pairs.length = 0;
      direction.set(gradient.map((each) => -each));
      promised = -dot(gradient, gradient);
    }
    // The first step has no curvature to go by.
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-promised)) : 1;
    const next = new Float64Array(at.length);
    const own = new Float64Array(at.length);
    let reached = Number.POSITIVE_INFINITY;
    while (asked < most) {
      for (let i = 0; i < at.length; i++) next[i] = at[i] + length * direction[i];
      reached = yield* ask(next, own);
      if (reached <= value + PROMISED * length * promised || length < SHORTEST) break;
      length /= 2;
    }
    if (!(reached < value)) break; // single precision has no more to give
    const step = new Float64Array(at.length);
    const change = new Float64Array(at.length);
    for (let i = 0; i < at.length; i++) {
      step[i] = next[i] - at[i];
      change[i] = own[i] - gradient[i];
    }
    const curvature = dot(step, change);
    if (curvature > 1e-12 * dot(change, change)) {
      pairs.push({ step, change, share: 1 / curvature });
      if (pairs.length > MEMORY) pairs.shift();
    }
    at.set(next);
    gradient = own;
    value = reached;
  }
  return asked;
}

/** The two-loop recursion: minus the inverse curvature times the slope. */
function directionOf(
  gradient: Float64Array,
  pairs: readonly { step: Float64Array; change: Float64Array; share: number }[],
): Float64Array {
  const out = Float64Array.from(gradient, (each) => -each);
  const weights = new Float64Array(pairs.length);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { step, change, share } = pairs[p];
    weights[p] = share * dot(step, out);
    for (let i = 0; i < out.length; i++) out[i] -= weights[p] * change[i];
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.share * dot(last.change, last.change));
    for (let i = 0; i < out.length; i++) out[i] *= scale;
  }
  for (const [p, { step, change, share }] of pairs.entries()) {
    const back = weights[p] - share * dot(change, out);
    for (let i = 0; i < out.length; i++) out[i] += back * step[i];
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
