import { useState } from "react";
import { formatCount, formatShare } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

export interface ConfusionMatrixProps {
  /** Counts: a row a label, a column a prediction. */
  confusion: number[][];
  classes: string[];
  onOpen?: (label: string, prediction: string) => void;
}

/** Counts of (label, prediction) as a heat map: how deep a cell is, is its share of the label's rows. */
export function ConfusionMatrix({ confusion, classes, onOpen }: ConfusionMatrixProps) {
  const [at, setAt] = useState<{ label: number; prediction: number }>();
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const withNumbers = classes.length <= 10;
  return (
    <div className="confusion">
      <ScrollBox className="confusion-scroll" label="Confusion matrix">
        <table className="tabular" data-numbers={withNumbers} data-tiny={classes.length > 24}>
          <caption>Confusion: a row a label, a column a prediction</caption>
          <thead>
            <tr>
              <td />
              {classes.map((name, index) => (
                <th key={name} scope="col" data-lit={at?.prediction === index}>
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, label) => (
              <tr key={classes[label]}>
                <th scope="row" data-lit={at?.label === label}>
                  <span className="truncate">{classes[label]}</span>
                </th>
                {row.map((count, prediction) => (
                  <MatrixCell
                    key={classes[prediction]}
                    count={count}
                    share={totals[label] ? count / totals[label] : 0}
                    right={label === prediction}
                    withNumber={withNumbers}
                    words={`${classes[label]} predicted as ${classes[prediction]}: ${formatCount(count)}`}
                    onEnter={() => setAt({ label, prediction })}
                    onOpen={onOpen && count > 0 ? () => onOpen(classes[label], classes[prediction]) : undefined}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="confusion-words muted tabular" aria-hidden>
        {at
          ? `${classes[at.label]} predicted as ${classes[at.prediction]}: ${formatCount(confusion[at.label][at.prediction])} of ${formatCount(totals[at.label])}, ${formatShare(totals[at.label] ? confusion[at.label][at.prediction] / totals[at.label] : 0)}`
          : mostConfused(confusion, classes)}
      </p>
    </div>
  );
}

interface MatrixCellProps {
  count: number;
  share: number;
  right: boolean;
  withNumber: boolean;
  words: string;
  onEnter: () => void;
  onOpen?: () => void;
}

function MatrixCell({ count, share, right, withNumber, words, onEnter, onOpen }: MatrixCellProps) {
  const depth = Math.round(100 * Math.sqrt(share) * 0.86);
  const content = withNumber ? count > 0 && formatCount(count) : <span className="unseen">{count}</span>;
  return (
    <td
      data-right={right || undefined}
      data-deep={depth > 54 || undefined}
      style={{ background: `color-mix(in oklab, var(${right ? "--heat" : "--class-2"}) ${depth}%, var(--sunken))` }}
      onPointerEnter={onEnter}
    >
      {onOpen ? (
        <button type="button" aria-label={`${words}. Show these rows`} onClick={onOpen} onFocus={onEnter}>
          {content}
        </button>
      ) : (
        content
      )}
    </td>
  );
}

function mostConfused(confusion: number[][], classes: string[]): string {
  let most = { label: 0, prediction: 0, count: 0 };
  confusion.forEach((row, label) => {
    row.forEach((count, prediction) => {
      if (label !== prediction && count > most.count) most = { label, prediction, count };
    });
  });
  if (most.count === 0) return "No row is predicted wrong.";
  return `Most often confused: ${classes[most.label]} predicted as ${classes[most.prediction]}, ${formatCount(most.count)} times.`;
}
