import { hashOf } from "../../base";
import { type CellValue, dataHashOf, predictedClass } from "../../cells";
import { type CodeCell, looseConfig } from "../../notebook";
import { packRows, type RunDetail, type RunMember, type RunTask, type ScoreRun } from "../../runs";
import type { TaskManifest } from "../../tasks";

type Score = Extract<CellValue, { kind: "score" }>;

export interface Recorded {
  /** The score cell and its key. */
  cell: Pick<CodeCell, "name" | "source">;
  key: string;
  value: Score;
  /** The notebook's other cells by name, for what the score itself does not say: seeds, and an ensemble's parts. */
  cells: readonly CodeCell[];
  valueOf: (name: string) => CellValue | undefined;
  markdown: string;
  title: string;
  manifest: TaskManifest;
  /** Milliseconds since 1970. */
  made: number;
  version: string;
}

export function taskOf(manifest: TaskManifest): RunTask {
  const { id, title, track, metric } = manifest;
  return { id, title, track, metric, data: dataHashOf(manifest) };
}

/** A fresh score as a run record, with what is kept beside it. */
export function recordOf(given: Recorded): { run: ScoreRun; detail: RunDetail } {
  const { cell, key, value, markdown, title, manifest, made, version } = given;
  const run: ScoreRun = {
    kind: "score",
    id: key,
    made,
    version,
    notebook: { hash: hashOf(markdown), title },
    task: taskOf(manifest),
    cell: cell.name,
    split: value.split,
    rows: value.labels.length,
    metric: value.metric,
    seed: seedOf(cell.source),
    classes: value.classes,
    members: value.entries.map((entry) => memberOf(entry, given)),
  };
  const rows = packRows(
    value.labels,
    value.classes.length,
    value.entries.map(({ name, probabilities, threshold }) => ({
      name,
      probabilities,
      predicted: (row) => predictedClass(probabilities, value.classes.length, row, threshold?.value),
    })),
  );
  return { run, detail: { markdown, ...(rows && { rows }) } };
}

function memberOf({ name, info, scored, threshold }: Score["entries"][number], given: Recorded): RunMember {
  const model = given.valueOf(name);
  const parts = model?.kind === "predictions" ? model.members : undefined;
  return {
    name,
    title: info.title,
    baseline: info.baseline,
    seed: seedOf(given.cells.find((each) => each.name === name)?.source ?? ""),
    ...(info.provider && { provider: info.provider }),
    trainRows: info.trainRows,
    width: info.width,
    fitMs: info.fitMs,
    predictMs: info.predictMs,
    ...(threshold && { threshold: threshold.value }),
    reproducible: info.reproducible,
    metrics: scored.intervals,
    ...(parts && {
      parts: parts.map((part) => ({
        title: part.title,
        weight: part.weight,
        fitMs: part.fitMs,
        predictMs: part.predictMs,
      })),
    }),
  };
}

function seedOf(source: string): number {
  const { seed } = looseConfig(source);
  return typeof seed === "number" && Number.isInteger(seed) ? seed : 0;
}
