import { useCallback, useEffect, useState } from "react";
import type { App } from "../../app";
import type { CodeKind } from "../../notebook";
import { isCode } from "../../notebook";
import { InsertBar } from "../notebook/InsertBar";
import { EmptyState } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { LinkBanner } from "../share/LinkBanner";
import { CellView } from "./CellView";
import { ProseView } from "./ProseView";
import { useApp, useAppState } from "./useApp";

/** The open notebook: its cells in order, with a place to insert one between any two. */
export function NotebookPage() {
  const app = useApp();
  const notebook = useAppState((state) => state.session?.history.present);
  const linkFault = useAppState((state) => state.linkFault);
  const [editing, setEditing] = useState<string>();
  const edit = useCallback(
    (id: string | undefined, after?: string) => {
      if (after === undefined) return setEditing(id);
      const cells = app.notebooks.derived()?.cells ?? [];
      setEditing(cells[cells.findIndex((cell) => cell.id === after) + 1]?.id);
    },
    [app],
  );
  const insert = useCallback(
    (at: number, kind: CodeKind | "prose") => {
      setEditing(app.notebooks.insert(at, kind));
    },
    [app],
  );
  useUndoKeys(app);
  if (linkFault) {
    return (
      <EmptyState title="This link does not open">
        <FaultView fault={linkFault} />
        <p>Nothing was changed. Your own notebooks are in the list at the left.</p>
      </EmptyState>
    );
  }
  if (!notebook)
    return (
      <EmptyState title="No notebook is open">Open a task and start from its notebook, or make a new one.</EmptyState>
    );
  return (
    <article className="notebook" aria-label={notebook.front.title}>
      {notebook.front.fault && <FaultView fault={notebook.front.fault} />}
      <LinkBanner />
      <TaskFault />
      {notebook.cells.map((cell, at) => (
        <div key={cell.id}>
          <InsertBar onInsert={(kind) => insert(at, kind)} />
          {isCode(cell) ? (
            <CellView cell={cell} editing={editing === cell.id} onEdit={edit} />
          ) : (
            <ProseView cell={cell} editing={editing === cell.id} onEdit={setEditing} />
          )}
        </div>
      ))}
      <InsertBar onInsert={(kind) => insert(notebook.cells.length, kind)} always />
    </article>
  );
}

/** The notebook's task cannot be read, or its rows cannot be loaded: said once, above the cells. */
function TaskFault() {
  const task = useAppState((state) => state.task);
  const wanted = useAppState((state) => state.session?.history.present.front.task);
  if (!task || task.id !== wanted) return null;
  const fault =
    task.manifest.status === "failed"
      ? task.manifest.fault
      : task.data.status === "failed"
        ? task.data.fault
        : undefined;
  return fault ? <FaultView fault={fault} /> : null;
}

/** Undo and redo over the whole notebook; an editor in focus has its own. */
function useUndoKeys(app: App): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea, [contenteditable], .monaco-editor")) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) app.notebooks.redo();
      else app.notebooks.undo();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [app]);
}
