import { Fault } from "../base";
import type { RunDetail, ScoreRun } from "./run";

/** A run keeps at most this many predictions, over all its members: 10 bytes each. */
export const MOST_PREDICTIONS = 400_000;

/** The predictions of one split as they came out of a model: rows x classes. */
export interface FullPredictions {
  name: string;
  probabilities: Float64Array;
  predicted: (row: number) => number;
}

/** What is kept of a model's predictions, by row. */
export interface RowPredictions {
  name: string;
  predicted: Uint16Array;
  top: Float32Array;
  label: Float32Array;
}

/** Keeps what comparing and error analysis need; the members that come first, as far as there is room. */
export function packRows(labels: Int32Array, classes: number, members: readonly FullPredictions[]): RunDetail["rows"] {
  const room = Math.floor(MOST_PREDICTIONS / Math.max(1, labels.length));
  if (room === 0 || classes > 65_535) return undefined;
  return {
    labels: toBase64(Uint16Array.from(labels)),
    members: members.slice(0, room).map(({ name, probabilities, predicted }) => {
      const top = new Float32Array(labels.length);
      const label = new Float32Array(labels.length);
      for (let row = 0; row < labels.length; row++) {
        label[row] = probabilities[row * classes + labels[row]];
        for (let k = 0; k < classes; k++) top[row] = Math.max(top[row], probabilities[row * classes + k]);
      }
      return {
        name,
        predicted: toBase64(Uint16Array.from(labels, (_, row) => predicted(row))),
        top: toBase64(top),
        label: toBase64(label),
      };
    }),
  };
}

/**
 * @throws Fault `run-damaged` where the lengths or the classes do not fit the run
 */
export function unpackRows(
  run: ScoreRun,
  detail: RunDetail,
): { labels: Uint16Array; members: RowPredictions[] } | undefined {
  if (!detail.rows) return undefined;
  const labels = new Uint16Array(fromBase64(detail.rows.labels));
  const members = detail.rows.members.map(
    ({ name, predicted, top, label }): RowPredictions => ({
      name,
      predicted: new Uint16Array(fromBase64(predicted)),
      top: new Float32Array(fromBase64(top)),
      label: new Float32Array(fromBase64(label)),
    }),
  );
  const classes = run.classes.length;
  const fits = (values: Uint16Array): boolean => values.length === run.rows && values.every((index) => index < classes);
  const shares = (values: Float32Array): boolean =>
    values.length === run.rows && values.every((share) => share >= 0 && share <= 1.0001);
  if (!fits(labels) || !members.every(({ predicted, top, label }) => fits(predicted) && shares(top) && shares(label)))
    throw new Fault(
      "run-damaged",
      `The predictions of this run do not fit its ${run.rows} rows and ${classes} classes`,
      {
        hint: "Its scores are still there. Run the notebook again to have the predictions too.",
      },
    );
  return { labels, members };
}

function toBase64(values: Uint16Array | Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

/** Whole four-byte words: what is left over is no number of either kind. */
function fromBase64(text: string): ArrayBuffer {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new Fault("run-damaged", "The predictions of this run are not base64", { cause });
  }
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer;
}
