import { DatabaseZap, Table2 } from "lucide-react";
import { type ReactNode, useId, useMemo, useState } from "react";
import type { Table } from "../../table";
import { Button } from "../parts/Button";
import { Grid } from "./Grid";
import { sourceOf } from "./gridSource";

export interface ScorePartProps {
  title: string;
  /** What is drawn, in a sentence or two, for everybody. */
  words: string;
  /** Beside the title: what else can be shown. */
  control?: ReactNode;
  /** What is drawn, as a table. Made when asked for. */
  table?: () => Table;
  /** Puts a SQL cell that reads what is drawn. */
  onQuery?: () => void;
  /** Takes the whole width. */
  wide?: boolean;
  children: ReactNode;
}

/** One drawing of a score: its title, the drawing, what it says, and the way to its data. */
export function ScorePart({ title, words, control, table, onQuery, wide = false, children }: ScorePartProps) {
  const [shown, setShown] = useState(false);
  const id = useId();
  const source = useMemo(() => (shown && table ? sourceOf(table()) : undefined), [shown, table]);
  return (
    <figure className="score-part" data-wide={wide || undefined} aria-labelledby={id}>
      <div className="score-part-head">
        <strong id={id}>{title}</strong>
        {control}
        <span className="score-part-ways">
          {table && (
            <Button
              small
              look="quiet"
              icon={Table2}
              aria-expanded={shown}
              aria-label={`Data of ${title}`}
              onClick={() => setShown(!shown)}
            >
              Data
            </Button>
          )}
          {onQuery && (
            <Button small look="quiet" icon={DatabaseZap} aria-label={`SQL cell of ${title}`} onClick={onQuery}>
              SQL cell
            </Button>
          )}
        </span>
      </div>
      {children}
      <figcaption>{words}</figcaption>
      {source && <Grid source={source} height={240} label={`Data of ${title}`} />}
    </figure>
  );
}
