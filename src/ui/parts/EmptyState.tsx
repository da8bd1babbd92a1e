import type { LucideIcon } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import "./states.css";

export interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** What would be here, and how it comes here. */
  children?: ReactNode;
  /** The buttons that lead out of it. */
  actions?: ReactNode;
  small?: boolean;
}

/** A place that has nothing yet, and says what to do. */
export function EmptyState({ icon: Icon, title, children, actions, small = false }: EmptyStateProps) {
  return (
    <div className="empty" data-small={small || undefined}>
      {Icon && <Icon aria-hidden size={small ? 18 : 24} strokeWidth={1.5} />}
      <p className="empty-title">{title}</p>
      {children && <div className="empty-about">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}

/** A place whose content is on its way: `lines` bars of text-like lengths. */
export function Skeleton({ lines = 3, height }: { lines?: number; height?: number }) {
  if (height !== undefined) return <div aria-hidden className="skeleton" style={{ height }} />;
  return (
    <div aria-hidden className="skeleton-lines">
      {Array.from({ length: lines }, (_, line) => (
        <div
          // The bars are all alike and never move.
          key={String(line)}
          className="skeleton"
          style={{ width: `${[92, 78, 86, 64, 72][line % 5]}%`, "--delay": `${line * 80}ms` } as CSSProperties}
        />
      ))}
    </div>
  );
}
