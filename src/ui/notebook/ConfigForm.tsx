import { useId, useState } from "react";
import type { FaultData } from "../../base";
import { FaultView } from "../parts/FaultView";
import "./form.css";
import { MultiField } from "./MultiField";

export interface ConfigField {
  key: string;
  label: string;
  type: "select" | "number" | "text" | "multi";
  /** For select and multi. A multi takes other texts too. */
  options?: readonly (string | { value: string; label?: string })[];
  /** The key may be absent: a select then has an empty choice. */
  optional?: boolean;
  hint?: string;
  /** Shown while the key is absent: what will be used. */
  placeholder?: string;
}

export interface ConfigFormProps {
  fields: ConfigField[];
  value: Record<string, unknown>;
  /** One key at a time, so that the YAML's other lines and comments stay; undefined takes the key out. */
  onChange: (key: string, value: unknown) => void;
  /** Faults whose message is shown at the field of this key, or under the form for the key "". */
  faults?: Record<string, FaultData>;
  readOnly?: boolean;
}

/** A configuration cell as a form. Its YAML is the truth: the form shows what that says, and asks for one change. */
export function ConfigForm({ fields, value, onChange, faults = {}, readOnly = false }: ConfigFormProps) {
  return (
    <div className="form">
      {fields.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={value[field.key]}
          fault={faults[field.key]}
          readOnly={readOnly}
          onChange={(next) => onChange(field.key, next)}
        />
      ))}
      {faults[""] && <FaultView fault={faults[""]} />}
    </div>
  );
}

interface FieldProps {
  field: ConfigField;
  value: unknown;
  fault?: FaultData;
  readOnly: boolean;
  onChange: (value: unknown) => void;
}

function Field({ field, value, fault, readOnly, onChange }: FieldProps) {
  const id = useId();
  const about = fault ? fault.message : field.hint;
  const shared = {
    id,
    "aria-describedby": about ? `${id}-about` : undefined,
    "aria-invalid": fault ? true : undefined,
    disabled: readOnly,
  };
  return (
    <div className="field" data-type={field.type} data-fault={fault ? true : undefined}>
      <label htmlFor={id}>{field.label}</label>
      <div className="field-input">
        {field.type === "select" && <SelectField {...shared} field={field} value={value} onChange={onChange} />}
        {field.type === "multi" && (
          <MultiField
            {...shared}
            options={optionsOf(field)}
            value={listOf(value)}
            placeholder={field.placeholder}
            onChange={onChange}
          />
        )}
        {(field.type === "text" || field.type === "number") && (
          <TextField {...shared} field={field} value={value} onChange={onChange} />
        )}
        {about && (
          <p id={`${id}-about`} className="field-about">
            {about}
          </p>
        )}
      </div>
    </div>
  );
}

interface InputProps {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  disabled: boolean;
  field: ConfigField;
  value: unknown;
  onChange: (value: unknown) => void;
}

function SelectField({ field, value, onChange, ...rest }: InputProps) {
  const now = value === undefined || value === null ? "" : String(value);
  const options = optionsOf(field);
  const known = now === "" || options.some((option) => option.value === now);
  return (
    <select {...rest} value={now} onChange={(event) => onChange(event.target.value || undefined)}>
      {(now === "" || field.optional) && (
        <option value="">{field.placeholder ?? (field.optional ? "none" : "Choose…")}</option>
      )}
      {!known && <option value={now}>{now} (unknown)</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label ?? option.value}
        </option>
      ))}
    </select>
  );
}

/** Kept on leaving and on Enter: a half-typed number would be a fault in the YAML at every key. */
function TextField({ field, value, onChange, ...rest }: InputProps) {
  const [draft, setDraft] = useState<string>();
  const now = value === undefined || value === null ? "" : String(value);
  const keep = () => {
    setDraft(undefined);
    if (draft === undefined || draft === now) return;
    const text = draft.trim();
    if (text === "") onChange(undefined);
    else onChange(field.type === "number" && Number.isFinite(Number(text)) ? Number(text) : text);
  };
  return (
    <input
      {...rest}
      type="text"
      inputMode={field.type === "number" ? "decimal" : undefined}
      value={draft ?? now}
      placeholder={field.placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setDraft(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && !event.shiftKey && keep()}
    />
  );
}

function optionsOf(field: ConfigField): { value: string; label?: string }[] {
  return (field.options ?? []).map((option) => (typeof option === "string" ? { value: option } : option));
}

function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
