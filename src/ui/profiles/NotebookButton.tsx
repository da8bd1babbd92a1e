import { NotebookPen } from "lucide-react";
import { useState } from "react";
import type { App } from "../../app";
import type { Frame, ViewCells } from "../../tasks";
import { useApp } from "../pages/useApp";
import { Button } from "../parts/Button";

/** Writes a view into the task's notebook as cells to edit, and goes there. */
export function NotebookButton({ frame, cells }: { frame: Frame; cells: () => ViewCells | undefined }) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const put = async (): Promise<void> => {
    const view = cells();
    if (!view) return;
    setBusy(true);
    try {
      await putView(app, frame.task, view);
    } catch (error) {
      app.report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button small look="quiet" icon={NotebookPen} disabled={busy} onClick={() => void put()}>
      Put into the notebook
    </Button>
  );
}

async function putView(app: App, task: string, { name, sql, chart }: ViewCells): Promise<void> {
  const id = await app.notebooks.addTo(task, "sql", name, sql);
  if (!chart) return;
  const cells = app.store.getState().session?.history.present.cells ?? [];
  // The wish may have been taken: the chart reads the name that the cell got.
  const given = cells.find((cell) => cell.id === id);
  await app.notebooks.addTo(task, "chart", `${name}_chart`, chart(given && "name" in given ? given.name : name));
}
