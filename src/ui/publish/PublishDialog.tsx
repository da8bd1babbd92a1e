import { Download, KeyRound, PackageOpen } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Published } from "../../app";
import { type FaultData, faultDataOf, isAbort, type Progress } from "../../base";
import { type PublishAbout, publishDraft, publishFault, type TaskManifest } from "../../tasks";
import { save } from "../import/save";
import { useApp } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCountOf } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { PublishForm } from "./PublishForm";
import "./publish.css";

type Stage =
  | { at: "asking"; fault?: FaultData }
  | { at: "making"; progress: Progress }
  | { at: "made"; published: Published };

/** Makes a task's folder to put on a host: what to say of it, then the folder and what is for the organiser alone. */
export function PublishDialog({ manifest, onClose }: { manifest: TaskManifest; onClose: () => void }) {
  const app = useApp();
  const [about, setAbout] = useState<PublishAbout>(() => publishDraft(manifest));
  const [stage, setStage] = useState<Stage>({ at: "asking" });
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const make = async (): Promise<void> => {
    const missing = publishFault(about);
    if (missing) return setStage({ at: "asking", fault: faultDataOf(missing) });
    abort.current = new AbortController();
    setStage({ at: "making", progress: { done: 0 } });
    try {
      const published = await app.publishing.make(manifest.id, about, {
        signal: abort.current.signal,
        onProgress: (progress) => setStage({ at: "making", progress }),
      });
      setStage({ at: "made", published });
    } catch (error) {
      if (!isAbort(error)) setStage({ at: "asking", fault: faultDataOf(error) });
    }
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={stage.at === "made" ? "The folder is made" : "Make a task folder"}
      about={
        stage.at === "made"
          ? undefined
          : "The task as files for any static host: others open it by its link. Made in this tab; nothing is uploaded."
      }
      foot={
        stage.at === "asking" && (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="main" icon={PackageOpen} onClick={() => void make()}>
              Make the folder
            </Button>
          </>
        )
      }
    >
      {stage.at === "asking" && (
        <>
          <PublishForm about={about} onChange={setAbout} />
          {stage.fault && <FaultView fault={stage.fault} />}
        </>
      )}
      {stage.at === "making" && (
        <ProgressBar label="Making the folder" done={stage.progress.done} note={stage.progress.note} />
      )}
      {stage.at === "made" && <Made published={stage.published} />}
    </Dialog>
  );
}

function Made({ published: { archive, files, testLabels, left, manifest } }: { published: Published }) {
  const download = (file: { name: string; bytes: Uint8Array }): void =>
    save(file.name, new Blob([file.bytes as Uint8Array<ArrayBuffer>]));
  const address = `${location.href.split("#")[0]}#task=https://your.host/${manifest.id}/task.json`;
  return (
    <div className="publish-made">
      <Button look="main" icon={Download} onClick={() => download(archive)}>
        {archive.name}, {formatBytes(archive.bytes.length)}
      </Button>
      <ul className="publish-files tabular">
        {files.map((file) => (
          <li key={file.name}>
            <code>{file.name}</code> <span className="muted">{formatBytes(file.bytes)}</span>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <p className="muted">
          {formatCountOf(left.length, "column")} that no model reads {left.length === 1 ? "is" : "are"} left out:{" "}
          {left.join(", ")}.
        </p>
      )}
      {testLabels ? (
        <div className="publish-labels">
          <p>
            <b>Test’s labels are not in the folder.</b> Keep them: predictions are scored against them.
          </p>
          <Button small icon={KeyRound} onClick={() => download(testLabels)}>
            {testLabels.name}
          </Button>
        </div>
      ) : (
        <p className="muted">Nothing is known here of test’s labels: whoever has them scores the predictions.</p>
      )}
      <p>
        Unpack it on a host that lets other pages read it (<code>Access-Control-Allow-Origin: *</code>). It then opens
        with
      </p>
      <p>
        <code className="wrap">{address}</code>
      </p>
    </div>
  );
}
