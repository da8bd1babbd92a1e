import { type ReactNode, useState } from "react";
import { pickStatement, type RowPick, type ScoreEntry } from "../../cells";
import type { Score } from "../output/scoreWords";
import { useApp } from "../pages/useApp";
import "./analysis.css";
import { PairBench } from "./PairBench";
import { PickedRows } from "./PickedRows";
import { useScored } from "./useScored";
import { WeakSlicesView } from "./WeakSlicesView";
import { WhatMatters } from "./WhatMatters";

export interface ScoreAnalysisProps {
  /** The score cell's name. */
  name: string;
  value: Score;
  entry: ScoreEntry;
  picked: RowPick | undefined;
  onPick: (pick: RowPick | undefined) => void;
}

/** What there is to find out about one model's score: the rows behind a mark, and more on demand. */
export default function ScoreAnalysis({ name, value, entry, picked, onPick }: ScoreAnalysisProps) {
  const app = useApp();
  const scored = useScored(entry, value.split);
  if (!scored) return null;

  /** The rows become a SQL cell above the score cell, and the score cell scores them too. */
  const save = (wish: string, pick: RowPick): void => {
    const source = pickStatement(pick, { split: value.split, classes: value.classes, entry });
    const added = app.notebooks.addSlice(name, wish, source);
    if (!added) return;
    app.notify({ kind: "info", message: `The rows are the cell ${added.slice}, and ${name} scores them too` });
    void app.notebooks.run([added.score]);
  };

  const rows = picked && (
    <PickedRows
      value={value}
      entry={entry}
      scored={scored}
      pick={picked}
      onSave={save}
      onClose={() => onPick(undefined)}
    />
  );
  const suggested = picked?.kind === "slice";
  return (
    <>
      {!suggested && rows}
      <Section title="Suggested slices" about={`where ${entry.name} is wrong more often than elsewhere`}>
        <WeakSlicesView value={value} entry={entry} scored={scored} picked={picked} onPick={onPick} />
        {suggested && rows}
      </Section>
      <Section title="What matters" about={`what ${entry.name}'s score comes from, and what would change it`}>
        <WhatMatters score={name} model={entry.name} />
      </Section>
      {scored.manifest.track === "matching" && (
        <Section title="Pairs" about="the hardest first, a threshold to move, and blind labelling">
          <PairBench value={value} entry={entry} scored={scored} />
        </Section>
      )}
    </>
  );
}

/** Something that is worked out when the reader opens it. */
function Section({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="score-more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b>{title}</b>: {about}
      </summary>
      {open && <div className="score-section">{children}</div>}
    </details>
  );
}
