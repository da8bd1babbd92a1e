import { NotebookPen } from "lucide-react";
import { useState } from "react";
import type { App } from "../../app";
import type { Frame, ViewCells } from "../../tasks";
import { useApp } from "../pages/useApp";
import { Button, IconButton } from "../parts/Button";

/** Writes a view into the task's notebook as cells to edit, and goes there. */
export function NotebookButton({
  frame,
  cells,
  iconOnly = false,
  what,
}: {
  frame: Pick<Frame, "task">;
  cells: () => ViewCells | undefined;
  /** Where the view is small, or stands among others: the words are in the tooltip. */
  iconOnly?: boolean;
  /** What the view is, for the tooltip of the icon. */
  what?: string;
}) {
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
  const given = { disabled: busy, onClick: () => void put() };
  if (iconOnly) return <IconButton small icon={NotebookPen} label={`Put ${what} into the notebook`} {...given} />;
  return (
    <Button small look="quiet" icon={NotebookPen} {...given}>
      Put into the notebook
    </Button>
  );
}

async function putView(app: App, task: string, { name, sql, chart, code }: ViewCells): Promise<void> {
  const id = await app.notebooks.addTo(task, "sql", name, sql);
  const cells = app.store.getState().session?.history.present.cells ?? [];
  // The wish may have been taken: what follows reads the name that the cell got.
  const made = cells.find((cell) => cell.id === id);
  const given = made && "name" in made ? made.name : name;
  if (code) await app.notebooks.addTo(task, "ts", `${name}_colours`, code(given));
  if (chart) await app.notebooks.addTo(task, "chart", `${name}_chart`, chart(given));
}
