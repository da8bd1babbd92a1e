import { useMemo, useRef } from "react";
import type { App, Relation } from "../../app";
import type { FaultData } from "../../base";
import type { Modality, RowsView } from "../../tasks";
import { featureColumns, inOrder, rowNumbersSql, rowsByNumberSql, type TaskManifest } from "../../tasks";
import type { GridSource } from "../output/gridSource";
import { inReadingOrder, relationSource } from "../pages/relationSource";
import { useApp, useAsked } from "../pages/useApp";

/** A view's rows for the grid, and which rows of the table they are. */
export interface Rows {
  source: GridSource;
  /** A row's number in the table, by its place in the view. */
  numberAt(place: number): number;
  /** The place of a row in the view, or -1. */
  placeOf(number: number): number;
}

/**
 * The rows of a view. A view that neither sorts nor filters is the table itself; of another the row numbers are asked for
 * once, and pages are fetched by them. While a new view is on its way (`busy`) the rows are still those of the last one.
 */
export function useRows(
  relation: Relation,
  manifest: TaskManifest,
  view: RowsView,
): { rows: Rows | undefined; busy: boolean; fault: FaultData | undefined } {
  const app = useApp();
  const plain = view.filters.length === 0 && view.search === "" && !view.sort;
  const sql = rowNumbersSql(view);
  const asked = useAsked(plain ? undefined : `${manifest.id}\n${sql}`, (signal) => app.tasks.query(sql, signal));
  const whole = useMemo(() => tableSource(app, relation, manifest), [app, relation, manifest]);
  const answer = asked.status === "ready" ? asked.value : undefined;
  const fresh = useMemo((): Rows | undefined => {
    if (plain) return { source: whole, numberAt: (place) => place, placeOf: (number) => number };
    if (!answer) return undefined;
    const numbers = Float64Array.from(answer.columns[0].values, Number);
    return {
      source: orderedSource(app, relation, whole, numbers),
      numberAt: (place) => numbers[place],
      placeOf: (number) => numbers.indexOf(number),
    };
  }, [app, relation, whole, plain, answer]);
  const last = useRef<{ relation: Relation; rows: Rows }>(undefined);
  if (fresh) last.current = { relation, rows: fresh };
  return {
    rows: last.current?.relation === relation ? last.current.rows : undefined,
    busy: !fresh && asked.status === "loading",
    fault: !fresh && asked.status === "failed" ? asked.fault : undefined,
  };
}

/** A whole table, in the order in which a person looks at its columns. */
export function tableSource(app: App, relation: Relation, manifest: TaskManifest): GridSource {
  const modalities: Record<string, Modality> = Object.fromEntries(
    featureColumns(manifest).map((column) => [column.name, column.modality]),
  );
  return relationSource(app, inReadingOrder(relation, manifest.label.column), modalities);
}

/** Some rows of a table by their numbers, in that order. */
export function orderedSource(
  app: App,
  relation: Relation,
  whole: GridSource,
  numbers: Float64Array | Int32Array,
): GridSource {
  const table = { table: relation.name, columns: relation.columns.map((column) => column.name) };
  const shown = whole.columns.map((column) => column.name);
  return {
    columns: whole.columns,
    rows: numbers.length,
    page: async (start, count, signal) => {
      const wanted = Array.from(numbers.subarray(start, start + count));
      return inOrder(await app.tasks.query(rowsByNumberSql(table, shown, wanted), signal), wanted);
    },
  };
}
