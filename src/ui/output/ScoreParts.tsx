import { useCallback, useId, useMemo, useState } from "react";
import type { RowPick, ScoreEntry } from "../../cells";
import { classCurve } from "../../scoring";
import { formatCount, formatScore } from "../parts/format";
import { ConfusionMatrix, MOST_CLASSES } from "./ConfusionMatrix";
import { CurveChart } from "./CurveChart";
import { PerClassTable } from "./PerClassTable";
import { ReliabilityChart } from "./ReliabilityChart";
import { ScorePart } from "./ScorePart";
import { confusionTable, curveTable, type DrawnPart, partQuery, reliabilityTable } from "./scoreTables";
import { confusionWords, curveWords, namesOf, reliabilityWords, type Score, weakestClass } from "./scoreWords";

export interface ScorePartsProps {
  /** The score cell's name. */
  name: string;
  value: Score;
  entry: ScoreEntry;
  /** Puts a SQL cell. */
  onQuery?: (name: string, sql: string) => void;
  /** Shows the rows behind a mark. */
  onPick?: (pick: RowPick) => void;
}

/** Where one model is right and wrong: four drawings, each with its data. */
export function ScoreParts({ name, value, entry, onQuery, onPick }: ScorePartsProps) {
  const { classes } = value;
  const { scored } = entry;
  const names = namesOf(value, entry);
  const perClass = scored.perClass.map((row, k) => ({ ...row, class: names[k] }));
  const many = classes.length > 10;
  const query = (part: DrawnPart, label?: string) =>
    onQuery && (() => onQuery(`${name}_${part}`, partQuery(name, entry.name, part, label)));
  const confusion = useCallback(() => confusionTable(scored.confusion, classes), [scored, classes]);
  const reliability = useCallback(() => reliabilityTable(scored.reliability), [scored]);
  const hidden = classes.length > MOST_CLASSES ? ` The ${MOST_CLASSES} classes with the most errors are drawn.` : "";
  return (
    <div className="score-parts">
      <ScorePart
        title="Confusion"
        words={confusionWords(scored.confusion, names) + hidden}
        table={confusion}
        onQuery={query("confusion")}
        wide={many}
      >
        <ConfusionMatrix
          confusion={scored.confusion}
          classes={names}
          onOpen={onPick && ((label, prediction) => onPick({ kind: "confusion", label, prediction }))}
        />
      </ScorePart>
      <ScorePart
        title="By class"
        words={`The weakest first; ${formatCount(classes.length)} classes.`}
        onQuery={query("classes")}
        wide={many}
      >
        <PerClassTable rows={perClass} onOpen={onPick && ((k) => onPick({ kind: "class", k }))} />
      </ScorePart>
      <CurvePart value={value} entry={entry} query={query} onPick={onPick} />
      <ScorePart
        title="Reliability"
        words={reliabilityWords(scored.reliability, scored.intervals.expected_calibration_error)}
        table={reliability}
        onQuery={query("reliability")}
      >
        <ReliabilityChart
          bins={scored.reliability}
          onOpen={onPick && (({ low, high }) => onPick({ kind: "sure", low, high }))}
        />
      </ScorePart>
    </div>
  );
}

interface CurvePartProps {
  value: Score;
  entry: ScoreEntry;
  query: (part: DrawnPart, label: string) => (() => void) | undefined;
  onPick?: (pick: RowPick) => void;
}

function CurvePart({ value, entry, query, onPick }: CurvePartProps) {
  const { classes, labels } = value;
  const { scored, probabilities, threshold } = entry;
  const [chosen, setChosen] = useState<number>();
  const k = threshold ? 1 : (chosen ?? weakestClass(scored.perClass));
  const curve = useMemo(() => classCurve({ labels, probabilities, classes }, k), [labels, probabilities, classes, k]);
  const table = useCallback(() => curveTable(curve), [curve]);
  const { precision, recall } = scored.perClass[k];
  const at = `recall ${formatScore(recall, 2)}, precision ${formatScore(precision, 2)}`;
  const words = threshold ? `at ${formatScore(threshold.value)}: ${at}` : `as predicted: ${at}`;
  return (
    <ScorePart
      title="Precision and recall"
      words={curveWords(curve)}
      control={threshold ? undefined : <ClassChoice classes={classes} chosen={k} onChoose={setChosen} />}
      table={table}
      onQuery={query("curve", classes[k])}
    >
      <CurveChart
        curve={curve}
        mark={{ precision, recall, words }}
        onOpen={onPick && ((threshold) => onPick({ kind: "from", k, threshold }))}
      />
    </ScorePart>
  );
}

function ClassChoice(props: { classes: readonly string[]; chosen: number; onChoose: (k: number) => void }) {
  const id = useId();
  return (
    <span className="score-choice">
      <label htmlFor={id}>of</label>
      <select id={id} value={props.chosen} onChange={(event) => props.onChoose(Number(event.target.value))}>
        {props.classes.map((name, k) => (
          <option key={name} value={k}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
