import { NotebookPen } from "lucide-react";
import { type ReactNode, useRef } from "react";
import type { Relation } from "../../app";
import type { Table } from "../../table";
import { columnOf } from "../../table";
import { inOrder, type RowFilter, rowAsCell, rowsByNumberSql, type TaskManifest } from "../../tasks";
import { fullText } from "../output/cellText";
import { useApp, useAsked } from "../pages/useApp";
import { IconButton } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount } from "../parts/format";
import { PairFields } from "./PairFields";
import { RecordFields } from "./RecordFields";
import { RowFrame, type RowFrameProps } from "./RowFrame";

export interface RowPanelProps extends Omit<RowFrameProps, "title" | "children"> {
  manifest: TaskManifest;
  relation: Relation;
  /** The row's number in the table. */
  number: number;
  filters: readonly RowFilter[];
  /** Narrows the rows that are shown, where that can be done. */
  onFilter?: (filter: RowFilter) => void;
  /** What else is known of the row, above its fields. */
  children?: ReactNode;
}

/** One row of a task in full. */
export function RowPanel(props: RowPanelProps) {
  const noun = props.manifest.track === "matching" ? "Pair" : "Row";
  return (
    <RowFrame {...props} title={`${noun} ${formatCount(props.place + 1)}`}>
      <Content {...props} />
    </RowFrame>
  );
}

function Content({ manifest, relation, number, filters, onFilter, children }: RowPanelProps) {
  const app = useApp();
  const columns = relation.columns.map((column) => column.name);
  const sql = rowsByNumberSql({ table: relation.name, columns }, columns, [number]);
  const asked = useAsked(`${manifest.id}\n${sql}`, async (signal) =>
    inOrder(await app.tasks.query(sql, signal), [number]),
  );
  // The row before stays until this one is here: stepping through rows must not flicker.
  const last = useRef<Table>(undefined);
  if (asked.status === "ready") last.current = asked.value;
  if (asked.status === "failed")
    return (
      <div className="row-panel-body">
        <FaultView fault={asked.fault} />
      </div>
    );
  const table = last.current;
  if (!table || table.rows === 0)
    return (
      <div className="row-panel-body">
        <Skeleton lines={7} />
      </div>
    );
  const label = columnOf(table, manifest.label.column);
  const id = columnOf(table, "id");
  const Fields = manifest.track === "matching" ? PairFields : RecordFields;
  return (
    <div className="row-panel-body">
      {children}
      <Fields
        table={table}
        manifest={manifest}
        relation={relation}
        label={label && fullText(label, 0)}
        filters={filters}
        onFilter={onFilter}
      />
      {id && (
        <div className="row-id muted">
          <span>
            id <code>{fullText(id, 0)}</code>
          </span>
          <IconButton
            small
            icon={NotebookPen}
            label="Put this row into the notebook"
            onClick={() => {
              const source = rowAsCell(relation.name, fullText(id, 0));
              const cell = { kind: "sql", name: `${relation.name}_row`, source } as const;
              void app.notebooks.addTo(manifest.id, [cell]).catch(app.report);
            }}
          />
        </div>
      )}
    </div>
  );
}
