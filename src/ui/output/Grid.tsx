import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
import type { Table } from "../../table";
import { Button } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatCountOf } from "../parts/format";
import { COARSE, useMedia } from "../parts/useMedia";
import { columnWidth } from "./cellText";
import "./grid.css";
import { GridDetail } from "./GridDetail";
import { GridHead, type GridSort } from "./GridHead";
import { GridRow } from "./GridRow";
import { moved, type Spot } from "./gridKeys";
import type { GridColumn, GridSource } from "./gridSource";
import { createPageCache, type PageCache } from "./pageCache";
import { rowsAt } from "./scroll";
import { UNFORCED } from "./unforced";
import { useScroll } from "./useScroll";

export interface GridProps {
  source: GridSource;
  /** At most this high, in px; a short table is as high as its rows. */
  height?: number;
  onOpenRow?: (row: number) => void;
  /**
   * With it a click or Enter opens whole rows (`onOpenRow`), not cells. `row` is the one that stands open beside the grid:
   * it is marked and kept in sight, and moving through the grid opens the next.
   */
  whole?: { row: number | undefined };
  /** The order that the source is in; with `onSort` the headings are buttons. */
  sort?: GridSort;
  onSort?: (column: string) => void;
  /** The accessible name. */
  label?: string;
  /** A few words at the foot, beside the counts. */
  note?: string;
  /** What can be done with the table, at the end of the foot. */
  tools?: ReactNode;
  /** With it a heading offers its column as a chart. */
  onChart?: (column: GridColumn) => void;
}

const HEAD = 34;

/** A table of any length: an ARIA grid that draws what is in sight and fetches pages as they come into it. */
export function Grid({
  source,
  height = 420,
  onOpenRow,
  whole,
  sort,
  onSort,
  onChart,
  tools,
  label = "Table",
  note,
}: GridProps) {
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const coarse = useMedia(COARSE);
  const pictures = source.columns.some((column) => column.kind === "bytes");
  const rowHeight = pictures ? 52 : coarse ? 38 : 30;
  const { space, place, onScroll, show } = useScroll(element, source.rows, rowHeight, HEAD);
  const { first, last } = rowsAt(space, place.virtualTop);
  const { cache, at } = usePages(source, first, last);

  const gutter = Math.max(40, formatCount(source.rows).length * 6.6 + 18);
  const widths = useWidths(source, at(0)?.table);
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: source.columns.length,
    getScrollElement: () => element.current,
    estimateSize: (column) => widths.of(column),
    ...UNFORCED,
    overscan: 3,
    paddingStart: gutter,
    scrollPaddingStart: gutter,
  });
  const measured = useRef(widths.key);
  useEffect(() => {
    if (measured.current === widths.key) return;
    measured.current = widths.key;
    virtualizer.measure();
  }, [virtualizer, widths.key]);

  const [spot, setSpot] = useState<Spot>();
  const [open, setOpen] = useState(false);
  const shown = useRef(source);
  useEffect(() => {
    if (shown.current === source) return;
    shown.current = source;
    setSpot(undefined);
    setOpen(false);
    if (element.current) element.current.scrollTop = 0;
  }, [source]);

  const besides = whole?.row;
  useEffect(() => {
    if (besides === undefined || besides >= source.rows) return;
    setSpot((now) => (now?.row === besides ? now : { row: besides, column: now?.column ?? 0 }));
    show(besides);
  }, [besides, show, source]);

  const go = (next: Spot) => {
    setOpen(false);
    setSpot(next);
    if (besides !== undefined && besides !== next.row) onOpenRow?.(next.row);
    show(next.row);
    virtualizer.scrollToIndex(next.column);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || source.rows === 0) return;
    const now = spot ?? { row: first, column: 0 };
    if ((event.key === "Enter" || event.key === " ") && spot) {
      event.preventDefault();
      event.stopPropagation();
      return whole ? onOpenRow?.(spot.row) : setOpen(true);
    }
    const size = { rows: source.rows, columns: source.columns.length, page: Math.floor(space.viewport / rowHeight) };
    const next = moved(now, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, size);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    go(spot ? next : now);
  };
  const onClick = (event: MouseEvent) => {
    const clicked = spotOf(event.target);
    if (!clicked) return;
    const again = spot?.row === clicked.row && spot.column === clicked.column;
    setSpot(clicked);
    if (whole) return onOpenRow?.(clicked.row);
    setOpen(again ? !open : isClipped(event.target));
  };

  const drawn = virtualizer.getVirtualItems();
  const columns = useMemo(() => drawn.map(({ index, start, size }) => ({ index, start, size })), [drawn]);
  const pool = Math.ceil(space.viewport / rowHeight) + 10;
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const width = virtualizer.getTotalSize();
  const seen = spot && spot.row >= first && spot.row < last && columns.some(({ index }) => index === spot.column);
  // ARIA in HTML allows any role on a table; the linter's own list for JSX knows no grid on one, and none on a div.
  const aria = {
    role: "grid",
    tabIndex: 0,
    "aria-label": label,
    "aria-rowcount": source.rows + 1,
    "aria-colcount": source.columns.length + 1,
    "aria-activedescendant": seen ? `${id}-${spot.row}-${spot.column}` : undefined,
  };
  const here = open && spot ? at(spot.row) : undefined;
  const fault = cache?.fault();
  return (
    <div className="grid">
      <div ref={element} className="grid-scroll" style={{ maxHeight: height }} onScroll={onScroll}>
        {/* Table elements, laid out as blocks: the roles are theirs, the places are ours. */}
        <table
          ref={grid}
          className="grid-canvas"
          {...aria}
          style={{ height: HEAD + space.height, width }}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <GridHead
            columns={source.columns}
            drawn={columns}
            gutter={gutter}
            width={width}
            height={HEAD}
            sort={sort}
            onSort={onSort}
            onChart={onChart}
            onResize={widths.set}
          />
          <tbody>
            {rows.map((row) => {
              const from = at(row);
              return (
                <GridRow
                  // Elements are reused for the rows that come into sight: cheaper than making new ones.
                  key={row % pool}
                  id={id}
                  row={row}
                  top={HEAD + row * rowHeight - place.virtualTop + place.scrollTop}
                  height={rowHeight}
                  width={width}
                  gutter={gutter}
                  columns={columns}
                  table={from?.table}
                  index={from?.index ?? 0}
                  activeColumn={spot?.row === row ? spot.column : undefined}
                  chosen={row === besides}
                  onOpenRow={onOpenRow}
                />
              );
            })}
          </tbody>
        </table>
      </div>
      {source.rows === 0 && <EmptyState small title="No rows" />}
      {fault && (
        <div className="grid-fault">
          <FaultView fault={fault} />
          <Button small onClick={() => cache?.retry()}>
            Try again
          </Button>
        </div>
      )}
      <div className="grid-foot tabular">
        <span>
          {formatCountOf(source.rows, "row")} · {formatCountOf(source.columns.length, "column")}
          {note && ` · ${note}`}
        </span>
        {tools && <span className="grid-tools">{tools}</span>}
      </div>
      {here && spot && (
        <GridDetail
          row={spot.row}
          column={source.columns[spot.column]}
          data={here.table.columns[spot.column]}
          index={here.index}
          anchorId={`${id}-${spot.row}-${spot.column}`}
          grid={grid}
          onClose={() => setOpen(false)}
          onOpenRow={onOpenRow}
        />
      )}
    </div>
  );
}

