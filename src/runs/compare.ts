import { Fault } from "../base";
import { type Comparison, compare, type Metric, type ScoreInput, TRACK_METRICS } from "../scoring";
import { type RowPredictions, unpackRows } from "./rows";
import type { RunDetail, RunMember, ScoreRun } from "./run";

/** A run's member with what is kept of its predictions. */
export interface ComparedRun {
  run: ScoreRun;
  detail: RunDetail;
  member: string;
}

/** A row that one of two runs gets right and the other wrong, or both wrong in different ways. */
export interface RowChange {
  /** Its place in the split, from 0. */
  row: number;
  label: number;
  before: number;
  after: number;
  /** The probability that each gave to the label. */
  labelBefore: number;
  labelAfter: number;
}

export interface RunComparison {
  /** Of `after` against `before`, by `metric`. */
  comparison: Comparison;
  metric: Metric;
  rows: number;
  bothRight: number;
  bothWrong: number;
  /** Wrong before, right after; what changed most comes first. */
  fixed: RowChange[];
  broken: RowChange[];
}

/** Why two runs cannot be laid side by side, in a sentence; undefined where they can. */
export function whyNotComparable(a: ScoreRun, b: ScoreRun): string | undefined {
  if (a.task.id !== b.task.id) return `One is a run on ${a.task.id}, the other on ${b.task.id}.`;
  if (a.task.data !== b.task.data) return `They ran on different data of the name ${a.task.id}.`;
  if (a.split !== b.split) return `One was scored on ${a.split}, the other on ${b.split}.`;
  if (a.rows !== b.rows) return "They were scored on different rows.";
  return undefined;
}

/**
 * Two runs on the same rows: the paired bootstrap, and the rows on which they differ.
 * @throws Fault `runs-differ`, `run-rows` (no predictions are kept of one of them), `run-damaged`
 */
export function compareRuns(before: ComparedRun, after: ComparedRun): RunComparison {
  const obstacle = whyNotComparable(before.run, after.run);
  if (obstacle) throw new Fault("runs-differ", `These two runs cannot be compared. ${obstacle}`);
  const [a, b] = [rowsOf(before), rowsOf(after)];
  if (a.labels.some((label, row) => label !== b.labels[row]))
    throw new Fault("runs-differ", "These two runs cannot be compared. Their rows have different labels.");
  const metric = pairedMetric(after.run);
  const comparison = compare(scoreInput(after, b, metric), scoreInput(before, a, metric), after.run.seed);
  const result: RunComparison = {
    comparison,
    metric,
    rows: after.run.rows,
    bothRight: 0,
    bothWrong: 0,
    fixed: [],
    broken: [],
  };
  for (let row = 0; row < a.labels.length; row++) {
    const label = a.labels[row];
    const [wasRight, isRight] = [a.of.predicted[row] === label, b.of.predicted[row] === label];
    if (wasRight && isRight) result.bothRight++;
    else if (!(wasRight || isRight)) result.bothWrong++;
    else
      (isRight ? result.fixed : result.broken).push({
        row,
        label,
        before: a.of.predicted[row],
        after: b.of.predicted[row],
        labelBefore: a.of.label[row],
        labelAfter: b.of.label[row],
      });
  }
  const change = ({ labelBefore, labelAfter }: RowChange): number => Math.abs(labelAfter - labelBefore);
  for (const list of [result.fixed, result.broken]) list.sort((x, y) => change(y) - change(x) || x.row - y.row);
  return result;
}

/** The three largest probabilities are not kept, so a top-3 accuracy is compared by the accuracy. */
function pairedMetric(run: ScoreRun): Metric {
  const own: readonly Metric[] = TRACK_METRICS[run.task.track];
  const metric = own.find((each) => each === run.metric);
  return metric === undefined || metric === "top3_accuracy" ? own[0] : metric;
}

function rowsOf({ run, detail, member }: ComparedRun): { labels: Uint16Array; of: RowPredictions } {
  const rows = unpackRows(run, detail);
  const of = rows?.members.find((each) => each.name === member);
  if (!rows || !of)
    throw new Fault("run-rows", `No predictions of "${member}" are kept with this run`, {
      hint: "Old runs let theirs go to make room. Open its notebook and run it again.",
    });
  return { labels: rows.labels, of };
}

/**
 * Probabilities that agree with what is kept: the label's, the largest, and the rest spread evenly over the other classes.
 * Every metric but a top-3 accuracy is the run's own, up to the rounding to 32 bits.
 */
function scoreInput(
  { run, member }: ComparedRun,
  { labels, of }: { labels: Uint16Array; of: RowPredictions },
  metric: Metric,
): ScoreInput {
  const classes = run.classes.length;
  const probabilities = new Float64Array(labels.length * classes);
  const threshold = run.task.track === "matching" ? thresholdOf(run.members, member) : undefined;
  for (let row = 0; row < labels.length; row++) {
    const [label, predicted] = [labels[row], of.predicted[row]];
    const base = row * classes;
    if (threshold !== undefined) {
      const share = label === 1 ? of.label[row] : 1 - of.label[row];
      // Rounding to 32 bits must not carry a pair over the threshold.
      const match = predicted === 1 ? Math.max(share, threshold) : Math.min(share, threshold - Number.EPSILON);
      probabilities[base + 1] = Math.min(1, Math.max(0, match));
      probabilities[base] = 1 - probabilities[base + 1];
      continue;
    }
    const top = Math.min(1, of.top[row]);
    const own = predicted === label ? top : Math.min(of.label[row], top * (1 - 1e-9));
    const others = classes - (predicted === label ? 1 : 2);
    const rest = others > 0 ? Math.max(0, 1 - top - (predicted === label ? 0 : own)) / others : 0;
    probabilities.fill(Math.min(rest, top * (1 - 1e-9)), base, base + classes);
    probabilities[base + label] = own;
    probabilities[base + predicted] = top;
  }
  return {
    track: run.task.track,
    metric,
    labels: Int32Array.from(labels),
    probabilities,
    classes: run.classes,
    threshold,
    seed: run.seed,
  };
}

function thresholdOf(members: readonly RunMember[], name: string): number {
  return members.find((member) => member.name === name)?.threshold ?? 0.5;
}
