/** The logistic function and its inverse by tables that are made with `+ - * /` only, so that every browser has the same. */

/** Entries of `squash` a unit of its argument, from -12 to 12. */
const DENSITY = 128;
const REACH = 12;

/** e^x by a tenfold halving of the argument and the first terms of the series. */
function exponential(x: number): number {
  const small = x / 1024;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 8; k++) {
    term = (term * small) / k;
    sum += term;
  }
  for (let k = 0; k < 10; k++) sum *= sum;
  return sum;
}

/** Natural logarithm, by Halley's steps on `exponential`. */
function logarithm(x: number): number {
  let y = 0;
  for (let k = 0; k < 20; k++) {
    const power = exponential(y);
    y += (2 * (x - power)) / (x + power);
  }
  return y;
}

const SQUASHED = Float64Array.from(
  { length: 2 * REACH * DENSITY + 2 },
  (_, i) => 1 / (1 + exponential(REACH - i / DENSITY)),
);

const STRETCHED = Float64Array.from({ length: 4096 }, (_, i) => logarithm((i + 0.5) / (4096 - i - 0.5)));

/** 1 / (1 + e^-x). */
export function squash(x: number): number {
  const place = ((x < -11.99 ? -11.99 : Math.min(x, 11.99)) + REACH) * DENSITY;
  const low = place | 0;
  return SQUASHED[low] + (SQUASHED[low + 1] - SQUASHED[low]) * (place - low);
}

/** The natural logarithm of the odds of a chance, given in 1/4096. */
export function stretch(chance: number): number {
  return STRETCHED[chance];
}
