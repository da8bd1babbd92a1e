import type { NamedComparison, ScoreEntry } from "../../cells";
import type { Interval } from "../../scoring";
import { Chip } from "../parts/Chip";
import { formatCountOf, formatDifference, formatMs, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { IntervalBar } from "./IntervalBar";
import { intervalScale } from "./intervals";
import { bestOf, metricWords } from "./metricWords";
import { type Score, thresholdNote, thresholdWords } from "./scoreWords";
import { VERDICT_ICONS } from "./Verdicts";

export interface ScoreTableProps {
  value: Score;
  /** The entry whose details are shown below. */
  open: ScoreEntry;
  onOpen: (name: string) => void;
}

/** Models by metrics, every one with its interval, the best marked, and each against the first. */
export function ScoreTable({ value, open, onOpen }: ScoreTableProps) {
  const { entries, comparisons, split, metric: primary } = value;
  const several = entries.length > 1;
  const best = bestOf(
    entries.map((entry) => entry.scored.primary.value),
    primary,
  );
  const others = [...new Set(entries.flatMap((entry) => Object.keys(entry.scored.metrics)))].filter(
    (name) => name !== primary,
  );
  const scale = intervalScale(
    entries.map((entry) => entry.scored.primary),
    best,
  );
  const thresholds = entries.some((entry) => entry.threshold);
  return (
    <ScrollBox className="score-scroll" label="Scores">
      <table className="score-table tabular">
        <caption className="score-caption">
          {split}, {formatCountOf(value.labels.length, "row")}
          <span className="muted"> · ranges are 95 % bootstrap intervals</span>
        </caption>
        <thead>
          <tr>
            <th scope="col" className="score-whose">
              Model
            </th>
            <th scope="col" colSpan={2}>
              {metricWords(primary).title} <Direction metric={primary} />
            </th>
            {several && <th scope="col">Against {entries[0].name}</th>}
            {thresholds && (
              <th scope="col" data-number>
                Threshold
              </th>
            )}
            {others.map((metric) => (
              <th key={metric} scope="col" data-number title={metricWords(metric).title}>
                {metricWords(metric).short} <Direction metric={metric} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <tr key={entry.name} data-open={several && entry === open} data-best={several && index === best}>
              <th scope="row" className="score-whose">
                <Name entry={entry} choose={several ? () => onOpen(entry.name) : undefined} open={entry === open} />
              </th>
              <td className="score-value" data-number>
                {formatScore(entry.scored.primary.value)}
                {index === best && several && <span className="unseen"> best</span>}
              </td>
              <td className="score-range">
                <IntervalBar interval={entry.scored.primary} scale={scale} />
              </td>
              {several && <Against comparison={comparisons[index - 1]} />}
              {thresholds && (
                <td data-number title={entry.threshold && thresholdWords(entry.threshold, split)}>
                  {entry.threshold && (
                    <>
                      {formatScore(entry.threshold.value)}
                      <small className="score-small">{thresholdNote(entry.threshold)}</small>
                    </>
                  )}
                </td>
              )}
              {others.map((metric) => (
                <Metric
                  key={metric}
                  interval={entry.scored.intervals[metric]}
                  best={several && bestOf(valuesOf(entries, metric), metric) === index}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

const valuesOf = (entries: readonly ScoreEntry[], metric: string): number[] =>
  entries.map((entry) => entry.scored.metrics[metric] ?? Number.NaN);

function Metric({ interval, best }: { interval: Interval | undefined; best: boolean }) {
  return (
    <td data-number data-best={best}>
      {interval ? formatScore(interval.value) : "–"}
      {best && <span className="unseen"> best</span>}
      {interval && (
        <small className="score-small">
          {formatScore(interval.low)} – {formatScore(interval.high)}
        </small>
      )}
    </td>
  );
}

/** A row's own view of its comparison with the first: what was "better" for the first is "worse" here. */
function Against({ comparison }: { comparison: NamedComparison | undefined }) {
  if (!comparison) return <td className="muted">–</td>;
  const verdict = ({ better: "worse", worse: "better", "no difference seen": "no difference seen" } as const)[
    comparison.verdict
  ];
  const Icon = VERDICT_ICONS[verdict];
  const { value, low, high } = comparison.difference;
  return (
    <td className="score-against" data-verdict={verdict}>
      <Icon aria-hidden size={14} strokeWidth={2.1} /> {verdict}
      <small className="score-small">
        {formatDifference(-value)} ({formatDifference(-high)} to {formatDifference(-low)})
      </small>
    </td>
  );
}

function Name({ entry, choose, open }: { entry: ScoreEntry; choose?: () => void; open: boolean }) {
  const { info } = entry;
  const about = [info.fitMs > 0 ? formatMs(info.fitMs) : "", info.provider ?? ""].filter(Boolean).join(" · ");
  return (
    <span className="score-name">
      {choose ? (
        <button type="button" aria-pressed={open} onClick={choose} title="Show its errors below">
          {entry.name}
        </button>
      ) : (
        entry.name
      )}
      {info.baseline && <Chip>baseline</Chip>}
      {!info.reproducible && (
        <Chip tone="--stale" title="A time limit ended its fit: another run may end elsewhere.">
          cut short
        </Chip>
      )}
      {about && <small>{about}</small>}
    </span>
  );
}

/** An arrow for the direction that is better: most go up, some go down, and a reader should not have to know. */
function Direction({ metric }: { metric: string }) {
  const lower = metricWords(metric).lowerIsBetter;
  return (
    <span className="score-direction" title={lower ? "lower is better" : "higher is better"}>
      <span aria-hidden>{lower ? "↓" : "↑"}</span>
      <span className="unseen">{lower ? "lower is better" : "higher is better"}</span>
    </span>
  );
}
