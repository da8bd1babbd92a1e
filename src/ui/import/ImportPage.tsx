import { Check } from "lucide-react";
import type { ImportState } from "../../app";
import type { SplitName } from "../../tasks";
import { useApp, useAppState } from "../pages/useApp";
import { Button } from "../parts/Button";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCountOf } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { SplitSizes } from "../tasks/SplitSizes";
import { AboutForm } from "./AboutForm";
import { BlockingStep } from "./BlockingStep";
import { BringButton } from "./BringButton";
import { ClassCounts } from "./ClassCounts";
import { ColumnsTable } from "./ColumnsTable";
import { FilesTable } from "./FilesTable";
import { NotesList } from "./NotesList";
import { PickStep } from "./PickStep";
import { RemoteHosts } from "./RemoteHosts";
import "./import.css";

/** One's own files to a task, on one page: every guess in sight, with the rule that made it and a way to correct it. */
export function ImportPage() {
  const importing = useAppState((state) => state.importing);
  return (
    <article className="page import" data-wide>
      <h1>Bring your own data</h1>
      <p className="lead">
        CSV or Parquet becomes a task like any other here. The files are read in this tab and nothing is uploaded; the
        task is kept in this browser until you remove it.
      </p>
      {importing?.picking.map((pick) => (
        <PickStep key={pick.key} pick={pick} />
      ))}
      {importing && importing.files.length > 0 && <Import importing={importing} />}
      {!importing && (
        <>
          <Nothing />
          <RemoteHosts />
        </>
      )}
    </article>
  );
}

function Nothing() {
  return (
    <div className="import-empty">
      <p>
        <b>Drop the files anywhere on the page</b>, all splits at once, or one file that is split here.
      </p>
      <BringButton look="main">Choose files</BringButton>
      <ul>
        <li>Classification: a row each, with a column that names its class.</li>
        <li>
          Matching: a pair each, its records’ columns named like <code>left_title</code>, <code>right_title</code>; or
          pairs of ids and the two tables that hold the records. Where only the matches are known, the other pairs are
          found here.
        </li>
        <li>
          A task’s folder, or a <code>.zip</code> of it, is taken over as it is.
        </li>
        <li>
          Pictures are bytes inside Parquet, <code>data:</code> URIs inside CSV, or files beside a table that has a
          column of their names: drop the folder, or a <code>.zip</code> of it.
        </li>
      </ul>
    </div>
  );
}

function Import({ importing }: { importing: ImportState }) {
  const { files, pictures, draft, fault, busy, making } = importing;
  return (
    <>
      <section aria-labelledby="files">
        <h2 id="files">Files</h2>
        <FilesTable files={files} />
        {pictures && (
          <p className="muted import-pictures">
            {formatCountOf(pictures.count, "picture")} beside them, {formatBytes(pictures.size)}
          </p>
        )}
        <BringButton small className="import-add">
          Add files
        </BringButton>
      </section>
      <section aria-labelledby="about">
        <h2 id="about">Task</h2>
        <AboutForm importing={importing} />
      </section>
      {importing.blockable && <BlockingStep importing={importing} />}
      {fault && <FaultView fault={fault} />}
      {busy && !making && <ProgressBar label="Reading the files" note={busy.note} />}
      {draft && (
        <div className="import-plan" data-old={fault || busy ? true : undefined}>
          <NotesList notes={draft.notes} />
          <section aria-labelledby="splits">
            <h2 id="splits">Splits</h2>
            <SplitSizes
              train={draft.splits.train.rows}
              validation={draft.splits.validation.rows}
              test={draft.splits.test.rows}
            />
            <p className="muted import-how">
              {importing.about.blocking ? "" : `${howSplit(draft.splits)} `}
              Ids: {draft.id}.
            </p>
          </section>
          <section aria-labelledby="classes">
            <h2 id="classes">Classes</h2>
            <p className="muted">
              {draft.label.column}: {draft.label.rule}
            </p>
            <ClassCounts classes={draft.label.classes} />
          </section>
          <section aria-labelledby="columns">
            <h2 id="columns">{formatCountOf(draft.columns.length, "column")}</h2>
            <ColumnsTable columns={draft.columns} />
          </section>
        </div>
      )}
      <Foot importing={importing} />
    </>
  );
}

function Foot({ importing: { draft, fault, busy, making } }: { importing: ImportState }) {
  const app = useApp();
  if (making)
    return (
      <div className="import-foot">
        <ProgressBar label="Making the task" done={making.done} note={making.note} />
      </div>
    );
  return (
    <div className="import-foot">
      <Button look="quiet" onClick={() => app.wizard.close()}>
        Discard
      </Button>
      <Button
        look="main"
        icon={Check}
        disabled={!draft || fault !== undefined || busy !== undefined}
        onClick={() => void app.wizard.make().catch(app.report)}
      >
        Make the task
      </Button>
    </div>
  );
}

/** Where each split's rows come from; once where all have them from one place. */
function howSplit(splits: Record<SplitName, { how: string }>): string {
  const { train, validation, test } = splits;
  return train.how === validation.how && train.how === test.how
    ? `All three: ${train.how}.`
    : `Train: ${train.how}. Validation: ${validation.how}. Test: ${test.how}.`;
}
