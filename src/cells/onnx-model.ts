import { Fault, type Progress, suggest } from "../base";
import type { RunResult, Tensors } from "../inference";
import type { InputColumn, ModelEntry, Sidecar } from "../learners";
import { DEFAULT_THRESHOLD } from "../scoring";
import { columnOf, type Table } from "../table";
import { SPLIT_NAMES, type SplitName } from "../tasks";
import type { CellContext, EvaluateCell } from "./context";
import type { ModelSettings } from "./settings";
import type { CellValue, CrossPredict, ModelInfo, Threshold } from "./values";

/** A baseline of the task, by its id in the list of models. */
export function runBaseline(settings: Pick<ModelSettings, "provider">, id: string): EvaluateCell {
  return async (cell, _, context, options) => {
    const { entry, sidecar, bytes } = await context.engines.models.load(id, { signal: options.signal });
    const { threshold, trained, note } = entry;
    const value = await runEncoded(cell.name, { id, bytes, sidecar, provider: settings.provider }, context, options, {
      trainRows: trained.rows,
      baseline: true,
      ...(note !== undefined && { note }),
      ...(threshold !== undefined && { threshold: { value: threshold, from: "out-of-fold" } }),
    });
    const crossPredict = outOfFoldOf(entry, context);
    return crossPredict && value.kind === "predictions" ? { ...value, crossPredict } : value;
  };
}

/** What a baseline said of these very training rows before it saw them; undefined where that did not come with it. */
export function outOfFoldOf(entry: ModelEntry, { task, engines }: CellContext): CrossPredict | undefined {
  if (!entry.outOfFold || entry.trained.dataSha256 !== task.manifest.splits.train.sha256.parquet) return undefined;
  return (options) => engines.models.outOfFold(entry.id, options);
}

/** A model's file, and the encoders that make its inputs of the task's columns. */
export interface EncodedModel extends Pick<ModelSettings, "provider"> {
  id: string;
  bytes: Uint8Array;
  sidecar: Sidecar;
}

/** A model whose inputs are made of the task's columns by the encoders of its sidecar. */
export async function runEncoded(
  cell: string,
  model: EncodedModel,
  context: CellContext,
  options: Parameters<EvaluateCell>[3],
  about: Pick<ModelInfo, "trainRows" | "baseline"> & { threshold?: Threshold; note?: string },
): Promise<CellValue> {
  const { id, sidecar } = model;
  const { classes } = context.task;
  const differing = classes.findIndex((name, k) => sidecar.classes[k] !== name);
  if (differing >= 0 || sidecar.classes.length !== classes.length)
    throw new Fault(
      "model-classes",
      `"${id}" predicts ${few(sidecar.classes, differing)}; this task's classes are ${few(classes, differing)}`,
      { hint: "Choose a model that was trained for this task.", where: { cell } },
    );
  const { probabilities, told } = await runOnSplits(model, SPLIT_NAMES, context, options);
  const { threshold, note, ...rest } = about;
  const info = { title: id, ...told, ...rest, notes: note === undefined ? [] : [note] };
  return predictionsBy(context, probabilities, info, threshold);
}

const FEW = 4;

/** Some of many classes: the first ones, or those that end with the one at `place`, so that what differs is among them. */
export function few(classes: readonly string[], place: number): string {
  const from = Math.max(0, place + 1 - FEW);
  const shown = classes.slice(from, from + FEW);
  const left = classes.length - from - shown.length;
  return `${from > 0 ? "…, " : ""}${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** Encodes the rows of some splits as the model's sidecar says, and runs it on them. Rows of no other split are there. */
export async function runOnSplits(
  { id, bytes, sidecar, provider }: EncodedModel,
  splits: readonly SplitName[],
  { task, engines }: CellContext,
  { signal, onProgress }: Pick<Parameters<EvaluateCell>[3], "signal" | "onProgress">,
): Promise<{ probabilities: Record<SplitName, Float64Array>; told: ReturnType<ReturnType<typeof createRan>["told"]> }> {
  const inference = engines.inference();
  const encode = async (split: SplitName): Promise<Tensors> => {
    const table = await task.split(split, signal);
    const columns = sidecar.inputs.map(
      (input): InputColumn => ({ ...input, column: taskColumn(table, input.name, id) }),
    );
    return engines.encoders().encode({ sidecar, columns }, { signal });
  };
  // The runtime starts while the rows are encoded; each is a worker of its own.
  const loading = inference.load({ id, bytes }, { signal });
  const encoded = splits.map(encode);
  for (const each of encoded) each.catch(() => {}); // a failed load must not leave these unheard
  await loading;
  const probabilities = {} as Record<SplitName, Float64Array>;
  const rowsInAll = splits.reduce((sum, split) => sum + task.manifest.splits[split].rows, 0);
  const ran = createRan();
  for (const [i, split] of splits.entries()) {
    const { rows } = task.manifest.splits[split];
    const result = await inference.run(id, await encoded[i], {
      signal,
      provider,
      rowsInAll,
      onProgress: ({ done }) => {
        const { note } = splitProgress(i, split, done * rows, rows);
        onProgress({ done: (i + done) / splits.length, note });
      },
    });
    probabilities[split] = Float64Array.from(result.outputs[sidecar.output].data as Float32Array);
    ran.add(result);
  }
  return { probabilities, told: ran.told() };
}

/** What a model that was trained elsewhere says of the rows. */
export function predictionsBy(
  { task }: CellContext,
  probabilities: Record<SplitName, Float64Array>,
  info: Pick<ModelInfo, "title" | "predictMs" | "loadMs" | "provider" | "reason" | "trainRows" | "baseline" | "notes">,
  threshold: Threshold = { value: DEFAULT_THRESHOLD, from: "default" },
): CellValue {
  const { title, predictMs, loadMs, provider, reason, trainRows, baseline, notes } = info;
  return {
    kind: "predictions",
    classes: task.classes,
    probabilities,
    ...(task.manifest.track === "matching" && { threshold }),
    info: {
      ...{ title, predictMs, loadMs, provider, reason, trainRows, baseline, notes },
      ...{ width: 0, fitMs: 0, reproducible: true },
    },
    leaky: true, // its table shows the labels of validation beside the predictions
  };
}

export function splitProgress(index: number, split: SplitName, done: number, rows: number): Progress {
  return {
    done: (index + (rows > 0 ? done / rows : 1)) / SPLIT_NAMES.length,
    note: `${split}: ${Math.round(done).toLocaleString("en")} of ${rows.toLocaleString("en")} rows`,
  };
}

/** Sums up the runs of one cell. One that ran on WASM, after others on a GPU, is what a reader should know of. */
export function createRan(): {
  add(result: RunResult): void;
  told(): Pick<ModelInfo, "predictMs" | "loadMs" | "provider" | "reason">;
} {
  let predictMs = 0;
  let told: Pick<RunResult, "provider" | "reason" | "loadMs"> | undefined;
  return {
    add: (result) => {
      predictMs += result.runMs;
      if (told?.provider !== "wasm") told = result;
    },
    told: () => ({ predictMs, provider: told?.provider, reason: told?.reason, loadMs: told?.loadMs }),
  };
}

function taskColumn(table: Table, name: string, model: string): InputColumn["column"] {
  const column = columnOf(table, name);
  if (!column)
    throw new Fault(
      "model-input",
      `The model "${model}" reads a column "${name}", which this task's rows do not have`,
      {
        hint: suggest(
          name,
          table.columns.map((each) => each.name),
        ),
      },
    );
  return column;
}
