import type { SliceScore } from "../../scoring";
import { formatCount, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { metricWords } from "./metricWords";
import type { Score } from "./scoreWords";

/** The predictions' scores on the rows of other cells, under those on all rows. */
export function SliceScores({ value, slices }: { value: Score; slices: readonly SliceScore[] }) {
  const { entries, metric, labels } = value;
  const all = { name: "all rows", rows: labels.length, metric, intervals: entries.map(({ scored }) => scored.primary) };
  return (
    <ScrollBox className="score-scroll" label="Scores by slice">
      <table className="score-table tabular">
        <caption className="score-caption">
          By slice, {metricWords(metric).title}
          <span className="muted"> · ranges are 95 % bootstrap intervals</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Rows of</th>
            <th scope="col" data-number>
              Rows
            </th>
            {entries.map(({ name }) => (
              <th key={name} scope="col" data-number>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[all, ...slices].map((slice) => (
            <tr key={slice.name}>
              <th scope="row">
                {slice.name}
                {slice.metric !== metric && <small className="score-small">{metricWords(slice.metric).title}</small>}
              </th>
              <td data-number>{formatCount(slice.rows)}</td>
              {entries.map(({ name }, i) => {
                const interval = slice.intervals[i];
                return (
                  <td key={name} data-number>
                    {interval ? formatScore(interval.value) : "–"}
                    {interval && (
                      <small className="score-small">
                        {formatScore(interval.low)} – {formatScore(interval.high)}
                      </small>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
