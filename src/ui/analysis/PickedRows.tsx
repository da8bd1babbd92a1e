import { Bookmark, X } from "lucide-react";
import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { pickedRows, pickName, pickWords, type RowPick, type ScoreEntry } from "../../cells";
import { isCellName } from "../../notebook";
import { RowPanel } from "../explore/RowPanel";
import { orderedSource, tableSource } from "../explore/useRows";
import { useWidth } from "../explore/useWidth";
import { Grid } from "../output/Grid";
import { namesOf, type Score } from "../output/scoreWords";
import { useApp, useAsked } from "../pages/useApp";
import { Button, IconButton } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCountOf } from "../parts/format";
import "../explore/explore.css";
import { RowJudgement } from "./RowJudgement";
import { withJudgements } from "./rowsSource";
import { type Scored, tablesOf } from "./useScored";

export interface PickedRowsProps {
  value: Score;
  entry: ScoreEntry;
  scored: Scored;
  pick: RowPick;
  /** Saves the rows as a slice under a name. */
  onSave: (name: string, pick: RowPick) => void;
  onClose: () => void;
}

const ROOM_FOR_TWO = 700;
const HEIGHT = 420;

/** The rows behind a mark of a score: as a grid with what each model says of them, and one of them in full. */
export function PickedRows({ value, entry, scored, pick, onSave, onClose }: PickedRowsProps) {
  const app = useApp();
  const [width, frame] = useWidth();
  const title = useId();
  const { manifest, relation, features } = scored;
  const { split } = value;
  const asked = useAsked(`${manifest.id} ${split}`, async (signal) => app.tasks.loaded()?.split(split, signal));
  const table = asked.status === "ready" ? asked.value : undefined;
  const numbers = useMemo(
    () =>
      table
        ? pickedRows(
            pick,
            value,
            entry,
            tablesOf(() => table, features, split),
          )
        : undefined,
    [table, pick, value, entry, features, split],
  );
  const source = useMemo(() => {
    if (!numbers) return undefined;
    const rows = orderedSource(app, relation, tableSource(app, relation, manifest), numbers);
    return withJudgements(rows, numbers, value, scored, split);
  }, [app, relation, manifest, numbers, value, scored, split]);
  const [open, setOpen] = useState<number>();
  useEffect(() => {
    if (numbers) setOpen(undefined);
  }, [numbers]);
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    if (pick) head.current?.focus({ preventScroll: false });
  }, [pick]);
  const beside = open !== undefined && width >= ROOM_FOR_TWO;
  return (
    <section ref={head} className="picked" aria-labelledby={title} tabIndex={-1}>
      <header className="picked-head">
        <strong id={title}>{pickWords(pick, namesOf(value, entry))}</strong>
        {numbers && <span className="muted tabular">{formatCountOf(numbers.length, "row")}</span>}
        <SaveSlice
          key={pickName(pick, value.classes)}
          wish={pickName(pick, value.classes)}
          onSave={(name) => onSave(name, pick)}
        />
        <IconButton small icon={X} label="Close these rows" onClick={onClose} />
      </header>
      <div ref={frame}>
        {asked.status === "failed" && <FaultView fault={asked.fault} />}
        {asked.status === "loading" && <Skeleton lines={4} />}
        {source && numbers && (
          <div className="explorer-body" data-beside={beside || undefined}>
            <Grid
              source={source}
              label={pickWords(pick, namesOf(value, entry))}
              height={HEIGHT - 34}
              onOpenRow={setOpen}
              whole={{ row: open }}
            />
            {open !== undefined && numbers[open] !== undefined && (
              <RowPanel
                manifest={manifest}
                relation={relation}
                number={numbers[open]}
                place={open}
                count={numbers.length}
                beside={beside}
                takeFocus={false}
                filters={[]}
                onPlace={setOpen}
                onClose={() => setOpen(undefined)}
              >
                <RowJudgement value={value} row={numbers[open]} scored={scored} />
              </RowPanel>
            )}
          </div>
        )}
      </div>
    </section>
  );
}

/** Asks for a name where the reader wants to keep the rows. */
function SaveSlice({ wish, onSave }: { wish: string; onSave: (name: string) => void }) {
  const [name, setName] = useState<string>();
  const id = useId();
  if (name === undefined)
    return (
      <Button small look="quiet" icon={Bookmark} className="picked-save" onClick={() => setName(wish)}>
        Save as slice
      </Button>
    );
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!isCellName(name)) return;
    onSave(name);
    setName(undefined);
  };
  return (
    <form className="picked-save picked-name" onSubmit={save}>
      <label htmlFor={id} className="unseen">
        Name of the slice
      </label>
      <input
        id={id}
        value={name}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={!isCellName(name)}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setName(undefined)}
      />
      <Button small look="main" type="submit" disabled={!isCellName(name)}>
        Save
      </Button>
    </form>
  );
}
