import { useState } from "react";
import type { Explanation, Level, Weighed } from "../../cells";
import { Switch } from "../explore/Switch";
import { IntervalBar } from "../output/IntervalBar";
import { inSentence, metricWords } from "../output/metricWords";
import { ScorePart } from "../output/ScorePart";
import { Button } from "../parts/Button";
import { formatCount, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

/** The levels by the word that a reader chooses them by, in the order in which they are offered. */
const LEVELS: readonly { word: string; level: Level }[] = [
  { word: "by column", level: "column" },
  { word: "by feature", level: "feature" },
  { word: "by modality", level: "modality" },
];

const FIRST = 15;

export interface ImportancePartProps {
  value: Explanation;
  importance: NonNullable<Explanation["importance"]>;
  onQuery?: (level: Level | undefined) => void;
}

/** What the metric loses when something is shuffled, the most first. */
export function ImportancePart({ value, importance, onQuery }: ImportancePartProps) {
  const { items, rows, rounds, score } = importance;
  const { of, metric, split } = value;
  const offered = LEVELS.filter(({ level }) => items.some((item) => item.level === level));
  const [chosen, setChosen] = useState(offered[0]?.word);
  const [all, setAll] = useState(false);
  const level = offered.find(({ word }) => word === chosen)?.level;
  // What tells the same stands beside the single things that it is made of.
  const single = items.some((item) => item.level === "feature") ? "feature" : "column";
  const own = items
    .filter((item) => item.level === level || (item.level === "related" && level === single))
    .sort((a, b) => b.drop.value - a.drop.value);
  const { title } = metricWords(metric);
  const words = `On ${formatCount(rows)} rows of ${split}, where ${of} reaches ${inSentence(title)} ${formatScore(score.value)}: what is lost when the values are dealt out to other rows, the mean of ${rounds} rounds, with 95 % intervals over rows and rounds. An interval that reaches zero shows no effect. What two inputs both tell is seen only where they are shuffled together.`;
  if (own.length === 0)
    return (
      <ScorePart title="What it leans on" words={`${of} reads no column: there is nothing to shuffle.`} wide>
        {null}
      </ScorePart>
    );
  const shown = all ? own : own.slice(0, FIRST);
  const edges = own.flatMap(({ drop }) => [drop.low, drop.high]);
  const scale = { from: Math.min(0, ...edges), to: Math.max(0.001, ...edges) };
  return (
    <ScorePart
      title="What it leans on"
      words={words}
      wide
      control={
        offered.length > 1 && (
          <Switch
            label="What is shuffled"
            options={offered.map(({ word }) => word)}
            chosen={chosen}
            onChoose={setChosen}
          />
        )
      }
      onQuery={onQuery && (() => onQuery(level))}
    >
      <ScrollBox className="explain-scroll" label="What it leans on">
        <table className="explain-table tabular">
          <thead>
            <tr>
              <th scope="col">Shuffled</th>
              <th scope="col" data-number>
                {title} lost
              </th>
              <th scope="col" className="explain-range" />
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <ItemRow key={`${item.level} ${item.name}`} item={item} scale={scale} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {own.length > FIRST && (
        <Button small look="quiet" className="explain-all" onClick={() => setAll(!all)}>
          {all ? `Only the first ${FIRST}` : `All ${formatCount(own.length)}`}
        </Button>
      )}
    </ScorePart>
  );
}

function ItemRow({ item, scale }: { item: Weighed; scale: { from: number; to: number } }) {
  const { name, parts, drop, level } = item;
  const seen = drop.low > 0;
  return (
    <tr data-seen={seen || undefined}>
      <th scope="row">
        <span className="wrap">{level === "related" ? parts.join(" + ") : name}</span>
        {level === "related" && <small>correlated: shuffled together</small>}
        {level === "modality" && <small>{parts.join(", ")}</small>}
      </th>
      <td data-number>{formatScore(drop.value)}</td>
      <td className="explain-range">
        <IntervalBar interval={drop} scale={scale} />
      </td>
    </tr>
  );
}
