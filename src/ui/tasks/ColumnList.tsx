import { Target } from "lucide-react";
import type { ReactNode } from "react";
import type { Modality } from "../../tasks";
import { ModalityChip } from "../parts/Chip";
import { formatShare } from "../parts/format";
import "./tasks.css";

export interface ListedColumn {
  name: string;
  modality: Modality;
  description?: string;
  /** Share of missing values in the training split. */
  missing?: number;
  /** A drawing of at most 40 px height: a histogram, the top values. */
  profile?: ReactNode;
  /** A word of warning, like `may leak the label`. */
  warning?: string;
}

export interface ColumnListProps {
  columns: ListedColumn[];
  /** The label's name, listed last as what is predicted. */
  label?: string;
  onOpen?: (name: string) => void;
  /** For a side panel: without descriptions. */
  compact?: boolean;
}

/** The columns of a task: what each holds, in which words, and how much of it is there. */
export function ColumnList({ columns, label, onOpen, compact = false }: ColumnListProps) {
  return (
    <ul className="columns" data-compact={compact || undefined}>
      {columns.map((column) => (
        <li key={column.name} className="column">
          <div className="column-head">
            {onOpen ? (
              <button type="button" className="column-name" onClick={() => onOpen(column.name)}>
                {column.name}
              </button>
            ) : (
              <span className="column-name">{column.name}</span>
            )}
            <ModalityChip modality={column.modality} />
            {column.missing !== undefined && column.missing > 0 && (
              <span className="column-missing tabular">{formatShare(column.missing)} missing</span>
            )}
          </div>
          {!compact && column.description && <p className="column-about">{column.description}</p>}
          {column.warning && <p className="column-warning">{column.warning}</p>}
          {column.profile && <div className="column-profile">{column.profile}</div>}
        </li>
      ))}
      {label && (
        <li className="column">
          <div className="column-head">
            <span className="column-name">{label}</span>
            <span className="column-label">
              <Target aria-hidden size={13} strokeWidth={2.1} /> label
            </span>
          </div>
          {!compact && <p className="column-about">What is predicted. The test split comes without it.</p>}
        </li>
      )}
    </ul>
  );
}
