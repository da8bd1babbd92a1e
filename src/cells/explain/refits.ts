import { createRandom, shuffle } from "../../base";
import { drive } from "../../learners";
import { compareRuns, type Judged } from "../../scoring";
import { type Table, takeRows } from "../../table";
import { SPLIT_NAMES, type SplitName, type TaskColumn } from "../../tasks";
import { withSplits } from "../task-data";
import { PAGE_TURNS } from "../turns";
import { type Explaining, featureCells, type Predictions } from "./asked";
import type { Ablation, Curve } from "./explanation";
import { modelInputNames } from "./reads";

/**
 * What each modality adds: the model fitted again with that modality's columns dealt out to other rows, in every split, so
 * that they say nothing (permute and relearn: Hooker, Mentch and Zhou 2021). Feature cells are computed again of them.
 */
export async function ablationOf(asked: Explaining): Promise<{ ablation: Ablation | undefined; left: string[] }> {
  const { context, settings, signal, onProgress, late, value } = asked;
  const groups = modalitiesOf(asked);
  const done: { name: string; columns: string[]; judged: Judged }[] = [];
  const left: string[] = [];
  for (const [i, { name, columns }] of groups.entries()) {
    if (late()) {
      left.push(name);
      continue;
    }
    const tables: Partial<Record<SplitName, Table>> = {};
    for (const split of SPLIT_NAMES) {
      const table = await context.task.split(split, signal);
      const random = createRandom(`${name} in ${split} of ${settings.seed}`);
      const order = shuffle(
        Int32Array.from({ length: table.rows }, (_, row) => row),
        random,
      );
      const own = sidesOf(columns, asked);
      tables[split] = {
        rows: table.rows,
        columns: table.columns.map((column) =>
          own.includes(column.name) ? takeRows({ rows: table.rows, columns: [column] }, order).columns[0] : column,
        ),
      };
    }
    const again = await refitted(asked, tables, (share) =>
      onProgress({ done: (i + share) / groups.length, note: `fitting without ${name}` }),
    );
    done.push({ name, columns: columns.map((column) => column.name), judged: judgedOf(asked, again) });
  }
  if (done.length === 0) return { ablation: undefined, left };
  const steps = compareRuns([judgedOf(asked, value), ...done.map(({ judged }) => judged)], asked.metric, settings.seed);
  const { intervals, against } = await drive(steps, PAGE_TURNS, { signal });
  const items = done.map(({ name, columns }, i) => ({ name, columns, score: intervals[i + 1], change: against[i] }));
  return { ablation: { score: intervals[0], items }, left };
}

/** Half of the rows first: what the last doubling brought is what a reader asks. */
const SHARES = [1 / 2, 1 / 4, 1 / 8];

/** Would more rows help? The model fitted on parts of the training rows, each holding the next smaller one. */
export async function curveOf(asked: Explaining): Promise<{ curve: Curve | undefined; left: string[] }> {
  const { context, settings, signal, onProgress, late, value } = asked;
  const labels = await context.task.labels("train", signal);
  if (!labels) return { curve: undefined, left: [] };
  const train = await context.task.split("train", signal);
  const done: { rows: number; judged: Judged }[] = [];
  const left: string[] = [];
  for (const [i, share] of SHARES.entries()) {
    const rows = partOf(labels, value.classes.length, share, settings.seed);
    if (late()) {
      left.push(`${rows.length} rows`);
      continue;
    }
    const again = await refitted(asked, { train: takeRows(train, rows) }, (part) =>
      onProgress({ done: (i + part) / SHARES.length, note: `fitting on ${rows.length} of ${labels.length} rows` }),
    );
    done.push({ rows: rows.length, judged: judgedOf(asked, again) });
  }
  const runs = [judgedOf(asked, value), ...done.map(({ judged }) => judged)];
  const { intervals, against } = await drive(compareRuns(runs, asked.metric, settings.seed), PAGE_TURNS, { signal });
  const points = [labels.length, ...done.map(({ rows }) => rows)].map((rows, i) => ({ rows, score: intervals[i] }));
  return { curve: { points: points.reverse(), ...(against[0] && { last: against[0] }) }, left };
}

/** So many of each class, at least one, drawn by the seed; a smaller part lies in a larger one. Rising. */
export function partOf(labels: Int32Array, classes: number, share: number, seed: number): Int32Array {
  const random = createRandom(`part of ${seed}`);
  const part: number[] = [];
  for (let k = 0; k < classes; k++) {
    const own = shuffle(
      Array.from(labels.keys()).filter((row) => labels[row] === k),
      random,
    );
    part.push(...own.slice(0, own.length === 0 ? 0 : Math.max(1, Math.round(own.length * share))));
  }
  return Int32Array.from(part).sort();
}

async function refitted(
  { value, context, signal }: Explaining,
  tables: Partial<Record<SplitName, Table>>,
  onShare: (share: number) => void,
): Promise<Predictions> {
  const again = await value.again?.(withSplits(context.task, tables), {
    signal,
    onProgress: ({ done }) => onShare(done),
  });
  if (again?.kind !== "predictions") throw new Error("the model gave no predictions on other rows");
  return again;
}

function judgedOf({ labels, settings }: Explaining, { classes, probabilities, threshold }: Predictions): Judged {
  return {
    labels,
    classes,
    probabilities: probabilities[settings.split],
    ...(threshold && { threshold: threshold.value }),
  };
}

/** The modalities of what the model may read: all of the task's where feature cells are among it. */
function modalitiesOf({ value, context }: Explaining): { name: string; columns: TaskColumn[] }[] {
  const { manifest } = context.task;
  const read = modelInputNames(value, manifest);
  const columns = manifest.columns.filter(({ name }) => featureCells(value).size > 0 || read.includes(name));
  return [...new Set(columns.map(({ modality }) => modality))].map((name) => ({
    name,
    columns: columns.filter(({ modality }) => modality === name),
  }));
}

function sidesOf(columns: readonly TaskColumn[], { context }: Explaining): string[] {
  const names = columns.map(({ name }) => name);
  return context.task.manifest.track === "matching"
    ? names.flatMap((name) => [`left_${name}`, `right_${name}`])
    : names;
}
