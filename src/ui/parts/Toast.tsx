import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Button, IconButton } from "./Button";
import "./states.css";

export interface ToastData {
  id: string;
  tone: "plain" | "good" | "bad";
  message: string;
  more?: string;
  action?: { label: string; onSelect: () => void };
}

const ICONS = { plain: Info, good: CircleCheck, bad: CircleAlert } as const;

/** Where the page says what has happened. It is always in the document, so that screen readers hear what comes into it. */
export function ToastRegion({ toasts, onDismiss }: { toasts: ToastData[]; onDismiss: (id: string) => void }) {
  return (
    <section className="toasts" aria-label="Messages" aria-live="polite" aria-relevant="additions">
      {toasts.map((toast) => {
        const Icon = ICONS[toast.tone];
        return (
          <div key={toast.id} className="toast" data-tone={toast.tone}>
            <Icon aria-hidden size={15} strokeWidth={2.1} />
            <p className="toast-words">
              {toast.message}
              {toast.more && <small>{toast.more}</small>}
            </p>
            {toast.action && (
              <Button small look="quiet" onClick={toast.action.onSelect}>
                {toast.action.label}
              </Button>
            )}
            <IconButton small icon={X} label="Dismiss" onClick={() => onDismiss(toast.id)} />
          </div>
        );
      })}
    </section>
  );
}
