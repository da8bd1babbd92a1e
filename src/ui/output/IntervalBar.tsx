import { formatScore } from "../parts/format";

export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** The shared axis of some intervals: their range with a little air, never wider than it needs to be. */
export function intervalScale(intervals: Interval[]): { from: number; to: number } {
  const finite = intervals.filter((each) => Number.isFinite(each.low) && Number.isFinite(each.high));
  if (finite.length === 0) return { from: 0, to: 1 };
  const low = Math.min(...finite.map((each) => each.low));
  const high = Math.max(...finite.map((each) => each.high));
  const air = (high - low) * 0.12 || 0.01;
  return { from: low - air, to: high + air };
}

/** One interval as a range with its value as a dot, on an axis shared by its column. */
export function IntervalBar({ interval, scale }: { interval: Interval; scale: { from: number; to: number } }) {
  const at = (value: number) => `${(100 * (value - scale.from)) / (scale.to - scale.from)}%`;
  const words = `${formatScore(interval.low)} – ${formatScore(interval.high)}`;
  return (
    <span className="interval">
      <span aria-hidden className="interval-axis">
        <span
          className="interval-range"
          style={{ left: at(interval.low), right: `calc(100% - ${at(interval.high)})` }}
        />
        <span className="interval-value" style={{ left: at(interval.value) }} />
      </span>
      <span className="interval-words">{words}</span>
    </span>
  );
}
