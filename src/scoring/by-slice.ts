import type { Progress } from "../base";
import { type Interval, intervalOf, resampleRuns } from "./bootstrap";
import type { Judged } from "./measure";
import type { Metric } from "./metrics";

/** Some of the scored rows, by a name. */
export interface NamedRows {
  name: string;
  /** Numbers of scored rows. */
  rows: Int32Array;
}

export interface SliceScore {
  name: string;
  rows: number;
  /** The primary metric, or accuracy where that is undefined on the slice, as ROC AUC is with one of two labels. */
  metric: Metric;
  /** A run each, in their order; none for a slice without rows. */
  intervals: Interval[];
}

/** Judged rows, only those with these numbers. */
function pickJudged(judged: Judged, rows: Int32Array): Judged {
  const width = judged.classes.length;
  const probabilities = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    probabilities.set(judged.probabilities.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...judged, labels: rows.map((row) => judged.labels[row]), probabilities };
}

/** The runs' scores on each slice, with the same intervals as the whole score has. Yields between two slices. */
export function* scoreSlices(
  runs: readonly Judged[],
  slices: readonly NamedRows[],
  metric: Metric,
  seed: number,
): Generator<Progress, SliceScore[]> {
  const scores: SliceScore[] = [];
  for (const { name, rows } of slices) {
    yield { done: scores.length / slices.length, note: `the slice ${name}` };
    if (rows.length === 0) {
      scores.push({ name, rows: 0, metric, intervals: [] });
      continue;
    }
    const own = runs.map((run) => pickJudged(run, rows));
    const used = yield* definedOn(own, metric, seed);
    const intervals = own.map((_, run) => intervalOf(used.resampled, run, used.metric));
    scores.push({ name, rows: rows.length, metric: used.metric, intervals });
  }
  return scores;
}

function* definedOn(own: readonly Judged[], metric: Metric, seed: number) {
  const resampled = yield* resampleRuns(own, [metric], seed);
  const defined = resampled.runs.every(({ values }) => !Number.isNaN(values[metric] ?? Number.NaN));
  if (defined) return { metric, resampled };
  return { metric: "accuracy" as const, resampled: yield* resampleRuns(own, ["accuracy"], seed) };
}
