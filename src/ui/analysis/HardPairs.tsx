import { ArrowLeft, ArrowRight, RotateCcw } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { decidedAt } from "../../scoring";
import { Switch } from "../explore/Switch";
import { thresholdWords } from "../output/scoreWords";
import { Button, IconButton } from "../parts/Button";
import { formatCount, formatScore } from "../parts/format";
import { PairCard } from "./PairCard";
import { matchScores, type PairsScored } from "./pairsScored";

const WHICH = ["all", "missed", "declared wrongly"] as const;

/** Pairs by how far the model is off, each in full, and a threshold that moves what is counted, not what is reported. */
export function HardPairs({ value, entry, scored }: PairsScored) {
  const { labels, classes, split } = value;
  const id = useId();
  const reported = entry.threshold?.value ?? 0.5;
  const scores = useMemo(() => matchScores(value, entry), [value, entry]);
  const [threshold, setThreshold] = useState(reported);
  const [which, setWhich] = useState<(typeof WHICH)[number]>("all");
  const [place, setPlace] = useState(0);
  const decided = useMemo(() => decidedAt(labels, scores, threshold), [labels, scores, threshold]);
  const order = useMemo(() => hardestFirst(labels, scores, which, threshold), [labels, scores, which, threshold]);
  const at = Math.min(place, Math.max(0, order.length - 1));
  const row = order[at];
  const step = (by: number): void => setPlace(Math.max(0, Math.min(order.length - 1, at + by)));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };
  const moved = threshold !== reported;
  return (
    <div className="bench">
      <div className="bench-threshold">
        <label htmlFor={id}>
          A match from <b className="tabular">{formatScore(threshold)}</b>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={1}
          step={0.005}
          value={threshold}
          onChange={(event) => setThreshold(Number(event.target.value))}
        />
        {moved && (
          <IconButton
            small
            icon={RotateCcw}
            label="Back to the reported threshold"
            onClick={() => setThreshold(reported)}
          />
        )}
      </div>
      <dl className="bench-counts tabular" aria-live="polite">
        {(
          [
            ["precision", formatScore(decided.precision)],
            ["recall", formatScore(decided.recall)],
            ["F1", formatScore(decided.f1)],
            ["found", formatCount(decided.found)],
            ["missed", formatCount(decided.missed)],
            ["declared wrongly", formatCount(decided.wrong)],
            ["rightly not declared", formatCount(decided.left)],
          ] as const
        ).map(([name, shown]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{shown}</dd>
          </div>
        ))}
      </dl>
      <p className="muted analysis-note">
        {entry.threshold && `The reported score keeps its threshold of ${thresholdWords(entry.threshold, split)}. `}
        {moved && "A threshold that is picked here, on the rows that are scored, looks better than it is."}
      </p>
      <section className="bench-pairs" aria-label="Pairs, the hardest first" tabIndex={-1} onKeyDown={onKeyDown}>
        <div className="bench-bar">
          <Switch
            label="Which pairs"
            options={WHICH}
            chosen={which}
            onChoose={(next) => {
              setWhich(next);
              setPlace(0);
            }}
          />
          <span className="muted tabular bench-place">
            {order.length === 0 ? "none" : `${formatCount(at + 1)} of ${formatCount(order.length)}`}
          </span>
          <Button small icon={ArrowLeft} disabled={at === 0} onClick={() => step(-1)}>
            Previous
          </Button>
          <Button small icon={ArrowRight} disabled={at >= order.length - 1} onClick={() => step(1)}>
            Next
          </Button>
        </div>
        {row === undefined ? (
          <p className="muted">No pair is {which} from this threshold on.</p>
        ) : (
          <>
            <p className="bench-says tabular">
              <code>{entry.name}</code> gives a match {formatScore(scores[row])}:{" "}
              {scores[row] >= threshold ? "declared" : "not declared"}
              {scores[row] >= threshold === (labels[row] === 1) ? ", which is right." : ", which is wrong."}
            </p>
            <PairCard scored={scored} row={row} label={classes[labels[row]]} />
          </>
        )}
      </section>
    </div>
  );
}

/** By how far the probability is from the label; of the chosen kind of error at this threshold. */
function hardestFirst(
  labels: Int32Array,
  scores: Float64Array,
  which: (typeof WHICH)[number],
  threshold: number,
): number[] {
  const shown = (row: number): boolean => {
    if (which === "all") return true;
    if (which === "missed") return labels[row] === 1 && scores[row] < threshold;
    return labels[row] !== 1 && scores[row] >= threshold;
  };
  const off = (row: number): number => Math.abs(labels[row] - scores[row]);
  return Array.from(labels.keys())
    .filter(shown)
    .sort((a, b) => off(b) - off(a) || a - b);
}
