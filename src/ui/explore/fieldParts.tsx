import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Relation } from "../../app";
import { type Column, type Table, valueAt } from "../../table";
import {
  labelFilter,
  type Modality,
  missingFilter,
  type RowFilter,
  type TaskManifest,
  valuesFilter,
} from "../../tasks";
import { cellText, fullText, isPicture } from "../output/cellText";
import { Picture } from "../output/Picture";
import { IconButton } from "../parts/Button";
import { ModalityChip } from "../parts/Chip";
import { formatBytes } from "../parts/format";

/** Pictures narrower than this are drawn pixel by pixel. */
const MOST_PIXELATED = 100;

/** What a record's and a pair's fields are given. */
export interface FieldsProps {
  /** One row, all columns. */
  table: Table;
  manifest: TaskManifest;
  relation: Relation;
  /** Undefined where the split's labels are held back. */
  label: string | undefined;
  filters: readonly RowFilter[];
  onFilter?: (filter: RowFilter) => void;
}

/** A field's name, with what it holds by icon; `children` stands at the end of the line. */
export function FieldName({ name, modality, children }: { name: string; modality?: Modality; children?: ReactNode }) {
  return (
    <span className="field-name">
      {modality && <ModalityChip modality={modality} bare />}
      <span className="truncate">{name}</span>
      {children}
    </span>
  );
}

/** A value in full: a picture large, a text with its lines, a missing one as such. */
export function FieldValue({ column, children }: { column: Column | undefined; children?: ReactNode }) {
  const value = column && valueAt(column, 0);
  if (!column || value === null || value === undefined) return <span className="field-missing">missing</span>;
  if (value instanceof Uint8Array && isPicture(value)) return <FieldPicture bytes={value} name={column.name} />;
  if (value === "") return <span className="field-missing">empty</span>;
  if (column.kind === "number") return <span className="tabular">{cellText(column, 0)}</span>;
  return (
    <span className="field-text" data-code={column.kind === "vector" || column.kind === "other" || undefined}>
      {children ?? fullText(column, 0)}
    </span>
  );
}

/** A picture large, with its size in pixels as soon as the browser has decoded it. */
function FieldPicture({ bytes, name }: { bytes: Uint8Array; name: string }) {
  const [size, setSize] = useState<{ of: Uint8Array; width: number; height: number }>();
  const known = size?.of === bytes ? size : undefined;
  return (
    <figure
      className="field-picture"
      data-small={(known && known.width < MOST_PIXELATED) || undefined}
      onLoadCapture={({ target }) => {
        if (target instanceof HTMLImageElement)
          setSize({ of: bytes, width: target.naturalWidth, height: target.naturalHeight });
      }}
    >
      <Picture bytes={bytes} alt={`${name}, the picture of this row`} />
      <figcaption className="muted tabular">
        {known && `${known.width} × ${known.height} px, `}
        {formatBytes(bytes.length)}
      </figcaption>
    </figure>
  );
}

/** The rows that hold this value, or none, in a column; in the same words and SQL as a click on its profile. */
export function sameValue(relation: Relation, name: string, value: string | null): RowFilter {
  const type = relation.columns.find((column) => column.name === name)?.type ?? "VARCHAR";
  const column = { name, modality: "categorical" as const, description: "", sources: [{ name, type }] };
  return value === null ? missingFilter(column) : valuesFilter(column, [value]);
}

/** The rows that have this label, in the words that a click on its class has. */
export function sameLabel(relation: Relation, manifest: TaskManifest, label: string): RowFilter {
  return labelFilter({ track: manifest.track, label: manifest.label.column }, relation.columns, label);
}

/** Leads from a value to all rows that have it. */
export function FilterBy({
  filter,
  filters,
  onFilter,
}: {
  filter: RowFilter;
  filters: readonly RowFilter[];
  onFilter?: (filter: RowFilter) => void;
}) {
  if (!onFilter || filters.some((each) => each.sql === filter.sql)) return null;
  return (
    <IconButton
      small
      className="field-filter"
      icon={ListFilter}
      label={`Only rows where ${filter.label}`}
      onClick={() => onFilter(filter)}
    />
  );
}
