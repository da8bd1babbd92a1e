import { useRef } from "react";
import type { Relation } from "../../app";
import { type Table, valueAt } from "../../table";
import { inOrder, type Modality, type RowFilter, rowsByNumberSql } from "../../tasks";
import { FieldName, FieldValue, FilterBy, sameValue } from "../explore/fieldParts";
import { RowFrame, type RowFrameProps } from "../explore/RowFrame";
import { useApp, useAsked } from "../pages/useApp";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount } from "../parts/format";

export interface ResultRowProps extends Omit<RowFrameProps, "title" | "children"> {
  relation: Relation;
  /** The row's number in the table. */
  number: number;
  modalities: Readonly<Record<string, Modality | undefined>>;
  filters: readonly RowFilter[];
  onFilter: (filter: RowFilter) => void;
}

/** Letters up to which a text can be what rows have in common. */
const MOST_LETTERS = 80;

/** One row of a cell's result in full: long texts with their lines, pictures large. */
export function ResultRow(props: ResultRowProps) {
  return (
    <RowFrame {...props} title={`Row ${formatCount(props.place + 1)}`}>
      <div className="row-panel-body">
        <Fields {...props} />
      </div>
    </RowFrame>
  );
}

function Fields({ relation, number, modalities, filters, onFilter }: ResultRowProps) {
  const app = useApp();
  const columns = relation.columns.map((column) => column.name);
  const sql = rowsByNumberSql({ table: relation.name, columns }, columns, [number]);
  const asked = useAsked(sql, async (signal) => inOrder(await app.tasks.query(sql, signal), [number]));
  // The row before stays until this one is here: stepping through rows must not flicker.
  const last = useRef<Table>(undefined);
  if (asked.status === "ready") last.current = asked.value;
  if (asked.status === "failed") return <FaultView fault={asked.fault} />;
  const table = last.current;
  if (!table || table.rows === 0) return <Skeleton lines={7} />;
  const pictures = table.columns.filter((column) => column.kind === "bytes");
  const others = table.columns.filter((column) => column.kind !== "bytes");
  return (
    <>
      {pictures.length > 0 && (
        <div className="record-pictures">
          {pictures.map((column) => (
            <FieldValue key={column.name} column={column} />
          ))}
        </div>
      )}
      <dl className="record">
        {others.map((column) => {
          const value = valueAt(column, 0);
          const shared = value === null || (typeof value === "string" && value.length <= MOST_LETTERS);
          return (
            <div key={column.name} data-long={(typeof value === "string" && !shared) || undefined}>
              <dt>
                <FieldName name={column.name} modality={modalities[column.name]} />
              </dt>
              <dd>
                <FieldValue column={column} />
                {shared && (
                  <FilterBy
                    filter={sameValue(relation, column.name, value === null ? null : String(value))}
                    filters={filters}
                    onFilter={onFilter}
                  />
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}
