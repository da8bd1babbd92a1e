import { FileInput, Star, Trophy } from "lucide-react";
import { useRef, useState } from "react";
import { formatRoute } from "../../app";
import {
  averageOf,
  type BoardColumn,
  type BoardRow,
  type BoardSort,
  boardRows,
  byAverage,
  filterRows,
  type KeptRun,
  pendingTasks,
  sameBoard,
  sortRows,
  whyNotComparable,
} from "../../runs";
import { SearchBox } from "../explore/SearchBox";
import { useApp, useAppState, useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { EmptyState } from "../parts/EmptyState";
import { formatCountOf, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import "./runs.css";
import { Pareto } from "./Pareto";
import { RunLine, RunMenu } from "./RunLine";
import { SortHead } from "./SortHead";

const COLUMNS: { by: BoardColumn; words: string }[] = [
  { by: "score", words: "Score" },
  { by: "change", words: "Over the baseline" },
  { by: "fitMs", words: "Fit" },
  { by: "predictMs", words: "Predict" },
  { by: "made", words: "When" },
];

/** Every score that is kept in this browser, ranked; higher is better, whatever the metric. */
export function BoardPage() {
  const app = useApp();
  const runs = useAppState((state) => state.runs);
  const asked = useAsked("models", () => app.engines.models.list());
  const shipped = (asked.status === "ready" ? asked.value.models : []).map(({ task, title, scores }) => ({
    task,
    title,
    metric: scores.validation.metric,
    value: scores.validation.value,
  }));
  const rows = boardRows(runs, shipped);
  return (
    <article className="page" data-wide>
      <div className="board-head">
        <h1>Board</h1>
        <ImportCard />
      </div>
      <p className="lead">Every score that you reach is kept in this browser. Higher is better, whatever the metric.</p>
      <AcrossRuns runs={runs} />
      {rows.length === 0 ? (
        <EmptyState icon={Trophy} title="No run yet">
          Run a notebook with a score cell: its score appears here.
        </EmptyState>
      ) : (
        <ScoreRuns rows={rows} />
      )}
    </article>
  );
}

function ImportCard() {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={FileInput} onClick={() => input.current?.click()}>
        Import a run card
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) app.runs.importCard(file).catch(app.report);
        }}
      />
    </>
  );
}

function AcrossRuns({ runs }: { runs: readonly KeptRun[] }) {
  const across = runs.flatMap((kept) => (kept.run.kind === "across" ? [{ kept, run: kept.run }] : []));
  if (across.length === 0) return null;
  const sorted = across.sort((a, b) => byAverage(a.run, b.run));
  return (
    <section aria-labelledby="across">
      <h2 id="across">Across tasks</h2>
      <ScrollBox className="runs-scroll" label="Runs across tasks">
        <table className="runs-table tabular" aria-labelledby="across">
          <thead>
            <tr>
              <th scope="col">Notebook</th>
              <th scope="col">Track</th>
              <th scope="col" data-number>
                Average
              </th>
              <th scope="col">Tasks</th>
              <th scope="col">
                <span className="unseen">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ kept, run }) => (
              <tr key={kept.id}>
                <th scope="row">
                  <a href={formatRoute({ page: "across", run: kept.id })}>{kept.name ?? run.notebook.title}</a>
                  {kept.claimed && <Chip>claimed</Chip>}
                </th>
                <td>{run.track}</td>
                <td data-number>
                  <strong>{formatScore(averageOf(run)?.value ?? Number.NaN)}</strong>
                </td>
                <td>
                  {run.results.length} of {run.tasks.length}
                  {pendingTasks(run).length > 0 && <small>ranked when it is through</small>}
                </td>
                <td>
                  <RunMenu kept={kept} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function ScoreRuns({ rows }: { rows: readonly BoardRow[] }) {
  const app = useApp();
  const [sort, setSort] = useState<BoardSort>({ by: "made", falling: true });
  const [filter, setFilter] = useState({ task: "", learner: "", words: "", starred: false });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const shown = sortRows(
    filterRows(rows, { ...filter, task: filter.task || undefined, learner: filter.learner || undefined }),
    sort,
  );
  const tasks = [...new Set(rows.map((row) => row.run.task.id))].sort();
  const learners = [...new Set(rows.map((row) => row.lead.title))].sort();
  const pair = chosen
    .flatMap((id) => rows.find((row) => row.kept.id === id) ?? [])
    .sort((a, b) => a.run.made - b.run.made);
  const obstacle = pair.length === 2 ? whyNotComparable(pair[0].run, pair[1].run) : undefined;
  // Times and scores of two tasks say nothing beside each other.
  const alike = shown.every((row) => sameBoard(row.run, shown[0].run));
  const choose = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen.slice(-1), id]);
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      <search className="board-bar" aria-label="Runs">
        <SearchBox
          label="Search the runs"
          placeholder="Search notebooks, tasks, models"
          value={filter.words}
          onChange={(words) => setFilter({ ...filter, words })}
        />
        <Choice
          label="Task"
          all="all tasks"
          options={tasks}
          value={filter.task}
          onChange={(task) => setFilter({ ...filter, task })}
        />
        <Choice
          label="Learner"
          all="all learners"
          options={learners}
          value={filter.learner}
          onChange={(learner) => setFilter({ ...filter, learner })}
        />
        <Button
          icon={Star}
          aria-pressed={filter.starred}
          onClick={() => setFilter({ ...filter, starred: !filter.starred })}
        >
          Starred
        </Button>
        <output className="muted tabular">{formatCountOf(shown.length, "run")}</output>
      </search>
      <div className="board-compare">
        <Button
          disabled={pair.length !== 2 || obstacle !== undefined}
          onClick={() => app.go({ page: "compare", before: pair[0].kept.id, after: pair[1].kept.id })}
        >
          Compare two runs
        </Button>
        <span className="muted">{obstacle ?? "Choose two runs of one task."}</span>
      </div>
      <ScrollBox className="runs-scroll" label="Runs">
        <table className="runs-table tabular" aria-labelledby="runs">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Compare</span>
              </th>
              <th scope="col">Run</th>
              {COLUMNS.map(({ by, words }) => (
                <SortHead key={by} by={by} words={words} sort={sort} onSort={setSort} />
              ))}
              <th scope="col">
                <span className="unseen">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <RunLine
                key={row.kept.id}
                row={row}
                chosen={chosen.includes(row.kept.id)}
                ofOneTask={alike}
                onChoose={() => choose(row.kept.id)}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {alike ? (
        <Pareto rows={shown} />
      ) : (
        <p className="muted">Choose a task above to see the scores of its runs against their times.</p>
      )}
    </section>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  options: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, all, options, value, onChange }: ChoiceProps) {
  return (
    <select
      className="board-choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}
