import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { type FaultData, faultDataOf, isAbort, type Progress } from "../../base";
import type { CellValue } from "../../cells";
import { save } from "../import/save";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { FaultView } from "../parts/FaultView";
import { formatBytes } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import "./model-dialog.css";

type Predictions = Extract<CellValue, { kind: "predictions" }>;
type ExportModel = NonNullable<Predictions["exportModel"]>;
type Written =
  | { status: "writing"; progress?: Progress }
  | { status: "ready"; files: { name: string; about: string; blob: Blob }[] }
  | { status: "failed"; fault: FaultData };

/** Writes a model as an .onnx file and its sidecar, and hands them over. Closing it stops the writing. */
export default function ModelDialog({
  name,
  exportModel,
  onClose,
}: {
  name: string;
  exportModel: ExportModel;
  onClose: () => void;
}) {
  const written = useWritten(name, exportModel);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`The model ${name}`}
      about="It is fitted again by the same seed, to the very model whose predictions you see, and written as an ONNX file that any ONNX runtime reads. The JSON beside it says how each column becomes the model’s inputs."
      foot={<Button onClick={onClose}>{written.status === "writing" ? "Stop" : "Close"}</Button>}
    >
      {written.status === "writing" && (
        <ProgressBar done={written.progress?.done} note={written.progress?.note} label="Writing the model" />
      )}
      {written.status === "failed" && <FaultView fault={written.fault} />}
      {written.status === "ready" && (
        <ul className="model-files">
          {written.files.map(({ name: file, about, blob }) => (
            <li key={file}>
              <span>
                <code>{file}</code> <span className="muted tabular">{formatBytes(blob.size)}</span>
                <small className="muted">{about}</small>
              </span>
              <Button look="main" icon={Download} onClick={() => save(file, blob)} aria-label={`Save ${file}`}>
                Save
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function useWritten(name: string, exportModel: ExportModel): Written {
  const [written, setWritten] = useState<Written>({ status: "writing" });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setWritten({ status: "writing" });
    exportModel({ signal, onProgress: (progress) => !signal.aborted && setWritten({ status: "writing", progress }) })
      .then(({ onnx, sidecar }) => {
        if (signal.aborted) return;
        const { inputs, output, classes } = sidecar;
        const columns = inputs.map((input) => input.name).join(", ");
        setWritten({
          status: "ready",
          files: [
            {
              name: `${name}.onnx`,
              about: `the model: its output “${output}” is rows × ${classes.length} classes`,
              blob: new Blob([Uint8Array.from(onnx)], { type: "application/octet-stream" }),
            },
            {
              name: `${name}.json`,
              about: `its sidecar: the encoders of ${columns}, and the classes in their order`,
              blob: new Blob([JSON.stringify(sidecar)], { type: "application/json" }),
            },
          ],
        });
      })
      .catch((error: unknown) => {
        if (!signal.aborted && !isAbort(error)) setWritten({ status: "failed", fault: faultDataOf(error) });
      });
    return () => controller.abort();
  }, [name, exportModel]);
  return written;
}
