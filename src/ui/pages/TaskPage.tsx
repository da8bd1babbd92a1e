import { NotebookPen } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { type Relation, taskFile } from "../../app";
import type { RowFilter, TaskManifest } from "../../tasks";
import { RowsExplorer } from "../explore/RowsExplorer";
import { Prose } from "../output/Prose";
import { Button } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { ProgressBar } from "../parts/ProgressBar";
import { CiteLine } from "../profiles/CiteLine";
import { ProfileSection } from "../profiles/ProfileSection";
import { ClassBalance } from "../tasks/ClassBalance";
import { ColumnList } from "../tasks/ColumnList";
import { SplitSizes } from "../tasks/SplitSizes";
import { TaskHeader } from "../tasks/TaskHeader";
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
  return <OpenTask manifest={task.manifest.value} />;
}

function OpenTask({ manifest }: { manifest: TaskManifest }) {
  const app = useApp();
  const { splits } = manifest;
  const train = useTrain(manifest);
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
      <SplitSizes train={splits.train.rows} validation={splits.validation.rows} test={splits.test.rows} />
      <Balance manifest={manifest} />
      <section aria-labelledby="columns">
        {train ? (
          <ProfileSection manifest={manifest} train={train} onFilter={showRows} />
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
      <Sources manifest={manifest} />
    </article>
  );
}

/** Whether the reader has asked for less motion. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** The train table; showing a task is what loads its rows. */
function useTrain(manifest: TaskManifest): Relation | undefined {
  const app = useApp();
  const data = useAppState((state) => state.task?.data);
  useAsked(manifest.id, () => app.tasks.data(manifest.id));
  return data?.status === "ready" ? data.relations.find((each) => each.name === "train") : undefined;
}

function Loading({ id }: { id: string }) {
  const data = useAppState((state) => state.task?.data);
  if (data?.status === "failed") return <FaultView fault={data.fault} />;
  if (data?.status !== "loading") return <Skeleton lines={6} />;
  return <ProgressBar done={data.progress.done} note={data.progress.note} label={`Loading ${id}`} />;
}

function Balance({ manifest }: { manifest: TaskManifest }) {
  const label = `"${manifest.label.column.replaceAll('"', '""')}"`;
  const asked = useQuery(
    manifest.id,
    `select ${label}::varchar as label, count(*)::integer as n from train group by all order by n desc, label`,
  );
  return (
    <section aria-labelledby="balance">
      <h2 id="balance">Classes in train</h2>
      {asked.status === "loading" && <Skeleton lines={6} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && (
        <ClassBalance
          names={manifest.track === "matching" ? { 0: "no match", 1: "match" } : {}}
          classes={Array.from({ length: asked.value.rows }, (_, row) => ({
            label: String(asked.value.columns[0].values[row]),
            count: Number(asked.value.columns[1].values[row]),
          }))}
        />
      )}
    </section>
  );
}

function Sources({ manifest }: { manifest: TaskManifest }) {
  return (
    <section aria-labelledby="licence">
      <h2 id="licence">Licence and sources</h2>
      <p>
        {manifest.licence} (<a href={taskFile(manifest.id, "LICENCES.txt")}>licence texts</a>)
      </p>
      <ul>
        {manifest.attribution.map((source) => (
          <li key={source.name}>
            {source.url ? (
              <a href={source.url} target="_blank" rel="noreferrer noopener">
                {source.name}
              </a>
            ) : (
              source.name
            )}
            , {source.licence}
            {source.changes ? `. ${source.changes}` : ""}
          </li>
        ))}
      </ul>
      <Files manifest={manifest} />
      <p className="muted">{manifest.source}</p>
      <CiteLine manifest={manifest} />
    </section>
  );
}

/** The task's folder, file by file. */
function Files({ manifest }: { manifest: TaskManifest }) {
  const { splits, records } = manifest;
  const tables = [...(records ? [records] : []), splits.train, splits.validation, splits.test];
  const files = [
    "task.json",
    "croissant.json",
    ...tables.flatMap(({ parquet, csv }) => (csv ? [parquet, csv] : [parquet])),
  ];
  return (
    <p>
      Files:{" "}
      {files.map((file, i) => (
        <span key={file}>
          {i > 0 && ", "}
          <a href={taskFile(manifest.id, file)} download>
            {file}
          </a>
        </span>
      ))}
    </p>
  );
}
