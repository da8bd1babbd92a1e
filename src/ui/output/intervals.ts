export interface Interval {
  value: number;
  low: number;
  high: number;
}

export interface AxisRange {
  from: number;
  to: number;
}

/** An axis is at most this many times as wide as the widest interval on it: else every interval is a dot. */
const WIDEST = 5;

/**
 * The shared axis of some intervals, with a little air. Where some lie far from the rest (a majority baseline among
 * models), the axis keeps to the side of the best one (`best`, an index) and the far ones are off it.
 */
export function intervalScale(intervals: Interval[], best: number): AxisRange {
  const finite = intervals.filter((each) => Number.isFinite(each.low) && Number.isFinite(each.high));
  if (finite.length === 0) return { from: 0, to: 1 };
  let from = Math.min(...finite.map((each) => each.low));
  let to = Math.max(...finite.map((each) => each.high));
  const width = Math.max(...finite.map((each) => each.high - each.low));
  const anchor = intervals[best];
  if (anchor && width > 0 && to - from > WIDEST * width) {
    if (anchor.value - from > to - anchor.value)
      from = Math.min(...finite.map((each) => each.low).filter((low) => low > to - WIDEST * width));
    else to = Math.max(...finite.map((each) => each.high).filter((high) => high < from + WIDEST * width));
  }
  const air = (to - from) * 0.12 || 0.01;
  return { from: from - air, to: to + air };
}

/** Where a value is on an axis, in percent, kept between its ends. */
export function placeOn(axis: AxisRange, value: number): number {
  return Math.min(100, Math.max(0, (100 * (value - axis.from)) / (axis.to - axis.from)));
}
