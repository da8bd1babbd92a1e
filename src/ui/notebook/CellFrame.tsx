import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, CopyPlus, Ellipsis, Play, Square, Trash2 } from "lucide-react";
import type { ReactNode, Ref } from "react";
import type { CellKind } from "../../notebook";
import { Button, IconButton } from "../parts/Button";
import { StatusChip, type StatusName } from "../parts/Chip";
import { EditableText } from "../parts/EditableText";
import { formatMs, formatShare } from "../parts/format";
import { Menu, type MenuEntry } from "../parts/Menu";
import { ProgressBar } from "../parts/ProgressBar";
import "./cell.css";
import { KINDS } from "./kinds";

export interface CellFrameProps {
  id?: string;
  kind: CellKind;
  name?: string;
  onRename?: (name: string) => void;
  /** Why a name cannot be taken, or undefined. */
  refuseName?: (name: string) => string | undefined;
  status: StatusName;
  /** While running: in [0, 1], with a note that says more. */
  progress?: { done?: number; note?: string };
  /** How long the last run took. */
  tookMs?: number;
  /** A few words behind the status, like `from the cache`. */
  note?: string;
  selected?: boolean;
  onSelect?: () => void;
  onRun?: () => void;
  onStop?: () => void;
  onMove?: (by: -1 | 1) => void;
  onDuplicate?: () => void;
  onDelete?: () => void;
  /** More lines for the cell's menu, before its own. */
  menu?: MenuEntry[];
  /** Small switches in the head: form or YAML, preview on or off. */
  tools?: ReactNode;
  source: ReactNode;
  /** Beside the source on wide screens, under it on narrow ones: the preview of features. */
  aside?: ReactNode;
  output?: ReactNode;
  /** The output is of an earlier text; it stays, dimmed. Follows from the status unless given. */
  stale?: boolean;
  /** Hides the source; its head stays. */
  folded?: boolean;
  onFold?: (folded: boolean) => void;
  ref?: Ref<HTMLElement>;
}

/** A cell of the notebook: what it is, how it stands, its text, and what came of it. */
export function CellFrame(props: CellFrameProps) {
  const { id, kind, name, status, progress, selected, onSelect, source, aside, output, folded, ref } = props;
  const { stale = status === "stale" || status === "running" || status === "queued" } = props;
  return (
    <section
      ref={ref}
      className="cell"
      aria-label={`${KINDS[kind].label} cell ${name ?? ""}`.trim()}
      data-cell={id}
      tabIndex={-1}
      data-kind={kind}
      data-status={status}
      data-selected={selected || undefined}
      // Pointer and focus select alike; what is inside keeps its own click.
      onPointerDownCapture={onSelect}
      onFocusCapture={onSelect}
    >
      <Head {...props} />
      {!folded && (
        <div className="cell-body" data-aside={aside !== undefined || undefined}>
          <div className="cell-text">{source}</div>
          {aside}
        </div>
      )}
      {status === "running" && (
        <ProgressBar
          bare
          done={progress?.done}
          note={progress?.note}
          label={`${name ?? KINDS[kind].label} is running`}
        />
      )}
      {output && (
        <div className="cell-output" data-stale={stale || undefined} aria-live={selected ? "polite" : undefined}>
          {output}
        </div>
      )}
    </section>
  );
}

function Head(props: CellFrameProps) {
  const { kind, name, onRename, refuseName, status, tools, folded, onFold, onRun, onStop } = props;
  const { label, icon: Icon } = KINDS[kind];
  return (
    <header className="cell-head">
      {onFold && (
        <button
          type="button"
          className="cell-fold"
          aria-expanded={!folded}
          aria-label={folded ? "Show the source" : "Fold the source"}
          onClick={() => onFold(!folded)}
        >
          {folded ? <ChevronRight aria-hidden size={14} /> : <ChevronDown aria-hidden size={14} />}
        </button>
      )}
      <span className="cell-kind">
        <Icon aria-hidden size={14} strokeWidth={2} />
        {label}
      </span>
      {name !== undefined && (
        <EditableText
          code
          value={name}
          onChange={(next) => onRename?.(next)}
          refuse={refuseName}
          readOnly={!onRename}
          ariaLabel={`Name of this ${label} cell`}
          placeholder="name"
        />
      )}
      <span className="cell-space" />
      {tools}
      <Status {...props} />
      {status === "running" || status === "queued" ? (
        <Button small look="danger" className="cell-run" icon={Square} onClick={onStop} aria-label="Stop">
          <span className="cell-run-word">Stop</span>
        </Button>
      ) : (
        onRun && (
          <IconButton small className="cell-run" icon={Play} label="Run this cell" keys="⇧ Enter" onClick={onRun} />
        )
      )}
      <CellMenu {...props} />
    </header>
  );
}

function Status({ status, progress, tookMs, note }: CellFrameProps) {
  if (status === "idle") return null;
  const words =
    status === "running"
      ? [progress?.done === undefined ? "" : formatShare(Math.round(progress.done * 100) / 100), progress?.note]
      : status === "ready"
        ? [tookMs === undefined ? "" : formatMs(tookMs), note]
        : [note];
  return (
    <span className="cell-status">
      <StatusChip status={status}>{words.filter(Boolean).join(" · ") || undefined}</StatusChip>
    </span>
  );
}

function CellMenu({ menu = [], onMove, onDuplicate, onDelete, name }: CellFrameProps) {
  const own: MenuEntry[] = [
    ...(onMove
      ? [
          { label: "Move up", icon: ArrowUp, onSelect: () => onMove(-1) },
          { label: "Move down", icon: ArrowDown, onSelect: () => onMove(1) },
        ]
      : []),
    ...(onDuplicate ? [{ label: "Duplicate", icon: CopyPlus, onSelect: onDuplicate }] : []),
    ...(onDelete ? [{ label: "Delete", icon: Trash2, danger: true, onSelect: onDelete }] : []),
  ];
  if (own.length + menu.length === 0) return null;
  const entries: MenuEntry[] =
    menu.length > 0 && own.length > 0 ? [...menu, { kind: "line" }, ...own] : [...menu, ...own];
  return (
    <Menu entries={entries}>
      <Button
        small
        look="quiet"
        className="button-icon cell-menu"
        icon={Ellipsis}
        aria-label={name ? `More for ${name}` : "More for this cell"}
      />
    </Menu>
  );
}
