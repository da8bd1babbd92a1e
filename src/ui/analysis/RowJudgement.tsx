import { predictionsFor } from "../../cells";
import { valueAt } from "../../table";
import type { SplitName } from "../../tasks";
import { cellText } from "../output/cellText";
import type { Score } from "../output/scoreWords";
import { formatScore } from "../parts/format";
import type { Scored } from "./useScored";

const MOST_CLASSES = 4;

/** One row as the models see it: the true class, what each says and how sure it is, and the features. */
export function RowJudgement({ value, row, scored }: { value: Score; row: number; scored: Scored }) {
  const { classes, labels, entries, split } = value;
  return (
    <div className="judgement">
      {entries.map((entry) => {
        const own = classes.map((_, k) => entry.probabilities[row * classes.length + k]);
        const predicted = predictionsFor(value, entry)[row];
        const ranked = own.map((_, k) => k).sort((a, b) => own[b] - own[a] || a - b);
        const shown = [...new Set([...ranked.slice(0, MOST_CLASSES), labels[row]])];
        return (
          <section key={entry.name} aria-label={`${entry.name} on this row`}>
            <p>
              <code>{entry.name}</code> says <b>{classes[predicted]}</b>
              {predicted === labels[row] ? ", which is right" : `; it is ${classes[labels[row]]}`}
            </p>
            <ul className="judgement-bars tabular">
              {shown.map((k) => (
                <li key={classes[k]} data-true={k === labels[row] || undefined}>
                  <span className="truncate">{classes[k]}</span>
                  <span aria-hidden className="judgement-bar">
                    <span style={{ width: `${100 * own[k]}%` }} />
                  </span>
                  <span>{formatScore(own[k])}</span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {scored.features.map(({ name, value: features }) => (
        <FeatureList key={name} name={name} table={features.splits[split as SplitName]} row={row} />
      ))}
    </div>
  );
}

function FeatureList({
  name,
  table,
  row,
}: {
  name: string;
  table: Scored["features"][number]["value"]["splits"]["train"];
  row: number;
}) {
  return (
    <details className="judgement-features">
      <summary>
        Features of <code>{name}</code>
      </summary>
      <dl>
        {table.columns.map((column) => (
          <div key={column.name}>
            <dt>{column.name}</dt>
            <dd className="tabular">{valueAt(column, row) === null ? "missing" : cellText(column, row)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
