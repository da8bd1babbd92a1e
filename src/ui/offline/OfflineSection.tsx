import { CloudOff, Download } from "lucide-react";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { formatBytes, formatCountOf } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { offlineSentence } from "./words";
import "./offline.css";

/** What this browser keeps of the page, and the one thing to do about it. */
export function OfflineSection() {
  const app = useApp();
  const offline = useAppState((state) => state.offline);
  const { tasks, keeping, online } = offline;
  const all = tasks.kept.length + tasks.missing.length;
  return (
    <section aria-labelledby="offline" className="offline">
      <h2 id="offline">Without a connection</h2>
      {!online && (
        <p className="offline-now">
          <CloudOff aria-hidden size={15} /> There is no connection now.
        </p>
      )}
      <p>{offlineSentence(offline)}</p>
      {offline.app.status === "filling" && (
        <ProgressBar
          label="Keeping the page"
          done={offline.app.done / offline.app.total}
          note={`${formatBytes(offline.app.done)} of ${formatBytes(offline.app.total)}`}
        />
      )}
      {keeping && (
        <ProgressBar
          label="Keeping the tasks"
          done={keeping.done / keeping.total}
          note={`tasks: ${formatBytes(keeping.done)} of ${formatBytes(keeping.total)}`}
        />
      )}
      {!keeping && tasks.missing.length > 0 && offline.app.status === "ready" && (
        <div className="offline-tasks">
          <Button icon={Download} disabled={!online} onClick={() => void app.offline.keepTasks()}>
            Keep all tasks too ({formatBytes(tasks.missingBytes)})
          </Button>
          <span className="muted">
            {tasks.kept.length} of {formatCountOf(all, "task")} kept
            {tasks.kept.length > 0 && `: ${tasks.kept.join(", ")}`}
          </span>
        </div>
      )}
    </section>
  );
}
