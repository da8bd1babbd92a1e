import { Search, X } from "lucide-react";
import { IconButton } from "../parts/Button";
import "./controls.css";

export interface SearchBoxProps {
  /** The accessible name. */
  label: string;
  placeholder: string;
  title?: string;
  disabled?: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** A line to search by; Escape and its cross clear it. */
export function SearchBox({ label, placeholder, title, disabled, value, onChange }: SearchBoxProps) {
  return (
    <label className="searchbox">
      <Search aria-hidden size={15} strokeWidth={2} />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        title={title}
        disabled={disabled}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.preventDefault();
          onChange("");
        }}
      />
      {value !== "" && <IconButton small icon={X} label="Clear the search" onClick={() => onChange("")} />}
    </label>
  );
}
