import { Fault } from "../base";
import { namesRead, type RunOptions, type RunRequest, type RunResult, renameRead, type SandboxTask } from "../sandbox";
import { type Table, withoutColumns } from "../table";
import { classesOf, type SampleFacts, SPLIT_NAMES, type SplitName, sampleFacts, type TaskManifest } from "../tasks";
import { inputsAgain } from "./again";
import { type CellContext, type CellDefinition, createCellContext } from "./context";
import { embeddedColumn } from "./embed-inputs";
import { textsOf } from "./task-data";
import type { Again, CellValue } from "./values";

export const ts: CellDefinition = {
  title: "TypeScript",
  template: () => ({
    name: "features",
    source: 'import { defineFeatures } from "polytab";\n\nexport default defineFeatures((row) => ({\n  \n}));',
  }),
  reads: (source, known) => ({ mentions: namesRead(source, known), requires: [] }),
  rename: renameRead,
  evaluate: async (cell, inputs, context, options) => {
    const { signal, onProgress } = options;
    const request = await runRequest(cell.name, cell.source, inputs, context, signal);
    const embed = embeddedBy(cell.name, context);
    const result = await context.engines.sandbox().run(request, { signal, onProgress, embed });
    const value = valueFrom(cell.name, result, inputs);
    if (value.kind !== "features") return value;
    const again: Again = async (task, given) => {
      const other = createCellContext(task, context.engines);
      return ts.evaluate(cell, await inputsAgain(inputs, task, given), other, { ...options, ...given });
    };
    return { ...value, again };
  },
};

/** The feature values of the first rows of train, for the live preview. Errors are those of the run. */
export async function previewFeatures(
  cell: { name: string; source: string },
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  rows: number,
  signal: AbortSignal,
): Promise<RunResult> {
  const request = await runRequest(cell.name, cell.source, inputs, context, signal);
  const embed = embeddedBy(cell.name, context);
  return context.engines.sandbox().run({ ...request, rows }, { signal, timeoutMs: 5_000, embed });
}

/** Rows of train that a feature is drawn and weighed on while it is written. */
const FACT_ROWS = 1_000;

/** What each feature looks like by class on the first rows of train, and what it tells alone. */
export async function previewFacts(
  cell: { name: string; source: string },
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  signal: AbortSignal,
): Promise<{ name: string; facts: SampleFacts }[]> {
  const result = await previewFeatures(cell, inputs, context, FACT_ROWS, signal);
  if (result.kind !== "features") return [];
  const { task } = context;
  const labels = textsOf(await task.split("train", signal), task.manifest.label.column);
  const { columns, rows } = result.splits.train;
  return columns.flatMap((column) => {
    const facts = sampleFacts(column, labels.slice(0, rows));
    return facts ? [{ name: column.name, facts }] : [];
  });
}

/** What the sandbox, and the editor's types, know of a task. */
export function sandboxTask(manifest: TaskManifest): SandboxTask {
  return {
    track: manifest.track,
    columns: manifest.columns.map(({ name, modality }) => ({ name, modality })),
    classes: classesOf(manifest),
    label: manifest.label.column,
  };
}

async function runRequest(
  cell: string,
  source: string,
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  signal: AbortSignal,
): Promise<RunRequest> {
  const { task } = context;
  const label = task.manifest.label.column;
  const splits = {} as Record<SplitName, Table>;
  for (const name of SPLIT_NAMES) splits[name] = withoutColumns(await task.split(name, signal), [label]);
  const tables: Record<string, Table> = {};
  // The task's own tables: labels of train only. The others are scored, so no code of a reader's sees theirs.
  for (const name of namesRead(source, SPLIT_NAMES) as SplitName[])
    tables[name] = name === "train" ? await task.split(name, signal) : splits[name];
  for (const [name, value] of inputs) tables[name] = await context.rows(value, signal);
  return {
    cell,
    source,
    task: sandboxTask(task.manifest),
    splits,
    trainLabels: textsOf(await task.split("train", signal), label),
    tables,
    seed: 0,
  };
}

function embeddedBy(cell: string, context: CellContext): RunOptions["embed"] {
  return (column, rows, options) => embeddedColumn(cell, column, rows, context, options);
}

function valueFrom(cell: string, result: RunResult, inputs: ReadonlyMap<string, CellValue>): CellValue {
  const leaky = [...inputs.values()].some((value) => value.leaky);
  if (result.kind === "plain") return { kind: "plain", table: result.table, output: result.output, leaky };
  for (const [name, value] of inputs) {
    if (value.leaky) {
      throw new Fault(
        "label-leak",
        `The features of "${cell}" read "${name}", which was made from rows that are scored, with their labels`,
        {
          hint: `Let "${name}" read train only, or keep it out of the features.`,
          where: { cell },
        },
      );
    }
  }
  return {
    kind: "features",
    splits: result.splits as Record<SplitName, Table>,
    columns: result.columns,
    output: result.output,
    leaky,
  };
}
