import { NotebookPen } from "lucide-react";
import { useState } from "react";
import type { AddedCell } from "../../app";
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
      await app.notebooks.addTo(frame.task, cellsOf(view));
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

/** A view's query, and what is computed or drawn of its rows. */
function cellsOf({ name, sql, chart, code }: ViewCells): AddedCell[] {
  return [
    { kind: "sql", name, source: sql },
    ...(code ? [{ kind: "ts", name: `${name}_colours`, source: code } as const] : []),
    ...(chart ? [{ kind: "chart", name: `${name}_chart`, source: chart } as const] : []),
  ];
}
