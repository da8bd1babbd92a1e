import { ListFilter, SearchX } from "lucide-react";
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import type { Relation } from "../../app";
import type { Modality, RowFilter, RowSort, RowsView } from "../../tasks";
import { useRows } from "../explore/useRows";
import { useWidth } from "../explore/useWidth";
import { Grid } from "../output/Grid";
import { relationSource } from "../pages/relationSource";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { chartColumn } from "./columnChart";
import "./results.css";

const ResultTools = lazy(() => import("./ResultTools"));
const ResultRow = lazy(() => import("./ResultRow").then(({ ResultRow }) => ({ default: ResultRow })));

export interface RelationResultProps {
  /** The cell. */
  name: string;
  relation: Relation;
  /** Begin with search and profiles over the rows. */
  exploring?: boolean;
  note?: string;
}

const HEIGHT = 320;
/** Below this there is no room for a row in full beside the grid: it comes as a sheet. */
const ROOM_FOR_TWO = 680;
const NO_COLUMNS: Record<string, Modality | undefined> = {};

/** A cell's table, of any length and width: sorted, searched, filtered by its columns' profiles, and a row of it in full. */
export function RelationResult({ name, relation, exploring = false, note }: RelationResultProps) {
  const app = useApp();
  const loaded = useAppState((state) => state.task?.manifest);
  const manifest = loaded?.status === "ready" ? loaded.value : undefined;
  const known = useMemo(
    () =>
      manifest
        ? Object.fromEntries(
            manifest.columns.map((column): [string, Modality | undefined] => [column.name, column.modality]),
          )
        : NO_COLUMNS,
    [manifest],
  );
  const [tools, setTools] = useState(exploring);
  const [sort, setSort] = useState<RowSort>();
  const [filters, setFilters] = useState<readonly RowFilter[]>([]);
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed);
  const [open, setOpen] = useState<{ number: number; byKey: boolean }>();
  const [width, frame] = useWidth();
  const entered = useRef(false);
  const whole = useMemo(() => relationSource(app, relation, known), [app, relation, known]);
  const view = viewOf(relation, tools ? filters : [], tools ? search.trim() : "", sort);
  const { rows, busy, fault } = useRows(relation, whole, view, manifest?.id ?? "");
  const place = open && rows ? rows.placeOf(open.number) : -1;
  const beside = place >= 0 && width >= ROOM_FOR_TWO;
  const openRow = useCallback(
    (next: number) => rows && setOpen({ number: rows.numberAt(next), byKey: entered.current }),
    [rows],
  );
  const tool = (
    <Button small look="quiet" icon={ListFilter} aria-expanded={tools} onClick={() => setTools(!tools)}>
      Explore
    </Button>
  );
  return (
    <div ref={frame} className="result" data-busy={busy || undefined}>
      {tools && (
        <Suspense fallback={<Skeleton height={160} />}>
          <ResultTools
            task={manifest?.id ?? ""}
            relation={relation}
            label={manifest?.label.column ?? ""}
            known={known}
            search={typed}
            onSearch={setTyped}
            searched={view.searched}
            filters={filters}
            onFilters={setFilters}
            shown={rows && !fault ? rows.source.rows : undefined}
            onChart={(column) => {
              const kind = whole.columns.find((each) => each.name === column)?.kind ?? "string";
              chartColumn(app, name, { name: column, kind });
            }}
          />
        </Suspense>
      )}
      {fault && <FaultView fault={fault} />}
      {!fault && rows && rows.source.rows === 0 && relation.rows > 0 && (
        <EmptyState icon={SearchX} small title="No row fits" actions={<Button onClick={clear}>Show all rows</Button>} />
      )}
      {!fault && rows && (rows.source.rows > 0 || relation.rows === 0) && (
        <div
          className="result-body"
          data-beside={beside || undefined}
          onKeyDownCapture={(event) => {
            entered.current = event.key === "Enter" || event.key === " ";
            if (event.key === "Escape" && beside) setOpen(undefined);
          }}
          onPointerDownCapture={() => {
            entered.current = false;
          }}
        >
          <Grid
            source={rows.source}
            label={name}
            height={HEIGHT}
            sort={sort}
            onSort={(column) => setSort((now) => nextSort(now, column))}
            onOpenRow={openRow}
            whole={place >= 0 ? { row: place } : undefined}
            onChart={(column) => chartColumn(app, name, column)}
            note={note}
            tools={tool}
          />
          {open && place >= 0 && (
            <Suspense fallback={null}>
              <ResultRow
                relation={relation}
                modalities={known}
                number={open.number}
                place={place}
                count={rows.source.rows}
                beside={beside}
                takeFocus={open.byKey}
                filters={filters}
                onPlace={(next) => setOpen({ number: rows.numberAt(next), byKey: false })}
                onFilter={(filter) => {
                  setTools(true);
                  setFilters([...filters, filter]);
                }}
                onClose={() => {
                  setOpen(undefined);
                  frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
                }}
              />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );

  function clear(): void {
    setFilters([]);
    setTyped("");
  }
}

function viewOf(
  relation: Relation,
  filters: readonly RowFilter[],
  search: string,
  sort: RowSort | undefined,
): RowsView {
  const columns = relation.columns.map((column) => column.name);
  const texts = relation.columns.filter(({ type }) => /^VARCHAR$|^ENUM/i.test(type)).map((column) => column.name);
  return { table: relation.name, columns, filters, search, searched: texts, ...(sort && { sort }) };
}

/** A click sorts upwards, the next one downwards, the third puts the rows back in their own order. */
function nextSort(now: RowSort | undefined, column: string): RowSort | undefined {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? undefined : { column, descending: true };
}
