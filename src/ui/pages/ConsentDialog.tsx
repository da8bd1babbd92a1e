import { derive, type Reading, readingOf } from "../../app";
import type { CodeKind } from "../../notebook";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { formatCountOf } from "../parts/format";
import { useApp, useAppState } from "./useApp";

/** Before a stranger's notebook runs for the first time: what it will read and run, and what it cannot do. */
export function ConsentDialog() {
  const app = useApp();
  const asked = useAppState((state) => state.consent);
  const notebook = useAppState((state) => state.session?.history.present);
  const task = useAppState((state) => state.task);
  if (!asked || !notebook) return null;
  const known = task?.id === notebook.front.task && task?.manifest.status === "ready" ? task.manifest.value : undefined;
  const reading = readingOf(app.notebooks.derived() ?? derive(notebook, ""), notebook.front.task, known);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && void app.notebooks.consent(false)}
      title="Run this notebook?"
      about="It came from outside, so somebody else may have written its code. You can read all of it before you decide."
      foot={
        <>
          <Button onClick={() => void app.notebooks.consent(false)}>Not now</Button>
          <Button look="main" onClick={() => void app.notebooks.consent(true)}>
            Run the notebook
          </Button>
        </>
      }
    >
      <dl className="consent">
        <dt>It reads</dt>
        <dd>{tablesWords(reading)}</dd>
        {reading.columns && (
          <>
            <dt>Columns</dt>
            <dd>{columnsWords(reading.columns)}</dd>
          </>
        )}
        <dt>Files</dt>
        <dd>None of yours.</dd>
        {reading.models.length > 0 && (
          <>
            <dt>Models</dt>
            <dd>{reading.models.join(", ")}, fetched from this site.</dd>
          </>
        )}
        <dt>It runs</dt>
        <dd>
          <ul>
            {KINDS.filter(({ kind }) => reading.cells[kind].length > 0).map(({ kind, title, how }) => (
              <li key={kind}>
                {formatCountOf(reading.cells[kind].length, title)} (
                <code className="wrap">{reading.cells[kind].join(", ")}</code>): {how}.
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <p className="muted">Stop ends it at any time. Your own notebooks are not touched.</p>
    </Dialog>
  );
}

const KINDS: { kind: CodeKind; title: string; how: string }[] = [
  { kind: "sql", title: "SQL cell", how: "statements that only read, in an engine without files or network" },
  { kind: "ts", title: "TypeScript cell", how: "in a sandbox without network, storage or this page" },
  { kind: "model", title: "model cell", how: "trained or run in this tab" },
  { kind: "chart", title: "chart cell", how: "drawn from the tables above" },
  { kind: "score", title: "score cell", how: "counted in this tab" },
  { kind: "explain", title: "explain cell", how: "models run on shuffled rows and fitted again, in this tab" },
];

function tablesWords({ task, tables, allSplits }: Reading): string {
  if (task === undefined) return "Nothing: it names no task, so its cells will not run.";
  if (allSplits)
    return `The task ${task}: all three splits. Feature code does not get the labels of the rows it computes.`;
  if (tables.length === 0) return `No table of the task ${task} by name.`;
  return `${tables.join(", ")} of the task ${task}.`;
}

function columnsWords({ named, all, of }: NonNullable<Reading["columns"]>): string {
  if (all) return `All ${of} of the task.`;
  if (named.length === 0) return "It names none.";
  return `${named.join(", ")} (${named.length} of ${of}).`;
}
