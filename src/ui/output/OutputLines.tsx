import { CircleAlert, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import type { Table } from "../../table";
import { Grid } from "./Grid";
import { sourceOf } from "./gridSource";
import "./lines.css";

export interface OutputLine {
  kind: "log" | "display";
  level?: "log" | "warn" | "error";
  text?: string;
  table?: Table;
  /** The line of the source that wrote it, from 1. */
  line?: number;
}

/** What a TypeScript cell wrote, in its order: console lines, and displayed values and tables. */
export function OutputLines({ output, onGoTo }: { output: OutputLine[]; onGoTo?: (line: number) => void }) {
  if (output.length === 0) return null;
  return (
    <ol className="lines">
      {numbered(output).map(({ key, line }) => (
        <li key={key} className="line" data-kind={line.kind} data-level={line.level ?? "log"}>
          {line.level === "warn" && <TriangleAlert size={13} strokeWidth={2.1} aria-label="warning" />}
          {line.level === "error" && <CircleAlert size={13} strokeWidth={2.1} aria-label="error" />}
          {line.table ? <Shown table={line.table} /> : <pre>{line.text}</pre>}
          {line.line !== undefined &&
            (onGoTo ? (
              <button type="button" className="line-place" onClick={() => onGoTo(line.line ?? 1)}>
                line {line.line}
              </button>
            ) : (
              <span className="line-place">line {line.line}</span>
            ))}
        </li>
      ))}
    </ol>
  );
}

/** Lines are only ever added at the end: their place is their identity. */
function numbered(output: OutputLine[]): { key: string; line: OutputLine }[] {
  return output.map((line, place) => ({ key: String(place), line }));
}

function Shown({ table }: { table: Table }) {
  const source = useMemo(() => sourceOf(table), [table]);
  return (
    <div className="line-table">
      <Grid source={source} height={240} label="Displayed table" />
    </div>
  );
}
