import { NotebookPen } from "lucide-react";
import { useMemo } from "react";
import type { TaskManifest } from "../../tasks";
import { Grid } from "../output/Grid";
import { Prose } from "../output/Prose";
import { Button } from "../parts/Button";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { ProgressBar } from "../parts/ProgressBar";
import { ClassBalance } from "../tasks/ClassBalance";
import { ColumnList } from "../tasks/ColumnList";
import { SplitSizes } from "../tasks/SplitSizes";
import { TaskHeader } from "../tasks/TaskHeader";
import { inReadingOrder, relationSource } from "./relationSource";
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
        <h2 id="columns">Columns</h2>
        <ColumnList columns={manifest.columns} label={manifest.label.column} />
      </section>
      <section aria-labelledby="rows">
        <h2 id="rows">Rows of train</h2>
        <Rows manifest={manifest} />
      </section>
      <section aria-labelledby="licence">
        <h2 id="licence">Licence and sources</h2>
        <p>{manifest.licence}</p>
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
        <p className="muted">{manifest.source}</p>
      </section>
    </article>
  );
}

function Balance({ manifest }: { manifest: TaskManifest }) {
  const label = `"${manifest.label.column}"`;
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
          classes={Array.from({ length: asked.value.rows }, (_, row) => ({
            label: String(asked.value.columns[0].values[row]),
            count: Number(asked.value.columns[1].values[row]),
          }))}
        />
      )}
    </section>
  );
}

function Rows({ manifest }: { manifest: TaskManifest }) {
  const app = useApp();
  const data = useAppState((state) => state.task?.data);
  // Asking for the rows is what loads them.
  useAsked(manifest.id, () => app.tasks.data(manifest.id));
  const relation = data?.status === "ready" ? data.relations.find((each) => each.name === "train") : undefined;
  const source = useMemo(
    () =>
      relation &&
      relationSource(
        app,
        inReadingOrder(relation, manifest.label.column),
        Object.fromEntries(manifest.columns.map((column) => [column.name, column.modality])),
      ),
    [app, relation, manifest],
  );
  if (data?.status === "failed") return <FaultView fault={data.fault} />;
  if (data?.status === "loading")
    return <ProgressBar done={data.progress.done} note={data.progress.note} label={`Loading ${manifest.id}`} />;
  return source ? <Grid source={source} label={`${manifest.id}, train`} height={480} /> : <Skeleton lines={6} />;
}
