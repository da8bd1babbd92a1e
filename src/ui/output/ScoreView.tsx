import { type ReactNode, useDeferredValue, useState } from "react";
import type { RowPick, ScoreEntry } from "../../cells";
import { bestOf } from "./metricWords";
import { ScoreParts } from "./ScoreParts";
import { ScoreTable } from "./ScoreTable";
import "./score.css";
import { SliceScores } from "./SliceScores";
import { type Score, thresholdWords } from "./scoreWords";
import { Verdicts } from "./Verdicts";

export interface ScoreViewProps {
  /** The score cell's name: what SQL calls it. */
  name: string;
  value: Score;
  /** Puts a SQL cell of this name (or one like it) after the score. */
  onQuery?: (name: string, sql: string) => void;
  /** What else there is to say of a model's predictions: the rows that a click chose, and more. */
  analysis?: (entry: ScoreEntry, picked: RowPick | undefined, onPick: (pick: RowPick | undefined) => void) => ReactNode;
}

/** What comes after the first drawing, in a turn of its own that does not hold the page up. */
function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(children, null);
}

/** With more classes the drawings wait for the reader to ask. */
const OPEN_BY_ITSELF = 24;

/** The verdict in a sentence, models by metrics with their intervals, and where the chosen one is right and wrong. */
export function ScoreView({ name, value, onQuery, analysis }: ScoreViewProps) {
  const { entries, classes, metric } = value;
  const [chosen, setChosen] = useState<string>();
  const [picked, setPicked] = useState<{ of: ScoreEntry; pick: RowPick }>();
  const [shown, setShown] = useState(classes.length <= OPEN_BY_ITSELF);
  if (entries.length === 0) return null;
  const best = bestOf(
    entries.map((entry) => entry.scored.primary.value),
    metric,
  );
  const open = entries.find((entry) => entry.name === chosen) ?? entries[Math.max(0, best)];
  return (
    <div className="score">
      <Verdicts comparisons={value.comparisons} />
      <ScoreTable value={value} open={open} onOpen={setChosen} />
      {value.slices && <SliceScores value={value} slices={value.slices} />}
      <details className="score-more" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
        <summary>
          Where <b>{open.name}</b> is right and wrong
        </summary>
        {shown && (
          <Later>
            {open.threshold && (
              <p className="score-threshold">A match from {thresholdWords(open.threshold, value.split)}.</p>
            )}
            <ScoreParts
              key={open.name}
              name={name}
              value={value}
              entry={open}
              onQuery={onQuery}
              onPick={analysis && ((pick) => setPicked({ of: open, pick }))}
            />
          </Later>
        )}
      </details>
      {analysis?.(open, picked?.of === open ? picked.pick : undefined, (pick) => setPicked(pick && { of: open, pick }))}
    </div>
  );
}
