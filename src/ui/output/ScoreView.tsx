import { useState } from "react";
import { bestOf } from "./metricWords";
import { ScoreParts } from "./ScoreParts";
import { ScoreTable } from "./ScoreTable";
import "./score.css";
import { type Score, thresholdWords } from "./scoreWords";
import { Verdicts } from "./Verdicts";

export interface ScoreViewProps {
  /** The score cell's name: what SQL calls it. */
  name: string;
  value: Score;
  /** Puts a SQL cell of this name (or one like it) after the score. */
  onQuery?: (name: string, sql: string) => void;
  /** Where chosen rows can be shown, like the wrong ones of a class. */
  onOpenErrors?: (entry: string, label: string, prediction: string) => void;
}

/** With more classes the drawings wait for the reader to ask. */
const OPEN_BY_ITSELF = 24;

/** The verdict in a sentence, models by metrics with their intervals, and where the chosen one is right and wrong. */
export function ScoreView({ name, value, onQuery, onOpenErrors }: ScoreViewProps) {
  const { entries, classes, metric } = value;
  const [chosen, setChosen] = useState<string>();
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
      <details className="score-more" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
        <summary>
          Where <b>{open.name}</b> is right and wrong
        </summary>
        {shown && (
          <>
            {open.threshold && (
              <p className="score-threshold">A match from {thresholdWords(open.threshold, value.split)}.</p>
            )}
            <ScoreParts
              key={open.name}
              name={name}
              value={value}
              entry={open}
              onQuery={onQuery}
              onOpenErrors={onOpenErrors}
            />
          </>
        )}
      </details>
    </div>
  );
}
