import { Layers } from "lucide-react";
import { formatRoute } from "../../app";
import { isCode } from "../../notebook";
import { lastOf } from "../../runtime";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { formatCountOf, formatScore } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { ColumnList } from "../tasks/ColumnList";
import { SplitSizes } from "../tasks/SplitSizes";
import { Contents } from "./Contents";
import { RunningSettings } from "./RunningSettings";
import { useApp, useAppState, useSession } from "./useApp";

/** The right panel of a notebook: what is known about its task, and the newest scores. */
export function Aside() {
  return (
    <div className="aside">
      <Contents />
      <RunningSettings />
      <AboutTask />
    </div>
  );
}

function AboutTask() {
  const task = useAppState((state) => state.task);
  const wanted = useAppState((state) => state.session?.history.present.front.task);
  if (wanted === undefined) return <p className="muted">This notebook names no task.</p>;
  if (task?.id !== wanted || task.manifest.status !== "ready") return <Skeleton lines={6} />;
  const manifest = task.manifest.value;
  const { splits } = manifest;
  return (
    <>
      <h2>
        <a href={formatRoute({ page: "task", id: manifest.id })}>{manifest.title}</a>
      </h2>
      {task.data.status === "loading" && (
        <ProgressBar done={task.data.progress.done} note={task.data.progress.note} label={`Loading ${manifest.id}`} />
      )}
      <Scores />
      <Runs task={manifest.id} />
      <SplitSizes train={splits.train.rows} validation={splits.validation.rows} test={splits.test.rows} />
      <h3>Columns</h3>
      <ColumnList columns={manifest.columns} label={manifest.label.column} compact />
    </>
  );
}

/** What the notebook can be held against: its earlier runs, and the other tasks. */
function Runs({ task }: { task: string }) {
  const app = useApp();
  const count = useAppState(
    (state) => state.runs.filter(({ run }) => run.kind === "score" && run.task.id === task).length,
  );
  return (
    <p className="aside-runs">
      {count > 0 && (
        <a href={formatRoute({ page: "board" })}>{formatCountOf(count, "run")} of this task on the board</a>
      )}
      <Button small icon={Layers} onClick={() => void app.across.start().catch(app.report)}>
        Run on every task of this track
      </Button>
    </p>
  );
}

function Scores() {
  const session = useSession();
  const scores = (session?.history.present.cells ?? []).filter(isCode).flatMap((cell) => {
    const value = lastOf(session?.states.get(cell.id) ?? { status: "idle" })?.value;
    return value?.kind === "score"
      ? value.entries.map((entry) => ({ key: `${cell.name}.${entry.name}`, entry, split: value.split }))
      : [];
  });
  if (scores.length === 0) return null;
  return (
    <table className="aside-scores tabular">
      <caption>Scores</caption>
      <tbody>
        {scores.map(({ key, entry, split }) => (
          <tr key={key}>
            <th scope="row">{entry.name}</th>
            <td>{formatScore(entry.scored.primary.value)}</td>
            <td className="muted">
              {formatScore(entry.scored.primary.low)}–{formatScore(entry.scored.primary.high)}
            </td>
            <td className="muted">{split}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
