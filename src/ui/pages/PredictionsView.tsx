import { Download } from "lucide-react";
import { lazy, Suspense, useId, useMemo, useState } from "react";
import { type CellValue, predictedClass } from "../../cells";
import type { Table } from "../../table";
import { save } from "../import/save";
import { sourceOf } from "../output/gridSource";
import { Leaderboard } from "../output/Leaderboard";
import { thresholdWords } from "../output/scoreWords";
import { Button } from "../parts/Button";
import { formatCount, formatMs } from "../parts/format";
import { TableResult } from "../results/TableResult";
import { type Asked, useApp, useAsked } from "./useApp";

const ModelDialog = lazy(() => import("../output/ModelDialog"));

type Predictions = Extract<CellValue, { kind: "predictions" }>;

/** A model's predictions on validation, beside the labels; the whole table is one SQL cell away. */
export function PredictionsView({ name, value }: { name: string; value: Predictions }) {
  const app = useApp();
  const key = useId();
  const asked: Asked<{ ids: (string | null)[]; labels: Int32Array | undefined }> = useAsked(key, async (signal) => {
    const data = app.tasks.loaded();
    return { ids: (await data?.ids("validation", signal)) ?? [], labels: await data?.labels("validation", signal) };
  });
  const table = useMemo(
    () => (asked.status === "ready" ? validationTable(value, asked.value.ids, asked.value.labels) : undefined),
    [asked, value],
  );
  const source = useMemo(() => table && sourceOf(table), [table]);
  return (
    <>
      <div className="cell-line">
        <p>{modelLine(value.info)}</p>
        {value.threshold && <p>A match from {thresholdWords(value.threshold, "validation")}.</p>}
        {!value.info.reproducible && (
          <p>A time limit ended this fit: another run may end elsewhere, so its score is not reproducible.</p>
        )}
        <SavePredictions name={name} value={value} />
        {value.info.notes.map((note) => (
          <p key={note} className="muted">
            {note}
          </p>
        ))}
        {value.exportModel && <ModelFile name={name} exportModel={value.exportModel} />}
      </div>
      {value.members && <Leaderboard members={value.members} plan={value.plan} />}
      {source && (
        <TableResult
          name={name}
          value={value}
          source={source}
          label={`${name}, validation rows`}
          height={240}
          note={`predictions for validation; in SQL, ${name} is the table of every split`}
        />
      )}
    </>
  );
}

function ModelFile({ name, exportModel }: { name: string; exportModel: NonNullable<Predictions["exportModel"]> }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small icon={Download} onClick={() => setOpen(true)} aria-haspopup="dialog">
        Download the model (.onnx)
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ModelDialog name={name} exportModel={exportModel} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The test split's predictions as a file for the organiser. */
function SavePredictions({ name, value }: { name: string; value: Predictions }) {
  const app = useApp();
  const write = async (format: "csv" | "parquet"): Promise<void> => {
    const { file, bytes } = await app.predictionFile({ name, value }, format);
    save(file, new Blob([bytes as Uint8Array<ArrayBuffer>]));
  };
  return (
    <p className="save-predictions">
      Test predictions for the organiser:
      {(["csv", "parquet"] as const).map((format) => (
        <Button key={format} small icon={Download} onClick={() => void write(format).catch(app.report)}>
          {format === "csv" ? "CSV" : "Parquet"}
        </Button>
      ))}
    </p>
  );
}

function validationTable(value: Predictions, ids: (string | null)[], labels: Int32Array | undefined): Table {
  const { classes, threshold } = value;
  const scores = value.probabilities.validation;
  const best = ids.map((_, row) => predictedClass(scores, classes.length, row, threshold?.value));
  return {
    rows: ids.length,
    columns: [
      { kind: "string", name: "id", values: ids },
      { kind: "string", name: "label", values: ids.map((_, row) => (labels ? classes[labels[row]] : null)) },
      { kind: "string", name: "prediction", values: best.map((k) => classes[k]) },
      // Of a match, whatever is predicted, where there is a threshold to compare it with.
      {
        kind: "number",
        name: threshold ? `p_${classes[1]}` : "probability",
        values: Float64Array.from(best, (k, row) => scores[row * classes.length + (threshold ? 1 : k)]),
      },
    ],
  };
}

/** Less is shown as 0.0 ms. */
const SEEN_MS = 0.05;

/** What a model says of itself in one line. */
function modelLine(info: Predictions["info"]): string {
  const elsewhere = !info.baseline && info.trainRows === 0;
  const parts = [elsewhere ? "trained elsewhere" : `trained on ${formatCount(info.trainRows)} rows`];
  if (info.width > 0) parts.push(`${formatCount(info.width)} encoded columns`);
  if (info.loadMs !== undefined) parts.push(`opened in ${formatMs(info.loadMs)}`);
  // A blend only weighs what is there: its times are nothing that one could read.
  if (!info.baseline && !elsewhere && info.fitMs >= SEEN_MS) parts.push(`fitted in ${formatMs(info.fitMs)}`);
  if (info.predictMs >= SEEN_MS) parts.push(`predicted in ${formatMs(info.predictMs)}`);
  if (info.provider)
    parts.push(`on ${info.provider === "webgpu" ? "WebGPU" : "WASM"}${info.reason ? ` (${info.reason})` : ""}`);
  return parts.join(" · ");
}
