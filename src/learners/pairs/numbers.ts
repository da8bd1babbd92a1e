import { unitOf } from "./units";

/** A number with its unit: `dimension` is a known one (length, mass …) or the letters themselves ("port", "p"). */
export interface Measure {
  dimension: string;
  value: number;
}

export interface NumbersOfText {
  /** Rising, distinct. */
  values: Float64Array;
  measures: Measure[];
}

/**
 * A number that no letter precedes (but for the v of versions), and what stands right behind it: letters or a unit's sign,
 * with at most a space or a hyphen between.
 */
const NUMBER = /(?<![\p{L}\d][.,]?|[\p{L}\d])v?(\d+(?:[.,]\d+)*)(?:([ -]?)(\p{L}+|["″”%])(?![\p{L}\d]))?/gu;

/** Numbers of a folded text, at most `most`. */
export function numbersOf(folded: string, most: number): NumbersOfText {
  const values: number[] = [];
  const measures: Measure[] = [];
  for (const [, digits, gap, letters] of folded.matchAll(NUMBER)) {
    if (values.length >= most) break;
    const read = readNumber(digits);
    values.push(...read);
    if (letters === undefined) continue;
    const unit = unitOf(letters);
    const value = read[read.length - 1];
    if (unit) measures.push({ dimension: unit.dimension, value: value * unit.factor });
    else if (gap !== " ") measures.push({ dimension: letters, value });
  }
  values.sort((a, b) => a - b);
  return { values: Float64Array.from(values.filter((value, i) => i === 0 || value !== values[i - 1])), measures };
}

/**
 * The numbers that digits with points and commas write. Of both signs the later is the decimal one; commas before each
 * three digits are thousands; several points are a version or a date, whose parts are numbers of their own.
 */
function readNumber(digits: string): number[] {
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma >= 0 && point >= 0) {
    const [thousands, decimal] = comma > point ? [/\./g, ","] : [/,/g, "."];
    return [Number(digits.replace(thousands, "").replace(decimal, "."))].filter(Number.isFinite);
  }
  if (comma >= 0) {
    if (/^\d{1,3}(,\d{3})+$/.test(digits)) return [Number(digits.replaceAll(",", ""))];
    const parts = digits.split(",");
    return parts.length === 2 ? [Number(parts.join("."))] : parts.map(Number);
  }
  const parts = digits.split(".");
  return parts.length <= 2 ? [Number(digits)] : parts.map(Number);
}

/** |a - b| over the larger magnitude: 0 for equal numbers, 2 at most. */
export function apart(a: number, b: number): number {
  if (a === b) return 0;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

/** The least relative difference of a number of one and a number of the other; NaN where either is empty. */
export function closest(a: Float64Array, b: Float64Array): number {
  let least = Number.NaN;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const here = apart(a[i], b[j]);
    if (!(here >= least)) least = here;
    if (a[i] <= b[j]) i++;
    else j++;
  }
  return least;
}

export function sharedNumbers(a: Float64Array, b: Float64Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) shared++;
    const left = a[i];
    if (left <= b[j]) i++;
    if (left >= b[j]) j++;
  }
  return shared;
}

/** Measures of the same dimension that differ by no more than this are taken for the same (2.2 lb and 1 kg). */
const SAME_MEASURE = 0.01;

/**
 * Compares what both sides measure: in how many of the shared dimensions some value is the same, less those in which none
 * is; and the largest of the dimensions' least relative differences. NaN where no dimension is shared.
 */
export function compareMeasures(a: readonly Measure[], b: readonly Measure[]): { agreement: number; apart: number } {
  const least = new Map<string, number>();
  for (const left of a) {
    for (const right of b) {
      if (left.dimension !== right.dimension) continue;
      const difference = apart(left.value, right.value);
      least.set(left.dimension, Math.min(difference, least.get(left.dimension) ?? difference));
    }
  }
  if (least.size === 0) return { agreement: Number.NaN, apart: Number.NaN };
  let agreement = 0;
  let most = 0;
  for (const difference of least.values()) {
    agreement += difference <= SAME_MEASURE ? 1 : -1;
    most = Math.max(most, difference);
  }
  return { agreement, apart: most };
}
