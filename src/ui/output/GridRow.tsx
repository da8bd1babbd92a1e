import { memo } from "react";
import type { Table } from "../../table";
import { valueAt } from "../../table";
import { formatCount } from "../parts/format";
import { cellText, isPicture } from "./cellText";
import { Picture } from "./Picture";

export interface DrawnColumn {
  index: number;
  start: number;
  size: number;
}

export interface GridRowProps {
  id: string;
  row: number;
  top: number;
  height: number;
  width: number;
  gutter: number;
  columns: DrawnColumn[];
  /** Absent while the page is on its way. */
  table?: Table;
  index: number;
  activeColumn?: number;
  /** It stands open beside the grid. */
  chosen?: boolean;
  onOpenRow?: (row: number) => void;
}

/** One row of the grid: its number, and the cells in sight. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, top, height, width, gutter, columns, table, index, activeColumn, chosen, onOpenRow } = props;
  return (
    <tr
      className="grid-row"
      aria-rowindex={row + 2}
      data-row={row}
      data-chosen={chosen || undefined}
      style={{ transform: `translateY(${top}px)`, height, width }}
    >
      <th scope="row" className="grid-number tabular" style={{ width: gutter }} aria-colindex={1}>
        {onOpenRow ? (
          <button type="button" tabIndex={-1} onClick={() => onOpenRow(row)} aria-label={`Open row ${row + 1}`}>
            {formatCount(row + 1)}
          </button>
        ) : (
          formatCount(row + 1)
        )}
      </th>
      {columns.map((column) => (
        <GridCell
          key={column.index}
          id={`${id}-${row}-${column.index}`}
          column={column}
          table={table}
          index={index}
          active={activeColumn === column.index}
        />
      ))}
    </tr>
  );
});

/** A cell of a grid may be selected, one of a plain table may not: the role comes with it. */
const SELECTED = { role: "gridcell", "aria-selected": true };

interface GridCellProps {
  id: string;
  column: DrawnColumn;
  table?: Table;
  index: number;
  active: boolean;
}

function GridCell({ id, column, table, index, active }: GridCellProps) {
  const data = table?.columns[column.index];
  const number = data?.kind === "number";
  return (
    <td
      id={id}
      className={number ? "grid-cell tabular" : "grid-cell"}
      aria-colindex={column.index + 2}
      {...(active && SELECTED)}
      data-column={column.index}
      data-number={number || undefined}
      data-code={data?.kind === "vector" || data?.kind === "other" || undefined}
      style={{ transform: `translateX(${column.start}px)`, width: column.size }}
    >
      {data ? <Content data={data} index={index} /> : <span className="skeleton grid-skeleton" />}
    </td>
  );
}

function Content({ data, index }: { data: Table["columns"][number]; index: number }) {
  if (data.kind === "bytes") {
    const bytes = valueAt(data, index) as Uint8Array | null;
    if (bytes && isPicture(bytes)) return <Picture key={index} bytes={bytes} alt={`${data.name}, a picture`} />;
  }
  const text = cellText(data, index);
  if (text === null) {
    return (
      <span className="grid-missing" title="missing">
        <span aria-hidden>–</span>
        <span className="unseen">missing</span>
      </span>
    );
  }
  return <span className="grid-text">{text === "" ? <i className="grid-missing">empty</i> : text}</span>;
}
