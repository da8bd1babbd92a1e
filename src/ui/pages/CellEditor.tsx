import { useMemo } from "react";
import { sqlTables, typeScriptLibs } from "../../app";
import type { FaultData } from "../../base";
import type { CodeCell, CodeKind } from "../../notebook";
import { CodeEditor } from "../editor/CodeEditor";
import type { EditorLanguage } from "../editor/types";
import { actionKeys } from "./actions";
import { useApp, useAppState } from "./useApp";

export const LANGUAGES: Record<CodeKind, EditorLanguage> = {
  sql: "sql",
  ts: "typescript",
  chart: "yaml",
  model: "yaml",
  score: "yaml",
  explain: "yaml",
};

/** The editor of the cell that is being edited, with all that it knows of the notebook around it. */
export function CellEditor({ cell, fault }: { cell: CodeCell; fault: FaultData | undefined }) {
  const app = useApp();
  const session = useAppState((state) => state.session);
  const task = useAppState((state) => state.task);
  const place = useAppState((state) => state.view.place);
  const manifest = task?.manifest.status === "ready" ? task.manifest.value : undefined;
  const derived = app.notebooks.derived();
  const libs = useMemo(
    () => (cell.kind === "ts" && derived && session ? typeScriptLibs(cell, derived, session, manifest) : undefined),
    [cell, derived, session, manifest],
  );
  const completions = useMemo(
    () => (cell.kind === "sql" && derived && session ? { tables: sqlTables(cell, derived, session, task) } : undefined),
    [cell, derived, session, task],
  );
  const { where } = fault ?? {};
  const markers = useMemo(
    () =>
      fault && where?.line !== undefined && where.cell === cell.name
        ? [{ line: where.line, column: where.column ?? 1, message: fault.message, severity: "error" as const }]
        : [],
    [fault, where, cell.name],
  );
  return (
    <CodeEditor
      language={LANGUAGES[cell.kind]}
      value={cell.source}
      onChange={(source) => app.notebooks.setSource(cell.id, source)}
      onEscape={app.view.leave}
      onSplit={(offset) => app.view.edit(app.notebooks.split(cell.id, offset), { line: 1, column: 1 })}
      actions={actionKeys(app)}
      path={`cells/${session?.slot ?? "link"}/${cell.id}.${cell.kind}`}
      libs={libs}
      completions={completions}
      markers={markers}
      ariaLabel={`Source of ${cell.name}`}
      at={place}
      autoFocus
    />
  );
}
