import { NotebookPen } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import type { Relation } from "../../app";
import { dataHashOf } from "../../cells";
import { rowsOf, type Table } from "../../table";
import {
  balanceCells,
  balanceSql,
  frameOf,
  isMatch,
  labelFilter,
  type RowFilter,
  splitCells,
  type TaskManifest,
} from "../../tasks";
import { RowsExplorer } from "../explore/RowsExplorer";
import { Prose } from "../output/Prose";
import { Button } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { ProgressBar } from "../parts/ProgressBar";
import { NotebookButton } from "../profiles/NotebookButton";
import { ProfileSection } from "../profiles/ProfileSection";
import { type Glanced, glanceAt } from "../profiles/useProfiles";
import { ClassBalance } from "../tasks/ClassBalance";
import { ColumnList } from "../tasks/ColumnList";
import { SplitSizes } from "../tasks/SplitSizes";
import { TaskHeader } from "../tasks/TaskHeader";
import { TaskSources } from "../tasks/TaskSources";
import { useTaskScores } from "../tasks/useTaskScores";
import { useApp, useAppState, useAsked, useQuery } from "./useApp";

/** What a task is, in a minute: what is predicted, from what, how much of it, and the rows themselves. */
export function TaskPage({ id }: { id: string }) {
  const task = useAppState((state) => (state.task?.id === id ? state.task : undefined));
  if (!task || task.manifest.status === "loading") return <Skeleton lines={8} />;
  if (task.manifest.status === "failed") {
    return (
      <EmptyState title={`The task "${id}" cannot be opened`}>
        <FaultView fault={task.manifest.fault} />
      </EmptyState>
    );
  }
  return <OpenTask key={id} manifest={task.manifest.value} />;
}

function OpenTask({ manifest }: { manifest: TaskManifest }) {
  const app = useApp();
  const { splits } = manifest;
  const { train, glanced } = useTrain(manifest);
  const columns = train?.columns ?? glanced?.train;
  const scoresOf = useTaskScores();
  const rows = useRef<HTMLElement>(null);
  const [filters, setFilters] = useState<RowFilter[]>([]);
  const showRows = useCallback((filter: RowFilter) => {
    setFilters((now) => (now.some((each) => each.sql === filter.sql) ? now : [...now, filter]));
    rows.current?.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  }, []);
  return (
    <article className="page">
      <TaskHeader
        manifest={manifest}
        scores={scoresOf({ id: manifest.id, metric: manifest.metric, data: dataHashOf(manifest) })}
        actions={
          <Button
            look="main"
            icon={NotebookPen}
            onClick={() => void app.notebooks.openStarter(manifest.id).catch(app.report)}
          >
            Open the starter notebook
          </Button>
        }
      />
      <Prose>{manifest.description}</Prose>
      <SplitSizes
        train={splits.train.rows}
        validation={splits.validation.rows}
        test={splits.test.rows}
        action={<NotebookButton iconOnly what="the splits" frame={{ task: manifest.id }} cells={splitCells} />}
      />
      <Balance manifest={manifest} train={train} known={glanced?.balance} onFilter={showRows} />
      <section aria-labelledby="columns">
        {columns ? (
          <ProfileSection manifest={manifest} train={columns} loaded={train !== undefined} onFilter={showRows} />
        ) : (
          <>
            <h2 id="columns">Columns</h2>
            <ColumnList columns={manifest.columns} label={manifest.label.column} />
          </>
        )}
      </section>
      <section aria-labelledby="rows" ref={rows}>
        <h2 id="rows">Rows</h2>
        {train ? (
          <RowsExplorer relation={train} manifest={manifest} filters={filters} onFilters={setFilters} />
        ) : (
          <Loading id={manifest.id} />
        )}
      </section>
      <TaskSources manifest={manifest} />
    </article>
  );
}

/** Whether the reader has asked for less motion. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** The train table, and what its file told before it was loaded; showing a task is what loads its rows. */
function useTrain(manifest: TaskManifest): { train: Relation | undefined; glanced: Glanced | undefined } {
  const app = useApp();
  const data = useAppState((state) => state.task?.data);
  const [glanced, setGlanced] = useState<Glanced>();
  useAsked(manifest.id, () => app.tasks.data(manifest.id, { glance: glanceAt(app, manifest, setGlanced) }));
  const train = data?.status === "ready" ? data.relations.find((each) => each.name === "train") : undefined;
  return { train, glanced: data?.status === "failed" ? undefined : glanced };
}

function Loading({ id }: { id: string }) {
  const data = useAppState((state) => state.task?.data);
  if (data?.status === "failed") return <FaultView fault={data.fault} />;
  if (data?.status !== "loading") return <Skeleton lines={6} />;
  return <ProgressBar done={data.progress.done} note={data.progress.note} label={`Loading ${id}`} />;
}

function Balance({
  manifest,
  train,
  known,
  onFilter,
}: {
  manifest: TaskManifest;
  train: Relation | undefined;
  /** The answer, where the task's files have given it before the rows were loaded. */
  known: Table | undefined;
  onFilter: (filter: RowFilter) => void;
}) {
  const frame = frameOf(manifest, train?.columns ?? []);
  // Not before the rows are there: asking loads them, without a glance.
  const answer = useQuery(known ? undefined : train && manifest.id, balanceSql(frame));
  const asked: typeof answer = known ? { status: "ready", value: known } : answer;
  const matching = manifest.track === "matching";
  return (
    <section aria-labelledby="balance">
      <h2 id="balance">Classes in train</h2>
      {asked.status === "loading" && <Skeleton lines={6} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && (
        <ClassBalance
          nameOf={(label) => (matching ? (isMatch(label) ? "match" : "no match") : label)}
          classes={rowsOf(asked.value).map(({ label, train, validation }) => ({
            label: String(label),
            train: Number(train),
            validation: Number(validation),
          }))}
          onPick={train && ((label) => onFilter(labelFilter(frame, train.columns, label)))}
          action={<NotebookButton frame={frame} cells={() => balanceCells(frame)} />}
        />
      )}
    </section>
  );
}
