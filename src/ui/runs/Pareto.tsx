import { type BoardRow, costOf } from "../../runs";
import { formatMs, formatScore } from "../parts/format";

const [WIDTH, HEIGHT, EDGE] = [560, 210, 56];

/** Score against time for the runs of one task; those that nothing beats in both are filled. */
export function Pareto({ rows }: { rows: readonly BoardRow[] }) {
  if (rows.length < 2) return null;
  const costs = rows.map((row) => Math.log10(Math.max(1, costOf(row))));
  const scores = rows.map((row) => row.score.value);
  const along = (values: readonly number[], value: number): number => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return most > least ? (value - least) / (most - least) : 0.5;
  };
  return (
    <figure className="pareto">
      <figcaption>Score against time to fit and predict; filled marks are the best for their time</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Score against time">
        <line x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} />
        {rows.map((row, i) => (
          <circle
            key={row.kept.id}
            data-front={row.pareto || undefined}
            cx={EDGE + along(costs, costs[i]) * (WIDTH - 2 * EDGE)}
            cy={HEIGHT - EDGE - along(scores, scores[i]) * (HEIGHT - 2 * EDGE)}
            r={5}
          >
            <title>{`${row.title}: ${formatScore(row.score.value)} in ${formatMs(costOf(row))}`}</title>
          </circle>
        ))}
        {[Math.max(...scores), Math.min(...scores)].map((score, i) => (
          <text key={["best", "worst"][i]} x={EDGE - 10} y={4 + (i === 0 ? EDGE : HEIGHT - EDGE)} textAnchor="end">
            {formatScore(score, 2)}
          </text>
        ))}
        <text x={EDGE} y={HEIGHT - 14} textAnchor="middle">
          {formatMs(Math.min(...rows.map(costOf)))}
        </text>
        <text x={WIDTH - EDGE} y={HEIGHT - 14} textAnchor="end">
          slower → {formatMs(Math.max(...rows.map(costOf)))}
        </text>
        <text x={EDGE - 10} y={14}>
          ↑ better
        </text>
      </svg>
    </figure>
  );
}
