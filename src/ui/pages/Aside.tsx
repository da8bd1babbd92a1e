import { formatRoute } from "../../app";
import { isCode } from "../../notebook";
import { lastOf } from "../../runtime";
import { Skeleton } from "../parts/EmptyState";
import { formatScore } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { ColumnList } from "../tasks/ColumnList";
import { SplitSizes } from "../tasks/SplitSizes";
import { Contents } from "./Contents";
import { RunningSettings } from "./RunningSettings";
import { useAppState } from "./useApp";

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
      <SplitSizes train={splits.train.rows} validation={splits.validation.rows} test={splits.test.rows} />
      <h3>Columns</h3>
      <ColumnList columns={manifest.columns} label={manifest.label.column} compact />
    </>
  );
}

function Scores() {
  const session = useAppState((state) => state.session);
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
