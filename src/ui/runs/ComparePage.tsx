import type { RowChange, RunComparison, ScoreRun } from "../../runs";
import { metricWords } from "../output/metricWords";
import { VERDICT_ICONS } from "../output/Verdicts";
import { useApp, useAppState, useAsked } from "../pages/useApp";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCount, formatCountOf, formatDifference, formatScore } from "../parts/format";
import { ChangedRows } from "./ChangedRows";
import "./runs.css";

/** Two runs on the same rows: is the later one better, and which rows did it fix and break? */
export function ComparePage({ before, after }: { before: string; after: string }) {
  const app = useApp();
  const runs = useAppState((state) => state.runs);
  const [old, fresh] = [before, after].map((id) => runs.find((each) => each.id === id)?.run);
  const asked = useAsked(old && fresh && `${before} ${after}`, () => app.runs.compare(before, after));
  if (old?.kind !== "score" || fresh?.kind !== "score")
    return <EmptyState title="These runs are not in this browser">Choose two runs on the board.</EmptyState>;
  return (
    <article className="page" data-wide>
      <h1>Two runs on “{fresh.task.title}”</h1>
      {asked.status === "loading" && <Skeleton lines={6} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && <Outcome found={asked.value} before={old} after={fresh} />}
    </article>
  );
}

function Outcome({ found, before, after }: { found: RunComparison; before: ScoreRun; after: ScoreRun }) {
  const { comparison, metric, fixed, broken, bothRight, bothWrong } = found;
  const { verdict, difference } = comparison;
  const Icon = VERDICT_ICONS[verdict];
  const scoreOf = (run: ScoreRun) => formatScore(run.members[0].metrics[metric].value);
  return (
    <>
      <p className="verdict" data-verdict={verdict}>
        <Icon aria-hidden size={16} strokeWidth={2.1} />
        <span>
          {verdict === "no difference seen" ? (
            <b>No difference seen.</b>
          ) : (
            <>
              The later run is <b>{verdict}</b>.
            </>
          )}{" "}
          {metricWords(metric).title} {scoreOf(before)} before, {scoreOf(after)} after:{" "}
          {formatDifference(difference.value)}, 95 % interval {formatDifference(difference.low)} to{" "}
          {formatDifference(difference.high)}, on the same {formatCountOf(found.rows, "row")}.
        </span>
      </p>
      <p className="muted">
        Before: {named(before)}. After: {named(after)}. Both right on {formatCount(bothRight)}, both wrong on{" "}
        {formatCount(bothWrong)}.
      </p>
      <Changes title="Fixed" words="wrong before, right now" changes={fixed} run={after} />
      <Changes title="Broken" words="right before, wrong now" changes={broken} run={after} />
    </>
  );
}

/** Two runs of one notebook have one title: the time tells them apart. */
function named({ notebook, members, made }: ScoreRun): string {
  return `${notebook.title}, ${members[0].name}, ${new Date(made).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}`;
}

interface ChangesProps {
  title: string;
  words: string;
  changes: readonly RowChange[];
  run: ScoreRun;
}

function Changes({ title, words, changes, run }: ChangesProps) {
  const app = useApp();
  const task = useAppState((state) => state.task);
  const asked = useAsked(changes.length > 0 ? run.task.id : undefined, () => app.tasks.data(run.task.id));
  const own = task?.id === run.task.id ? task : undefined;
  const manifest = own?.manifest.status === "ready" ? own.manifest.value : undefined;
  const relations = own?.data.status === "ready" ? own.data.relations : [];
  const relation = relations.find(({ name }) => name === run.split);
  return (
    <section>
      <h2>
        {title}: {formatCountOf(changes.length, "row")}
      </h2>
      <p className="muted changes-words">
        {words}
        {changes.length > 1 && "; what changed most comes first"}
      </p>
      {changes.length > 0 && asked.status === "loading" && <Skeleton lines={4} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && manifest && relation && (
        <ChangedRows title={title} changes={changes} run={run} manifest={manifest} relation={relation} />
      )}
    </section>
  );
}
