import { formatScore } from "../parts/format";
import { type AxisRange, type Interval, placeOn } from "./intervals";

/** One interval as a range with its value as a dot, on an axis shared by its column. */
export function IntervalBar({ interval, scale }: { interval: Interval; scale: AxisRange }) {
  const at = (value: number) => `${placeOn(scale, value)}%`;
  const out = interval.high < scale.from ? "below" : interval.low > scale.to ? "above" : undefined;
  const words = `${formatScore(interval.low)} – ${formatScore(interval.high)}`;
  return (
    <span className="interval">
      <span aria-hidden className="interval-axis" data-out={out}>
        {out === undefined && (
          <>
            <span
              className="interval-range"
              style={{ left: at(interval.low), right: `calc(100% - ${at(interval.high)})` }}
            />
            <span className="interval-value" style={{ left: at(interval.value) }} />
          </>
        )}
      </span>
      <span className="interval-words">{words}</span>
    </span>
  );
}
