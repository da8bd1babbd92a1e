import { Trash2 } from "lucide-react";
import { useState } from "react";
import { formatRoute } from "../../app";
import type { CatalogueEntry } from "../../tasks";
import { useApp } from "../pages/useApp";
import { IconButton } from "../parts/Button";
import { formatBytes, formatCount, formatCountOf } from "../parts/format";
import { BringButton } from "./BringButton";
import { RemoveDialog } from "./RemoveDialog";
import "./import.css";

/** The tasks that the reader brought: what is kept in this browser, how big it is, and the way to be rid of it. */
export function YourTasks({ tasks }: { tasks: readonly CatalogueEntry[] }) {
  const app = useApp();
  const [removing, setRemoving] = useState<CatalogueEntry>();
  const bytes = tasks.reduce((sum, task) => sum + task.bytes, 0);
  return (
    <section aria-labelledby="yours" className="yours">
      <div className="yours-head">
        <h2 id="yours">Yours</h2>
        <span className="muted tabular">
          {tasks.length === 0
            ? "Your own CSV or Parquet becomes a task too, and never leaves this browser."
            : `${formatCountOf(tasks.length, "task")}, ${formatBytes(bytes)} kept in this browser`}
        </span>
        <BringButton small>Bring your own data</BringButton>
      </div>
      {tasks.length > 0 && (
        <ul className="yours-list tabular">
          {tasks.map((task) => (
            <li key={task.id}>
              <a href={formatRoute({ page: "task", id: task.id })}>{task.title}</a>
              <span className="muted">{task.track}</span>
              <span className="muted">
                {formatCount(task.rows.train + task.rows.validation + task.rows.test)}{" "}
                {task.track === "matching" ? "pairs" : "rows"}
              </span>
              <span className="muted">{task.kept === "tab" ? "in this tab only" : formatBytes(task.bytes)}</span>
              <IconButton small icon={Trash2} label={`Remove ${task.title}`} onClick={() => setRemoving(task)} />
            </li>
          ))}
        </ul>
      )}
      <RemoveDialog
        task={removing}
        onClose={() => setRemoving(undefined)}
        onRemove={(task) => void app.imports.remove(task.id).catch(app.report)}
      />
    </section>
  );
}
