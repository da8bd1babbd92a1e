import { Check, FolderOpen, Link, Play, RotateCw, Square } from "lucide-react";
import {
  type AcrossRun,
  type Agreement,
  agreementOf,
  averageOf,
  pendingTasks,
  risingInterval,
  type TaskResult,
} from "../../runs";
import { IntervalBar } from "../output/IntervalBar";
import { metricWords } from "../output/metricWords";
import { useApp, useAppState, useAsked } from "../pages/useApp";
import { Button, IconButton } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { formatCountOf, formatMs, formatScore } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { ScrollBox } from "../parts/ScrollBox";
import { useCopy } from "../parts/useCopy";
import "./runs.css";

/** One notebook on every task of its track: a line a task as they come, and the average that ranks it. */
export function AcrossPage({ id }: { id: string }) {
  const app = useApp();
  const kept = useAppState((state) => state.runs.find((each) => each.id === id));
  const working = useAppState((state) => (state.across?.id === id ? state.across : undefined));
  const run = kept?.run;
  if (!kept || run?.kind !== "across")
    return working ? (
      <Skeleton lines={6} />
    ) : (
      <EmptyState title="This run is not in this browser">
        Open a notebook and run it on every task of its track.
      </EmptyState>
    );
  const left = pendingTasks(run).length;
  return (
    <article className="page" data-wide>
      <h1>“{kept.name ?? run.notebook.title}” on every task</h1>
      <p className="lead">
        The {run.track} track, by the score cell “{run.cell}”. Each task is opened in an engine of its own and let go
        again; your open notebook is not touched.
      </p>
      <AverageLine run={run} />
      <div className="across-bar">
        {working ? (
          <Button look="danger" icon={Square} onClick={() => app.across.stop()}>
            Stop
          </Button>
        ) : (
          left > 0 &&
          !kept.claimed && (
            <Button look="main" icon={Play} onClick={() => void app.across.resume(id).catch(app.report)}>
              {run.results.length > 0 ? `Resume, ${formatCountOf(left, "task")} to go` : "Run"}
            </Button>
          )
        )}
        <Button icon={FolderOpen} onClick={() => void app.runs.reopen(id).catch(app.report)}>
          Open the notebook
        </Button>
        <CopyLink id={id} run={run} />
      </div>
      <ScrollBox className="runs-scroll" label="Tasks">
        <table className="runs-table tabular" aria-label="Scores by task">
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col" data-number>
                Score
              </th>
              <th scope="col">95 % interval</th>
              <th scope="col">What it says</th>
              <th scope="col" data-number>
                Took
              </th>
              <th scope="col">
                <span className="unseen">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {run.tasks.map((task) => (
              <TaskLine
                key={task.id}
                task={task}
                result={run.results.find((result) => result.task.id === task.id)}
                run={run}
                id={id}
                idle={!working && !kept.claimed}
                progress={working?.task === task.id ? working : undefined}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </article>
  );
}

/** The link is made ahead: a browser lets a page copy only at once after a click. */
function CopyLink({ id, run }: { id: string; run: AcrossRun }) {
  const app = useApp();
  const asked = useAsked(`${id} ${run.made}`, () => app.across.link(id));
  const { copied, copy } = useCopy();
  const link = asked.status === "ready" ? `${location.href.split("#")[0]}#nb=${asked.value}` : undefined;
  return (
    <>
      <Button
        icon={copied ? Check : Link}
        disabled={link === undefined}
        onClick={() => link !== undefined && copy(link)}
      >
        {copied ? "Copied" : "Copy link"}
      </Button>
      <span className="muted">
        {run.results.length > 0
          ? "The notebook with these scores: a reader sees them, and whether they come out again."
          : "The notebook, without scores yet."}
      </span>
    </>
  );
}

function AverageLine({ run }: { run: AcrossRun }) {
  const average = averageOf(run);
  if (!average) return <p className="muted">No task has a score yet.</p>;
  return (
    <p>
      Average <strong className="tabular">{formatScore(average.value)}</strong>{" "}
      <span className="muted tabular">
        {formatScore(average.low)} – {formatScore(average.high)}, over {average.settled} of{" "}
        {formatCountOf(average.tasks, "task")}
        {average.failed > 0 && `; ${formatCountOf(average.failed, "failed task")} counted as 0`}
      </span>
    </p>
  );
}

interface TaskLineProps {
  task: AcrossRun["tasks"][number];
  result: TaskResult | undefined;
  run: AcrossRun;
  id: string;
  idle: boolean;
  progress: { done: number; note?: string } | undefined;
}

function TaskLine({ task, result, run, id, idle, progress }: TaskLineProps) {
  const app = useApp();
  const scored = result?.status === "scored" ? result : undefined;
  const interval = scored && risingInterval(scored.metric, scored.lead.metrics[scored.metric]);
  return (
    <tr data-status={progress ? "running" : (result?.status ?? "waiting")}>
      <th scope="row">
        {task.id}
        <small>{task.title}</small>
      </th>
      <td data-number>
        {interval ? <strong>{formatScore(interval.value)}</strong> : "–"}
        {scored && <small>{metricWords(scored.metric).short}</small>}
      </td>
      <td>{interval && <IntervalBar interval={interval} scale={{ from: 0, to: 1 }} />}</td>
      <td className="across-why">
        {progress ? (
          <ProgressBar done={progress.done} note={progress.note} label={`Running on ${task.id}`} />
        ) : result ? (
          <Says result={result} agreement={agreementOf(run, result)} />
        ) : (
          <span className="muted">
            not run yet
            {run.claims?.[task.id] && <small>the author had {formatScore(run.claims[task.id][1])}</small>}
          </span>
        )}
      </td>
      <td data-number>{result && result.tookMs > 0 ? formatMs(result.tookMs) : "–"}</td>
      <td className="runs-tools">
        {idle && result?.status === "failed" && (
          <IconButton
            small
            icon={RotateCw}
            label={`Try ${task.id} again`}
            onClick={() => void app.across.again(id, task.id).catch(app.report)}
          />
        )}
        <IconButton
          small
          icon={FolderOpen}
          label={`Open the notebook on ${task.id}`}
          onClick={() => void app.across.openOn(id, task.id).catch(app.report)}
        />
      </td>
    </tr>
  );
}

function Says({ result, agreement }: { result: TaskResult; agreement: Agreement | undefined }) {
  if (result.status === "failed")
    return (
      <>
        Does not run here: {result.fault.message}
        {result.fault.where?.cell && <small>in the cell {result.fault.where.cell}</small>}
      </>
    );
  return (
    <>
      {result.floor && `guessing alone ${formatScore(result.floor.value)}`}
      {agreement && <small>{agreementWords(agreement)}</small>}
      {result.leftOut.map(({ name, reason }) => (
        <small key={name}>
          without {name}: {reason}
        </small>
      ))}
    </>
  );
}

function agreementWords(agreement: Agreement): string {
  switch (agreement.kind) {
    case "same":
      return "same as the author's, to the last digit";
    case "differs":
      return `differs: the author had ${formatScore(agreement.claimed, 6)}, here it is ${formatScore(agreement.here, 6)}`;
    case "other data":
      return "the author's was on other data of this name";
    case "failed":
      return "the author's ran";
  }
}
