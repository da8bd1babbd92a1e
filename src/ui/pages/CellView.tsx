import { memo, useMemo, useState } from "react";
import { sqlTables, typeScriptLibs } from "../../app";
import type { FaultData } from "../../base";
import type { CodeCell, CodeKind } from "../../notebook";
import { isCellName } from "../../notebook";
import { lastOf } from "../../runtime";
import { CodeEditor } from "../editor/CodeEditor";
import { Highlighted } from "../editor/Highlighted";
import type { EditorLanguage } from "../editor/types";
import { CellFrame } from "../notebook/CellFrame";
import { FaultView } from "../parts/FaultView";
import { CellOutput } from "./CellOutput";
import { PreviewPane } from "./PreviewPane";
import { SettingsForm } from "./SettingsForm";
import { useApp, useAppState } from "./useApp";

const LANGUAGES: Record<CodeKind, EditorLanguage> = {
  sql: "sql",
  ts: "typescript",
  chart: "yaml",
  model: "yaml",
  score: "yaml",
};

export interface CellViewProps {
  cell: CodeCell;
  editing: boolean;
  /** Which cell is edited from now on; `after`: the code cell that follows this one. */
  onEdit: (id: string | undefined, after?: string) => void;
}

/** One cell: its frame, its text (an editor while it is the one being edited), and its newest result. */
export const CellView = memo(function CellView({ cell, editing, onEdit }: CellViewProps) {
  const app = useApp();
  const session = useAppState((state) => state.session);
  const task = useAppState((state) => state.task);
  const [at, setAt] = useState<{ line: number; column: number }>();
  const derived = app.notebooks.derived();
  const state = session?.states.get(cell.id) ?? { status: "idle" as const };
  const status = app.notebooks.status(cell.id);
  const fault: FaultData | undefined =
    derived?.graph.faults.get(cell.id) ?? (state.status === "failed" && status === "failed" ? state.fault : undefined);
  const last = lastOf(state);
  const manifest = task?.manifest.status === "ready" ? task.manifest.value : undefined;
  const libs = useMemo(
    () =>
      editing && cell.kind === "ts" && derived && session
        ? typeScriptLibs(cell, derived, session, manifest)
        : undefined,
    [editing, cell, derived, session, manifest],
  );
  const completions = useMemo(
    () =>
      editing && cell.kind === "sql" && derived && session
        ? { tables: sqlTables(cell, derived, session, task) }
        : undefined,
    [editing, cell, derived, session, task],
  );
  const markers =
    fault?.where?.line !== undefined && fault.where.cell === cell.name
      ? [
          {
            line: fault.where.line,
            column: fault.where.column ?? 1,
            message: fault.message,
            severity: "error" as const,
          },
        ]
      : [];
  return (
    <CellFrame
      kind={cell.kind}
      name={cell.name}
      refuseName={(name) =>
        isCellName(name) ? undefined : "A name starts with a letter or _ and goes on with letters, digits and _."
      }
      onRename={(name) => app.notebooks.rename(cell.id, name)}
      status={fault && status !== "running" ? "failed" : status}
      tookMs={last?.tookMs}
      progress={state.status === "running" ? { done: state.done, note: state.note } : undefined}
      selected={editing}
      onRun={() => void app.notebooks.run([cell.id])}
      onStop={() => app.notebooks.stop()}
      onMove={(by) => app.notebooks.move(cell.id, by)}
      onDelete={() => app.notebooks.removeCell(cell.id)}
      source={
        <>
          {(cell.kind === "chart" || cell.kind === "model" || cell.kind === "score") && editing && (
            <SettingsForm cell={cell} />
          )}
          {editing ? (
            <CodeEditor
              language={LANGUAGES[cell.kind]}
              value={cell.source}
              onChange={(source) => app.notebooks.setSource(cell.id, source)}
              onRun={(then) => {
                void app.notebooks.run([cell.id]);
                if (then === "advance") onEdit(undefined, cell.id);
              }}
              onEscape={() => onEdit(undefined)}
              path={`cells/${session?.slot ?? "link"}/${cell.id}.${cell.kind}`}
              libs={libs}
              completions={completions}
              markers={markers}
              ariaLabel={`Source of ${cell.name}`}
              at={at}
              autoFocus
            />
          ) : (
            <button
              type="button"
              className="cell-source"
              aria-label={`Edit ${cell.name}`}
              onClick={() => onEdit(cell.id)}
            >
              <Highlighted language={LANGUAGES[cell.kind]} source={cell.source} />
            </button>
          )}
        </>
      }
      aside={cell.kind === "ts" && editing ? <PreviewPane cell={cell} /> : undefined}
      output={
        <>
          {fault && (
            <div role="alert">
              <FaultView
                fault={fault}
                onGoTo={(line, column) => {
                  setAt({ line, column });
                  onEdit(cell.id);
                }}
              />
            </div>
          )}
          {last && (!fault || status !== "failed") && <CellOutput name={cell.name} value={last.value} />}
        </>
      }
      stale={status === "stale"}
    />
  );
});
