import type { FaultData } from "../../base";
import { type Table, valueAt } from "../../table";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatMs } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import { cellText, isPicture } from "./cellText";
import { Picture } from "./Picture";
import "./lines.css";

export interface FeaturePreviewProps {
  /** The newest values; they stay in sight, dimmed, while new ones are computed or the code has a fault. */
  table?: Table;
  fault?: FaultData;
  busy?: boolean;
  tookMs?: number;
  /** Columns of the task on the same rows, like the items' names; drawn before the features. */
  about?: Table;
  /** How a column was understood: `numeric`, `text`, … under its name. */
  types?: Record<string, string>;
  rows?: number;
  onGoTo?: (line: number, column: number) => void;
}

/** A feature cell's values on its first rows, beside the code that makes them. */
export function FeaturePreview(props: FeaturePreviewProps) {
  const { table, fault, busy = false, tookMs, about, types = {}, rows = 8, onGoTo } = props;
  return (
    <section className="preview" aria-label="Features of the first rows" aria-busy={busy}>
      <p className="preview-head">
        <span className="overline">First rows</span>
        <span className="muted tabular" role="status">
          {busy ? "computing…" : fault === undefined && tookMs !== undefined && formatMs(tookMs)}
        </span>
      </p>
      {fault && <FaultView fault={fault} onGoTo={onGoTo} />}
      {table && table.columns.length > 0 ? (
        <div data-stale={fault !== undefined || undefined} className="preview-values">
          <ScrollBox className="preview-scroll" label="Feature values">
            <Values table={table} about={about} types={types} rows={rows} />
          </ScrollBox>
        </div>
      ) : (
        busy && <Skeleton lines={4} />
      )}
      {table && table.columns.length === 0 && !fault && <p className="muted preview-none">No features yet.</p>}
    </section>
  );
}

function Values({
  table,
  about,
  types,
  rows,
}: {
  table: Table;
  about?: Table;
  types: Record<string, string>;
  rows: number;
}) {
  const columns = [
    ...(about?.columns ?? []).map((column) => ({ column, given: true })),
    ...table.columns.map((column) => ({ column, given: false })),
  ];
  const count = Math.min(rows, table.rows);
  return (
    <table className="tabular">
      <thead>
        <tr>
          {columns.map(({ column, given }) => (
            <th
              key={`${given}:${column.name}`}
              scope="col"
              data-given={given || undefined}
              data-number={column.kind === "number" || undefined}
            >
              {column.name}
              {types[column.name] && !given && <small>{types[column.name]}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, row) => row).map((row) => (
          <tr key={row}>
            {columns.map(({ column, given }) => {
              const value = valueAt(column, row);
              const text = cellText(column, row);
              return (
                <td
                  key={`${given}:${column.name}`}
                  data-given={given || undefined}
                  data-number={column.kind === "number" || undefined}
                  title={text && text.length > 24 ? text : undefined}
                >
                  {value instanceof Uint8Array && isPicture(value) ? (
                    <Picture
                      bytes={value}
                      alt={`${column.name}, row ${formatCount(row + 1)}`}
                      className="picture-small"
                    />
                  ) : text === null ? (
                    <span className="grid-missing" title="missing">
                      –
                    </span>
                  ) : (
                    text
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
