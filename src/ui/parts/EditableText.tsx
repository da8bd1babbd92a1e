import { useRef, useState } from "react";
import "./editable.css";

export interface EditableTextProps {
  value: string;
  /** Called once, on Enter or on leaving, and only with a text that differs. */
  onChange: (value: string) => void;
  ariaLabel: string;
  placeholder?: string;
  /** Why the text being typed cannot stay, or undefined; it is shown, and the old text comes back. */
  refuse?: (value: string) => string | undefined;
  readOnly?: boolean;
  code?: boolean;
}

/** A name that is edited where it stands: Enter keeps, Escape goes back. It is as wide as its text. */
export function EditableText({ value, onChange, ariaLabel, placeholder, refuse, readOnly, code }: EditableTextProps) {
  const [draft, setDraft] = useState<string>();
  const dropped = useRef(false);
  const shown = draft ?? value;
  const reason = draft !== undefined && draft !== value ? refuse?.(draft.trim()) : undefined;
  const finish = () => {
    const text = (draft ?? value).trim();
    const keep = !dropped.current && text !== value && reason === undefined;
    dropped.current = false;
    setDraft(undefined);
    if (keep) onChange(text);
  };
  return (
    <span className="editable" data-value={shown || placeholder} data-code={code || undefined}>
      <input
        aria-label={ariaLabel}
        aria-invalid={reason !== undefined || undefined}
        title={reason}
        value={shown}
        placeholder={placeholder}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        size={1}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          // The keys of the page (run, delete a cell) are not meant while a name is typed.
          event.stopPropagation();
          if (event.key === "Escape") dropped.current = true;
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {reason && (
        <span className="editable-reason" role="status">
          {reason}
        </span>
      )}
    </span>
  );
}