/** The pages in sight; a table that is in memory needs none. */
function usePages(source: GridSource, first: number, last: number) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [cache, setCache] = useState<PageCache>();
  useEffect(() => {
    if (source.table) return setCache(undefined);
    const made = createPageCache({ rows: source.rows, page: source.page, onChange: redraw });
    setCache(made);
    return () => made.dispose();
  }, [source]);
  useEffect(() => cache?.want(first, last), [cache, first, last]);
  const at = (row: number) => (source.table ? { table: source.table, index: row } : cache?.at(row));
  return { cache, at };
}

/** Columns' widths: what the reader dragged, else an estimate from the first rows, else from the name alone. */
function useWidths(source: GridSource, sample: Table | undefined) {
  const [dragged, setDragged] = useState<{ source: GridSource; widths: Record<number, number> }>();
  const own = dragged?.source === source ? dragged.widths : {};
  // The first page is let go while one scrolls on; the widths that it gave must stay.
  const kept = useRef<{ source: GridSource; widths: number[] }>(undefined);
  if (sample && kept.current?.source !== source) kept.current = { source, widths: sample.columns.map(columnWidth) };
  const estimates = kept.current?.source === source ? kept.current.widths : undefined;
  const of = (column: number) => own[column] ?? estimates?.[column] ?? 140;
  return {
    of,
    key: `${estimates ? "sampled" : "guessed"} ${source.columns.map((_, column) => of(column)).join(" ")}`,
    set: (column: number, width: number) => setDragged({ source, widths: { ...own, [column]: width } }),
  };
}

function spotOf(target: EventTarget): Spot | undefined {
  if (!(target instanceof Element)) return undefined;
  const column = target.closest<HTMLElement>("[data-column]")?.dataset.column;
  const row = target.closest<HTMLElement>("[data-row]")?.dataset.row;
  return column === undefined || row === undefined ? undefined : { row: Number(row), column: Number(column) };
}

/** Whether a cell hides some of its value: a click on it then opens it; on others it only selects. */
function isClipped(target: EventTarget): boolean {
  const cell = target instanceof Element ? target.closest("[data-column]") : null;
  if (!cell) return false;
  if (cell.querySelector("img")) return true;
  const text = cell.querySelector(".grid-text");
  return text !== null && text.scrollWidth > text.clientWidth + 1;
}
