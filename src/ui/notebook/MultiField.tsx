import { Plus, X } from "lucide-react";
import { useState } from "react";
import "./form.css";

export interface MultiFieldProps {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  disabled: boolean;
  options: { value: string; label?: string }[];
  value: string[];
  placeholder?: string;
  onChange: (value: string[] | undefined) => void;
}

/** A list of names: chosen ones first, in their order; a click on another adds it; other texts can be typed. */
export function MultiField({ options, value, disabled, placeholder, onChange, ...rest }: MultiFieldProps) {
  const [draft, setDraft] = useState("");
  const labelOf = (name: string) => options.find((option) => option.value === name)?.label ?? name;
  const offered = options.filter((option) => !value.includes(option.value));
  const set = (next: string[]) => onChange(next.length === 0 ? undefined : next);
  const add = () => {
    const name = draft.trim();
    setDraft("");
    if (name !== "" && !value.includes(name)) set([...value, name]);
  };
  return (
    <div className="multi">
      {value.map((name) => (
        <button
          key={name}
          type="button"
          className="multi-name"
          data-chosen
          disabled={disabled}
          aria-label={`Take out ${labelOf(name)}`}
          onClick={() => set(value.filter((each) => each !== name))}
        >
          {labelOf(name)}
          <X aria-hidden size={12} strokeWidth={2.2} />
        </button>
      ))}
      {!disabled &&
        offered.map((option) => (
          <button
            key={option.value}
            type="button"
            className="multi-name"
            aria-label={`Add ${option.label ?? option.value}`}
            onClick={() => set([...value, option.value])}
          >
            <Plus aria-hidden size={12} strokeWidth={2.2} />
            {option.label ?? option.value}
          </button>
        ))}
      <input
        {...rest}
        className="multi-input"
        disabled={disabled}
        value={draft}
        placeholder={placeholder ?? "another…"}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && draft.trim() !== "") {
            event.preventDefault();
            event.stopPropagation();
            add();
          }
          if (event.key === "Backspace" && draft === "" && value.length > 0) set(value.slice(0, -1));
        }}
      />
    </div>
  );
}
