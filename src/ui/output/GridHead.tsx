import { ArrowDown, ArrowUp, ChartColumn } from "lucide-react";
import type { PointerEvent } from "react";
import { MODALITY_ICONS } from "../parts/Chip";
import type { DrawnColumn } from "./GridRow";
import { type GridColumn, isChartable } from "./gridSource";

export interface GridSort {
  column: string;
  descending: boolean;
}

export interface GridHeadProps {
  columns: GridColumn[];
  drawn: DrawnColumn[];
  gutter: number;
  width: number;
  height: number;
  sort?: GridSort;
  onSort?: (column: string) => void;
  onChart?: (column: GridColumn) => void;
  onResize: (column: number, width: number) => void;
}

/** The columns' names: modality by icon and colour, a click sorts where the grid can, the edge is dragged for width. */
export function GridHead({ columns, drawn, gutter, width, height, sort, onSort, onChart, onResize }: GridHeadProps) {
  return (
    <thead>
      <tr className="grid-head" aria-rowindex={1} style={{ width, height }}>
        <th scope="col" className="grid-number" style={{ width: gutter }} aria-colindex={1}>
          <span className="unseen">Row</span>
        </th>
        {drawn.map(({ index, start, size }) => {
          const column = columns[index];
          const sorted = sort?.column === column.name ? (sort.descending ? "descending" : "ascending") : undefined;
          return (
            <th
              key={column.name}
              scope="col"
              className="grid-heading"
              aria-colindex={index + 2}
              aria-sort={sorted}
              data-number={column.kind === "number" || undefined}
              style={{ transform: `translateX(${start}px)`, width: size }}
            >
              <Name column={column} sorted={sorted} onSort={column.kind === "bytes" ? undefined : onSort} />
              {onChart && isChartable(column) && (
                <button
                  type="button"
                  tabIndex={-1}
                  className="grid-chart"
                  title={`Chart ${column.name}`}
                  aria-label={`Chart ${column.name}`}
                  onClick={() => onChart(column)}
                >
                  <ChartColumn aria-hidden size={14} strokeWidth={2.1} />
                </button>
              )}
              <span
                aria-hidden
                className="grid-grip"
                onPointerDown={(event) => drag(event, size, (next) => onResize(index, next))}
              />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function Name({
  column,
  sorted,
  onSort,
}: {
  column: GridColumn;
  sorted?: "ascending" | "descending";
  onSort?: (column: string) => void;
}) {
  const Icon = column.modality && MODALITY_ICONS[column.modality];
  const Arrow = sorted === "descending" ? ArrowDown : ArrowUp;
  const words = (
    <>
      {Icon && (
        <span className="grid-modality" data-modality={column.modality} title={column.modality}>
          <Icon aria-hidden size={13} strokeWidth={2.2} />
          <span className="unseen">{column.modality}</span>
        </span>
      )}
      <span className="truncate" title={column.name}>
        {column.name}
      </span>
      {sorted && <Arrow aria-hidden size={12} strokeWidth={2.4} />}
    </>
  );
  if (!onSort) return <span className="grid-name">{words}</span>;
  return (
    <button type="button" tabIndex={-1} className="grid-name" onClick={() => onSort(column.name)}>
      {words}
    </button>
  );
}

function drag(event: PointerEvent<HTMLElement>, width: number, onMove: (width: number) => void) {
  event.preventDefault();
  const grip = event.currentTarget;
  const from = event.clientX;
  grip.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent) => onMove(Math.max(48, Math.round(width + moved.clientX - from)));
  const stop = () => grip.removeEventListener("pointermove", move);
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", stop, { once: true });
}
