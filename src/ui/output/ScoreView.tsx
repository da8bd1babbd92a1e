import { useState } from "react";
import type { FaultData } from "../../base";
import type { SplitName } from "../../tasks";
import { Chip } from "../parts/Chip";
import { FaultView } from "../parts/FaultView";
import { formatCountOf, formatMs, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { ConfusionMatrix } from "./ConfusionMatrix";
import { IntervalBar } from "./IntervalBar";
import { intervalScale } from "./intervals";
import { bestOf, metricWords } from "./metricWords";
import { type ClassRow, PerClassTable } from "./PerClassTable";
import "./score.css";
import { type ScoreComparison, Verdict } from "./Verdict";

export interface ScoreViewEntry {
  name: string;
  /** Rows that were scored. */
  rows: number;
  metrics: Record<string, number>;
  primary: { metric: string; value: number; low: number; high: number };
  /** Counts: a row a label, a column a prediction. */
  confusion: number[][];
  classes: string[];
  perClass: ClassRow[];
  /** Shipped with the task, to be beaten. */
  baseline?: boolean;
  fitMs?: number;
  provider?: string;
  fault?: FaultData;
}

export interface ScoreViewProps {
  /** What was scored: no number of this view stands without it. */
  split: SplitName;
  entries: ScoreViewEntry[];
  comparison?: ScoreComparison;
  /** Where chosen rows can be shown, like the wrong ones of a class. */
  onOpenErrors?: (entry: string, label: string, prediction: string) => void;
}

/** Models by metrics, with the primary metric's interval drawn, the verdict in a sentence, and where the errors are. */
export function ScoreView({ split, entries, comparison, onOpenErrors }: ScoreViewProps) {
  const [chosen, setChosen] = useState<string>();
  if (entries.length === 0) return null;
  const primary = entries[0].primary.metric;
  const best = bestOf(
    entries.map((entry) => entry.primary.value),
    primary,
  );
  const open = entries.find((entry) => entry.name === chosen) ?? entries[Math.max(0, best)];
  const others = [...new Set(entries.flatMap((entry) => Object.keys(entry.metrics)))].filter(
    (name) => name !== primary,
  );
  const scale = intervalScale(
    entries.map((entry) => entry.primary),
    best,
  );
  return (
    <div className="score">
      {comparison && <Verdict comparison={comparison} metric={primary} />}
      <ScrollBox className="score-scroll" label="Scores">
        <table className="score-table tabular">
          <caption className="score-caption">
            {split}, {[...new Set(entries.map((entry) => formatCountOf(entry.rows, "row")))].join(" or ")}
            <span className="muted"> · ranges are 95 % bootstrap intervals</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col" className="score-primary" colSpan={2}>
                {metricWords(primary).title} <Direction metric={primary} />
              </th>
              {others.map((metric) => (
                <th key={metric} scope="col" data-number title={metricWords(metric).title}>
                  {metricWords(metric).short} <Direction metric={metric} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, index) => (
              <tr key={entry.name} data-open={entries.length > 1 && entry === open} data-best={index === best}>
                <th scope="row">
                  <Name
                    entry={entry}
                    choose={entries.length > 1 ? () => setChosen(entry.name) : undefined}
                    open={entry === open}
                  />
                </th>
                <td className="score-value" data-number>
                  {formatScore(entry.primary.value)}
                  {index === best && entries.length > 1 && <span className="unseen"> best</span>}
                </td>
                <td className="score-range">
                  <IntervalBar interval={entry.primary} scale={scale} />
                </td>
                {others.map((metric) => {
                  const values = entries.map((each) => each.metrics[metric] ?? Number.NaN);
                  return (
                    <td key={metric} data-number data-best={entries.length > 1 && bestOf(values, metric) === index}>
                      {formatScore(values[index])}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {entries.map((entry) => entry.fault && <FaultView key={entry.name} fault={entry.fault} />)}
      <details className="score-more" open={open.classes.length <= 24}>
        <summary>
          Where <b>{open.name}</b> is right and wrong
        </summary>
        <div className="score-parts" data-many={open.classes.length > 12}>
          <ConfusionMatrix
            confusion={open.confusion}
            classes={open.classes}
            onOpen={onOpenErrors && ((label, prediction) => onOpenErrors(open.name, label, prediction))}
          />
          <PerClassTable rows={open.perClass} />
        </div>
      </details>
    </div>
  );
}

function Name({ entry, choose, open }: { entry: ScoreViewEntry; choose?: () => void; open: boolean }) {
  const about = [entry.fitMs === undefined ? "" : formatMs(entry.fitMs), entry.provider].filter(Boolean).join(" · ");
  return (
    <span className="score-name">
      {choose ? (
        <button type="button" aria-pressed={open} onClick={choose} title="Show its errors below">
          {entry.name}
        </button>
      ) : (
        entry.name
      )}
      {entry.baseline && <Chip>baseline</Chip>}
      {about && <small>{about}</small>}
    </span>
  );
}

/** An arrow for the direction that is better: most go up, two go down, and a reader should not have to know. */
function Direction({ metric }: { metric: string }) {
  const lower = metricWords(metric).lowerIsBetter;
  return (
    <span className="score-direction" title={lower ? "lower is better" : "higher is better"}>
      <span aria-hidden>{lower ? "↓" : "↑"}</span>
      <span className="unseen">{lower ? "lower is better" : "higher is better"}</span>
    </span>
  );
}
