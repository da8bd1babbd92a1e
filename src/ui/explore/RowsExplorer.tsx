import { SearchX } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Relation } from "../../app";
import {
  featureColumns,
  type RowFilter,
  type RowSort,
  type RowsView,
  SPLIT_NAMES,
  type SplitName,
  type TaskManifest,
  viewAsCell,
} from "../../tasks";
import { Grid } from "../output/Grid";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import "./explore.css";
import { FilterChips } from "./FilterChips";
import { RowPanel } from "./RowPanel";
import { RowsToolbar } from "./RowsToolbar";
import { tableSource, useRows } from "./useRows";
import { useWidth } from "./useWidth";

export interface RowsExplorerProps {
  /** The split to begin with; the reader changes to the others by the switch. */
  relation: Relation;
  manifest: TaskManifest;
  /** The split, where the page wants to hold it itself. */
  split?: SplitName;
  onSplit?: (split: SplitName) => void;
  /** What the reader chose in the profiles. */
  filters: readonly RowFilter[];
  onFilters: (filters: RowFilter[]) => void;
}

/** Below this there is no room for a row in full beside the grid: it comes as a sheet. */
const ROOM_FOR_TWO = 760;
const HEIGHT = 560;

/** The rows of a task's splits: searched, filtered, sorted, and one of them in full. */
export function RowsExplorer({ relation: first, manifest, split, onSplit, filters, onFilters }: RowsExplorerProps) {
  const app = useApp();
  const relations = useAppState((state) =>
    state.task?.data.status === "ready" ? state.task.data.relations : undefined,
  );
  const [ownSplit, setOwnSplit] = useState(split ?? SPLIT_NAMES.find((name) => name === first.name) ?? "train");
  const chosen = split ?? ownSplit;
  const relation = relations?.find((each) => each.name === chosen) ?? first;
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<RowSort>();
  const [open, setOpen] = useState<{ number: number; byKey: boolean }>();
  const [width, frame] = useWidth();
  const entered = useRef(false);

  const held = filters.filter((filter) => applies(filter, relation, manifest));
  const view = viewOf(relation, manifest, held, search.trim(), sort);
  const whole = useMemo(() => tableSource(app, relation, manifest), [app, relation, manifest]);
  const { rows, busy, fault } = useRows(relation, whole, view, manifest.id);
  const place = open && rows ? rows.placeOf(open.number) : -1;

  const openRow = useCallback(
    (next: number) => rows && setOpen({ number: rows.numberAt(next), byKey: entered.current }),
    [rows],
  );
  const sortBy = useCallback((column: string) => setSort((now) => nextSort(now, column)), []);
  const focusGrid = () => frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const changeSplit = (next: SplitName) => {
    setOpen(undefined);
    setOwnSplit(next);
    onSplit?.(next);
  };
  const noun = manifest.track === "matching" ? "pair" : "row";
  const beside = place >= 0 && width >= ROOM_FOR_TWO;
  return (
    <div ref={frame} className="explorer" data-busy={busy || undefined}>
      <RowsToolbar
        split={chosen}
        onSplit={changeSplit}
        search={search}
        onSearch={setSearch}
        searched={view.searched}
        shown={rows && !fault ? rows.source.rows : undefined}
        total={relation.rows}
        noun={noun}
        onNotebook={() => {
          const cell = { kind: "sql", name: `${relation.name}_rows`, source: viewAsCell(view) } as const;
          void app.notebooks.addTo(manifest.id, [cell]).catch(app.report);
        }}
      />
      <FilterChips filters={filters} held={held} split={relation.name} onFilters={onFilters} />
      {fault && <FaultView fault={fault} />}
      {!fault && !rows && <Skeleton height={HEIGHT} />}
      {!fault && rows && rows.source.rows === 0 && relation.rows > 0 && (
        <div className="explorer-none">
          <EmptyState
            icon={SearchX}
            title={`No ${noun} of ${relation.name} fits`}
            actions={
              <>
                {search.trim() !== "" && <Button onClick={() => setSearch("")}>Clear the search</Button>}
                {held.length > 0 && <Button onClick={() => onFilters([])}>Remove the filters</Button>}
              </>
            }
          >
            {search.trim() !== "" &&
              `“${search.trim()}” is looked for as it stands, case aside, in ${view.searched.join(", ") || "no column: this task has neither text nor categories"}.`}
          </EmptyState>
        </div>
      )}
      {!fault && rows && (rows.source.rows > 0 || relation.rows === 0) && (
        <div
          className="explorer-body"
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
            label={`${manifest.id}, ${relation.name}`}
            height={HEIGHT - 34}
            sort={sort}
            onSort={sortBy}
            onOpenRow={openRow}
            whole={{ row: place >= 0 ? place : undefined }}
          />
          {open && place >= 0 && (
            <RowPanel
              manifest={manifest}
              relation={relation}
              number={open.number}
              place={place}
              count={rows.source.rows}
              beside={beside}
              takeFocus={open.byKey}
              filters={held}
              onPlace={(next) => setOpen({ number: rows.numberAt(next), byKey: false })}
              onFilter={(filter) => onFilters([...filters, filter])}
              onClose={() => {
                setOpen(undefined);
                focusGrid();
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** The label's filters mean nothing for a split whose labels are held back. */
function applies(filter: RowFilter, relation: Relation, manifest: TaskManifest): boolean {
  return filter.column !== manifest.label.column || relation.columns.some((column) => column.name === filter.column);
}

function viewOf(
  relation: Relation,
  manifest: TaskManifest,
  filters: readonly RowFilter[],
  search: string,
  sort: RowSort | undefined,
): RowsView {
  const columns = relation.columns.map((column) => column.name);
  const words = featureColumns(manifest).filter(({ modality }) => modality === "text" || modality === "categorical");
  return {
    table: relation.name,
    columns,
    filters,
    search,
    searched: words.map((column) => column.name).filter((name) => columns.includes(name)),
    ...(sort && columns.includes(sort.column) && { sort }),
  };
}

function nextSort(now: RowSort | undefined, column: string): RowSort | undefined {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? undefined : { column, descending: true };
}
