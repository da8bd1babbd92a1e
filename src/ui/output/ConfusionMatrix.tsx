import { type CSSProperties, useState } from "react";
import { formatCount, formatShare } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { useRoving } from "../parts/useRoving";
import { mostWrong } from "./scoreWords";

/** Of more classes those with the most errors are drawn: a table of 100 x 100 is 10,000 cells that nobody reads. */
export const MOST_CLASSES = 40;

/** More classes have no room for counts in their cells. */
const MOST_WITH_NUMBERS = 20;

/** Few and short names stand upright, over cells with room for any count. */
function lookOf(classes: number, longest: number): "few" | "numbers" | "plain" | "tiny" {
  if (classes <= 4 && longest <= 8) return "few";
  if (classes <= MOST_WITH_NUMBERS) return "numbers";
  return classes <= 24 ? "plain" : "tiny";
}

export interface ConfusionMatrixProps {
  /** Counts: a row a label, a column a prediction. */
  confusion: number[][];
  classes: readonly string[];
  /** Shows the rows of a cell; classes by their numbers. */
  onOpen?: (label: number, prediction: number) => void;
}

/** Counts of (label, prediction) as a heat map: how deep a cell is, is its share of the label's rows. */
export function ConfusionMatrix({ confusion, classes, onOpen }: ConfusionMatrixProps) {
  const [at, setAt] = useState<{ label: number; prediction: number }>();
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const shown = mostWrong(confusion, MOST_CLASSES);
  const withNumbers = shown.length <= MOST_WITH_NUMBERS;
  const opens = (place: number): boolean =>
    confusion[shown[Math.floor(place / shown.length)]][shown[place % shown.length]] > 0;
  const roving = useRoving(onOpen ? shown.length ** 2 : 0, { columns: shown.length, has: opens });
  const longest = Math.max(...shown.map((k) => classes[k].length));
  return (
    <div className="confusion">
      <ScrollBox className="confusion-scroll" label="Confusion matrix">
        <table
          className="tabular"
          data-look={lookOf(shown.length, longest)}
          style={{ "--names": `${Math.min(104, 12 + 7 * longest)}px`, "--count": shown.length } as CSSProperties}
        >
          <caption className="unseen">Confusion: a row a label, a column a prediction</caption>
          <thead>
            <tr>
              <td />
              {shown.map((k) => (
                <th key={classes[k]} scope="col" data-lit={at?.prediction === k}>
                  <span>{classes[k]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={roving.onKeyDown}>
            {shown.map((label, row) => (
              <tr key={classes[label]}>
                <th scope="row" data-lit={at?.label === label}>
                  <span className="truncate">{classes[label]}</span>
                </th>
                {shown.map((prediction, column) => {
                  const count = confusion[label][prediction];
                  return (
                    <MatrixCell
                      key={classes[prediction]}
                      count={count}
                      share={totals[label] ? count / totals[label] : 0}
                      right={label === prediction}
                      withNumber={withNumbers}
                      words={`${classes[label]} predicted as ${classes[prediction]}: ${formatCount(count)}`}
                      onEnter={() => setAt({ label, prediction })}
                      stop={roving.of(row * shown.length + column)}
                      onOpen={onOpen && count > 0 ? () => onOpen(label, prediction) : undefined}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="confusion-words muted tabular" aria-hidden>
        {at
          ? `${classes[at.label]} predicted as ${classes[at.prediction]}: ${formatCount(confusion[at.label][at.prediction])} of ${formatCount(totals[at.label])}, ${formatShare(totals[at.label] ? confusion[at.label][at.prediction] / totals[at.label] : 0)}`
          : "A row a label, a column a prediction."}
      </p>
    </div>
  );
}

/** Up to the first depth the scheme's own letters have a contrast of 4.5, from the second on the inverse ones. */
const LIGHT = 54;
const DEEP = 76;

/** Between the two no colour of letters can be read well enough: what falls there is drawn as the nearer one. */
function legible(depth: number): number {
  if (depth <= LIGHT || depth >= DEEP) return depth;
  return depth < (LIGHT + DEEP) / 2 ? LIGHT : DEEP;
}

interface MatrixCellProps {
  count: number;
  share: number;
  right: boolean;
  withNumber: boolean;
  words: string;
  onEnter: () => void;
  /** Its place among the keyboard's stops. */
  stop: ReturnType<ReturnType<typeof useRoving>["of"]>;
  onOpen?: () => void;
}

function MatrixCell({ count, share, right, withNumber, words, onEnter, stop, onOpen }: MatrixCellProps) {
  const depth = legible(Math.round(100 * Math.sqrt(share) * 0.86));
  const content = withNumber ? count > 0 && formatCount(count) : <span className="unseen">{count}</span>;
  return (
    <td
      data-right={right || undefined}
      data-deep={depth > LIGHT || undefined}
      style={{ background: `color-mix(in oklab, var(${right ? "--heat" : "--class-2"}) ${depth}%, var(--sunken))` }}
      onPointerEnter={onEnter}
    >
      {onOpen ? (
        <button
          type="button"
          {...stop}
          aria-label={`${words}. Show these rows`}
          onClick={onOpen}
          onFocus={() => {
            stop.onFocus();
            onEnter();
          }}
        >
          {content}
        </button>
      ) : (
        content
      )}
    </td>
  );
}
