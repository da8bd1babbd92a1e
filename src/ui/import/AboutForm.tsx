import { type ReactNode, useEffect, useId, useState } from "react";
import type { ImportState } from "../../app";
import { metricsOf } from "../../tasks";
import { Switch } from "../explore/Switch";
import { metricWords } from "../output/metricWords";
import { useApp } from "../pages/useApp";

/** What is predicted, and what the rows are named and kept together by. */
export function AboutForm({ importing: { about, columns, draft, fault, files } }: { importing: ImportState }) {
  const app = useApp();
  const change = (part: Partial<ImportState["about"]>): void => void app.wizard.change(part).catch(app.report);
  const splitHere = draft !== undefined && !files.some((file) => file.role === "validation");
  const bad = files.reduce((sum, { look }) => sum + (look?.badRowCount ?? 0), 0);
  const offersSetAside = bad > 0 || fault?.code === "import-rows" || about.badRows === "set aside";
  return (
    <div className="import-form">
      <Labelled label="Title">
        {(id) => <Title id={id} value={about.title} onChange={(title) => change({ title })} />}
      </Labelled>
      <div className="import-field">
        <span>Track</span>
        <Switch
          label="Track"
          options={["classification", "matching"] as const}
          chosen={about.track}
          onChoose={(track) => change({ track, metric: undefined })}
        />
      </div>
      <Labelled label="Label">
        {(id) => (
          <select
            id={id}
            value={about.label ?? ""}
            onChange={(event) => change({ label: event.currentTarget.value || undefined })}
          >
            {about.label === undefined && <option value="">choose a column</option>}
            {columns.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="Measured by">
        {(id) => (
          <select
            id={id}
            value={about.metric ?? draft?.metric ?? metricsOf(about.track)[0]}
            onChange={(event) => change({ metric: event.currentTarget.value })}
          >
            {metricsOf(about.track).map((metric) => (
              <option key={metric} value={metric}>
                {metricWords(metric).title}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="Rows are named by">
        {(id) => (
          <ColumnSelect
            id={id}
            value={about.id}
            columns={columns}
            none="as found below"
            onChange={(column) => change({ id: column })}
          />
        )}
      </Labelled>
      {splitHere && (
        <Labelled label="Kept together by">
          {(id) => (
            <ColumnSelect
              id={id}
              value={about.group}
              columns={columns}
              none={about.track === "matching" ? "the records" : "equal rows"}
              onChange={(column) => change({ group: column })}
            />
          )}
        </Labelled>
      )}
      {offersSetAside && (
        <label className="import-check">
          <input
            type="checkbox"
            checked={about.badRows === "set aside"}
            onChange={(event) => change({ badRows: event.currentTarget.checked ? "set aside" : undefined })}
          />
          Set aside the lines that are no rows
        </label>
      )}
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="import-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

/** Told when the reader is done with it: each change plans anew. */
function Title({ id, value, onChange }: { id: string; value: string; onChange: (title: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <input
      id={id}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== value && onChange(text)}
      onKeyDown={(event) => event.key === "Enter" && text !== value && onChange(text)}
    />
  );
}

interface ColumnSelectProps {
  id: string;
  value: string | undefined;
  columns: readonly string[];
  none: string;
  onChange: (column: string | undefined) => void;
}

function ColumnSelect({ id, value, columns, none, onChange }: ColumnSelectProps) {
  return (
    <select id={id} value={value ?? ""} onChange={(event) => onChange(event.currentTarget.value || undefined)}>
      <option value="">{none}</option>
      {columns.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
