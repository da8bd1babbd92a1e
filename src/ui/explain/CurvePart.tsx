import type { Explanation } from "../../cells";
import { useWidth } from "../explore/useWidth";
import { inSentence, metricWords } from "../output/metricWords";
import "../output/plot.css";
import { ScorePart } from "../output/ScorePart";
import { formatCount, formatDifference, formatScore } from "../parts/format";

type Curve = NonNullable<Explanation["curve"]>;

export interface CurvePartProps {
  value: Explanation;
  curve: Curve;
  onQuery?: () => void;
}

const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 24;
const TOP = 12;
const BOTTOM = 36;

/** Scores by how many training rows the model was fitted on: would more help? */
export function CurvePart({ value, curve, onQuery }: CurvePartProps) {
  const { of, metric, split } = value;
  return (
    <ScorePart
      title="Would more rows help?"
      words={`${verdictOf(curve, metric)} ${of} fitted on parts of the training rows, as many of each class, drawn by the seed; scored on ${split}.`}
      onQuery={onQuery}
    >
      {curve.points.length > 1 && <Drawing curve={curve} metric={metric} />}
      <p className="unseen">
        {curve.points.map(({ rows, score }) => `${formatCount(rows)} rows: ${formatScore(score.value)}`).join("; ")}
      </p>
    </ScorePart>
  );
}

/** What the last doubling brought, with its interval. */
function verdictOf({ last }: Curve, metric: string): string {
  if (!last) return "Nothing was fitted on fewer rows.";
  const { value, low, high } = last.difference;
  const { title } = metricWords(metric);
  const numbers = `the last doubling of the rows changed ${inSentence(title)} by ${formatDifference(value)} (${formatDifference(low)} to ${formatDifference(high)})`;
  if (last.verdict === "better") return `More rows may well help: ${numbers}.`;
  if (last.verdict === "worse") return `Odd: ${numbers}, for the worse.`;
  return `No gain is seen from more rows: ${numbers}.`;
}

function Drawing({ curve: { points }, metric }: { curve: Curve; metric: string }) {
  const [width, box] = useWidth();
  const [first, last] = [points[0].rows, points[points.length - 1].rows];
  const low = Math.min(...points.map(({ score }) => score.low));
  const high = Math.max(...points.map(({ score }) => score.high));
  const air = (high - low) * 0.1 || 0.01;
  const span = Math.log(last / first) || 1;
  const x = (rows: number): number =>
    LEFT + 14 + (Math.log(rows / first) / span) * Math.max(1, width - LEFT - RIGHT - 28);
  const y = (score: number): number => TOP + ((high + air - score) / (high - low + 2 * air)) * (HEIGHT - TOP - BOTTOM);
  const ticks = [low, (low + high) / 2, high];
  return (
    <div ref={box} className="plot" style={{ height: HEIGHT }}>
      {width > 0 && (
        <svg aria-hidden width={width} height={HEIGHT}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line className="plot-line" x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
              <text className="plot-tick" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
                {formatScore(tick, 2)}
              </text>
            </g>
          ))}
          <path
            className="plot-curve"
            d={points.map(({ rows, score }, i) => `${i === 0 ? "M" : "L"}${x(rows)} ${y(score.value)}`).join("")}
          />
          {points.map(({ rows, score }) => (
            <g key={rows}>
              <line className="explain-whisker" x1={x(rows)} x2={x(rows)} y1={y(score.low)} y2={y(score.high)} />
              <circle className="plot-dot" cx={x(rows)} cy={y(score.value)} r={4} />
              <text className="plot-tick" x={x(rows)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
                {formatCount(rows)}
              </text>
            </g>
          ))}
          <text className="plot-name" x={width - RIGHT} y={HEIGHT - 4} textAnchor="end">
            training rows
          </text>
          <text className="plot-name" x={0} y={HEIGHT - 4}>
            {metricWords(metric).title}
          </text>
        </svg>
      )}
    </div>
  );
}
