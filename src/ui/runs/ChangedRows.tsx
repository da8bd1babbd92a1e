import { useMemo, useState } from "react";
import type { Relation } from "../../app";
import type { RowChange, ScoreRun } from "../../runs";
import type { Column } from "../../table";
import type { TaskManifest } from "../../tasks";
import "../explore/explore.css";
import { RowPanel } from "../explore/RowPanel";
import { orderedSource, tableSource } from "../explore/useRows";
import { useWidth } from "../explore/useWidth";
import { Grid } from "../output/Grid";
import type { GridSource } from "../output/gridSource";
import { useApp } from "../pages/useApp";
import { formatScore } from "../parts/format";

const ROOM_FOR_TWO = 700;

export interface ChangedRowsProps {
  title: string;
  changes: readonly RowChange[];
  run: ScoreRun;
  manifest: TaskManifest;
  relation: Relation;
}

/** Rows on which two runs differ, with what each said; one of them in full where it is opened. */
export function ChangedRows({ title, changes, run, manifest, relation }: ChangedRowsProps) {
  const app = useApp();
  const [width, frame] = useWidth();
  const [open, setOpen] = useState<number>();
  const { classes } = run;
  const source = useMemo(() => {
    const numbers = Int32Array.from(changes, ({ row }) => row);
    const rows = orderedSource(app, relation, tableSource(app, relation, manifest), numbers);
    return withPredictions(rows, changes, classes, manifest.label.column);
  }, [app, relation, manifest, changes, classes]);
  const change = open === undefined ? undefined : changes[open];
  const beside = change !== undefined && width >= ROOM_FOR_TWO;
  return (
    <div ref={frame}>
      <div className="explorer-body" data-beside={beside || undefined}>
        <Grid source={source} label={`${title} rows`} height={386} onOpenRow={setOpen} whole={{ row: open }} />
        {change && open !== undefined && (
          <RowPanel
            manifest={manifest}
            relation={relation}
            number={change.row}
            place={open}
            count={changes.length}
            beside={beside}
            takeFocus={false}
            filters={[]}
            onPlace={setOpen}
            onClose={() => setOpen(undefined)}
          >
            <p className="tabular">
              It is <b>{classes[change.label]}</b>. Before: <b>{classes[change.before]}</b>, which gave the label{" "}
              {formatScore(change.labelBefore, 2)}. After: <b>{classes[change.after]}</b>, which gives it{" "}
              {formatScore(change.labelAfter, 2)}.
            </p>
          </RowPanel>
        )}
      </div>
    </div>
  );
}

/** What was predicted before and after stands behind the label. */
function withPredictions(
  rows: GridSource,
  changes: readonly RowChange[],
  classes: readonly string[],
  label: string,
): GridSource {
  const at = rows.columns.findIndex(({ name }) => name === label) + 1;
  const told = (shown: readonly RowChange[]): Column[] => [
    { kind: "string", name: "before", values: shown.map((change) => classes[change.before]) },
    { kind: "string", name: "after", values: shown.map((change) => classes[change.after]) },
  ];
  const placed = <T,>(own: readonly T[], between: readonly T[]): T[] => [
    ...own.slice(0, at),
    ...between,
    ...own.slice(at),
  ];
  return {
    rows: rows.rows,
    columns: placed(
      rows.columns,
      told([]).map(({ name, kind }) => ({ name, kind })),
    ),
    page: async (start, count, signal) => {
      const page = await rows.page(start, count, signal);
      return { rows: page.rows, columns: placed(page.columns, told(changes.slice(start, start + count))) };
    },
  };
}
