import { CircleAlert, CircleCheck, CircleDashed, Hash, Hourglass, Image, Loader, Tags, Type } from "lucide-react";
import type { ReactNode } from "react";
import type { Modality } from "../../tasks";
import "./chip.css";

/** A short word in a quiet frame. `tone` is a custom property's name, like `--text`. */
export function Chip({ children, tone, title }: { children: ReactNode; tone?: string; title?: string }) {
  return (
    <span className="chip" title={title} style={tone ? { color: `var(${tone})` } : undefined}>
      {children}
    </span>
  );
}

export const MODALITY_ICONS = { text: Type, numeric: Hash, categorical: Tags, image: Image } as const;

/** What a column holds, by icon, word and colour; `bare` leaves the word to screen readers. */
export function ModalityChip({ modality, bare = false }: { modality: Modality; bare?: boolean }) {
  const Icon = MODALITY_ICONS[modality];
  return (
    <span className={bare ? "modality modality-bare" : "modality"} data-modality={modality} title={modality}>
      <Icon aria-hidden size={bare ? 15 : 13} strokeWidth={2.1} />
      <span className={bare ? "unseen" : undefined}>{modality}</span>
    </span>
  );
}

export type StatusName = "idle" | "stale" | "queued" | "running" | "ready" | "failed";

export const STATUS_ICONS = {
  idle: CircleDashed,
  stale: Hourglass,
  queued: CircleDashed,
  running: Loader,
  ready: CircleCheck,
  failed: CircleAlert,
} as const;

const STATUS_WORDS: Record<StatusName, string> = {
  idle: "not run",
  stale: "stale",
  queued: "waiting",
  running: "running",
  ready: "ready",
  failed: "failed",
};

/** How something stands, by icon, word and colour; `children` says more, like `12 ms`. */
export function StatusChip({ status, children }: { status: StatusName; children?: ReactNode }) {
  const Icon = STATUS_ICONS[status];
  return (
    <span className="status" data-status={status}>
      <Icon aria-hidden size={13} strokeWidth={2.2} />
      <span>{STATUS_WORDS[status]}</span>
      {children !== undefined && children !== null && <span className="status-more tabular">{children}</span>}
    </span>
  );
}
