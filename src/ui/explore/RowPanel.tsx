import { ArrowLeft, ArrowRight, NotebookPen, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { Relation } from "../../app";
import type { Table } from "../../table";
import { columnOf } from "../../table";
import { inOrder, type RowFilter, rowAsCell, rowsByNumberSql, type TaskManifest } from "../../tasks";
import { fullText } from "../output/cellText";
import { useApp, useAsked } from "../pages/useApp";
import { IconButton } from "../parts/Button";
import { focusItself } from "../parts/Dialog";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount } from "../parts/format";
import { PairFields } from "./PairFields";
import { RecordFields } from "./RecordFields";

export interface RowPanelProps {
  manifest: TaskManifest;
  relation: Relation;
  /** The row's number in the table. */
  number: number;
  /** Its place among the rows shown, and how many these are. */
  place: number;
  count: number;
  /** In the page beside the grid; else as a sheet over it. */
  beside: boolean;
  /** It was opened by a key: the keys are for it now. */
  takeFocus: boolean;
  filters: readonly RowFilter[];
  onPlace: (place: number) => void;
  /** Narrows the rows that are shown, where that can be done. */
  onFilter?: (filter: RowFilter) => void;
  /** What else is known of the row, above its fields. */
  children?: ReactNode;
  onClose: () => void;
}

/** One row in full, with the way to the next. */
export function RowPanel(props: RowPanelProps) {
  const { beside, place, count, manifest, onPlace, onClose, takeFocus } = props;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (beside && takeFocus) panel.current?.focus();
  }, [beside, takeFocus]);
  const title = `${manifest.track === "matching" ? "Pair" : "Row"} ${formatCount(place + 1)}`;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (place + step >= 0 && place + step < count) onPlace(place + step);
  };
  const head = (
    <>
      <span className="muted tabular">of {formatCount(count)}</span>
      <span className="row-panel-tools">
        <IconButton
          small
          icon={ArrowLeft}
          label="Previous"
          keys="←"
          disabled={place === 0}
          onClick={() => onPlace(place - 1)}
        />
        <IconButton
          small
          icon={ArrowRight}
          label="Next"
          keys="→"
          disabled={place >= count - 1}
          onClick={() => onPlace(place + 1)}
        />
        <IconButton small icon={X} label="Close" keys="Esc" onClick={onClose} />
      </span>
    </>
  );
  if (beside)
    return (
      <aside ref={panel} className="row-panel" aria-label={title} tabIndex={-1} onKeyDown={onKeyDown}>
        <div className="row-panel-head">
          <h3>{title}</h3>
          {head}
        </div>
        <Content {...props} />
      </aside>
    );
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="sheet row-sheet row-panel"
          data-side="right"
          aria-describedby={undefined}
          onOpenAutoFocus={focusItself}
          onKeyDown={onKeyDown}
        >
          <div className="row-panel-head">
            <Dialog.Title asChild>
              <h3>{title}</h3>
            </Dialog.Title>
            {head}
          </div>
          <Content {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
