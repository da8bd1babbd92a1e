import { PackageOpen } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { taskFile, taskFileSize, taskText } from "../../app";
import type { FaultData } from "../../base";
import type { TaskManifest } from "../../tasks";
import { KeptTask, useKept } from "../import/KeptTask";
import { useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCount } from "../parts/format";
import { CiteLine } from "../profiles/CiteLine";
import "./sources.css";

/** Who made a task's data and under which licences, how it is cited, and its files. */
export function TaskSources({ manifest }: { manifest: TaskManifest }) {
  const kept = useKept(manifest.id);
  return (
    <section aria-labelledby="licence" className="sources">
      <h2 id="licence">Licence and sources</h2>
      <p>{manifest.licence}</p>
      <ul className="sources-list">
        {manifest.attribution.map((source) => (
          <li key={source.name}>
            <p>
              {source.url ? (
                <a href={source.url} target="_blank" rel="noreferrer noopener">
                  {source.name}
                </a>
              ) : (
                source.name
              )}
              , {source.licence}
              {source.changes ? `. ${source.changes}` : ""}
            </p>
            {source.text && <p className="muted">{source.text}</p>}
          </li>
        ))}
      </ul>
      {kept ? (
        <KeptTask manifest={manifest} entry={kept} />
      ) : (
        <>
          <LicenceTexts id={manifest.id} />
          <Files manifest={manifest} />
        </>
      )}
      <p className="muted">{manifest.source}</p>
      {!kept && <CiteLine manifest={manifest} />}
      <Publish manifest={manifest} />
    </section>
  );
}

// Comes when somebody publishes.
const PublishDialog = lazy(() => import("../publish/PublishDialog").then((m) => ({ default: m.PublishDialog })));

function Publish({ manifest }: { manifest: TaskManifest }) {
  const [open, setOpen] = useState(false);
  return (
    <p>
      <Button small icon={PackageOpen} onClick={() => setOpen(true)}>
        Make a task folder
      </Button>
      {open && (
        <Suspense>
          <PublishDialog manifest={manifest} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </p>
  );
}

const LICENCES = "LICENCES.txt";

/** The licences in full, fetched when they are opened. */
function LicenceTexts({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const asked = useAsked(open ? `licences of ${id}` : undefined, (signal) => taskText(id, LICENCES, signal));
  return (
    <details className="sources-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Licence texts</summary>
      {open && asked.status === "loading" && <Skeleton lines={4} />}
      {asked.status === "failed" && <FaultView fault={asked.fault} />}
      {asked.status === "ready" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by the keyboard.
        <section className="sources-text" aria-label="Licence texts" tabIndex={0}>
          {asked.value}
        </section>
      )}
    </details>
  );
}

interface TaskFile {
  name: string;
  rows?: number;
  sha256?: string;
}

/** The task's folder, file by file; whether each is there is looked up when the list is opened. */
function Files({ manifest }: { manifest: TaskManifest }) {
  const [open, setOpen] = useState(false);
  const files = filesOf(manifest);
  return (
    <details className="sources-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Files</summary>
      {open && (
        <ul className="sources-files tabular" aria-label="Files of the task">
          {files.map((file) => (
            <FileLine key={file.name} id={manifest.id} file={file} />
          ))}
        </ul>
      )}
    </details>
  );
}

function FileLine({ id, file: { name, rows, sha256 } }: { id: string; file: TaskFile }) {
  const asked = useAsked(`${id}/${name}`, (signal) => taskFileSize(id, name, signal));
  const fault: FaultData | undefined = asked.status === "failed" ? asked.fault : undefined;
  return (
    <li>
      <div className="sources-file">
        <a href={taskFile(id, name)} download>
          {name}
        </a>
        <span>{rows !== undefined && `${formatCount(rows)} rows`}</span>
        <span>{asked.status === "ready" && asked.value !== undefined && formatBytes(asked.value)}</span>
        <code title={sha256 && `SHA-256 ${sha256}`}>{sha256?.slice(0, 12)}</code>
      </div>
      {fault && <FaultView fault={fault} />}
    </li>
  );
}

function filesOf({ splits, records, notebook }: TaskManifest): TaskFile[] {
  const tables = [...(records ? [records] : []), splits.train, splits.validation, splits.test];
  return [
    { name: "task.json" },
    { name: "croissant.json" },
    { name: notebook },
    { name: LICENCES },
    ...tables.flatMap(({ rows, parquet, csv, sha256 }) => [
      { name: parquet, rows, sha256: sha256.parquet },
      ...(csv ? [{ name: csv, rows, sha256: sha256.csv }] : []),
    ]),
  ];
}
