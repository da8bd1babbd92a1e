import { Fault, type Progress, suggest } from "../base";
import type { RunResult, Tensors } from "../inference";
import type { InputColumn, Sidecar } from "../learners";
import { DEFAULT_THRESHOLD } from "../scoring";
import { columnOf, type Table } from "../table";
import { SPLIT_NAMES, type SplitName } from "../tasks";
import type { CellContext, EvaluateCell } from "./context";
import type { ModelSettings } from "./settings";
import type { CellValue, ModelInfo, Threshold } from "./values";

/** A baseline of the task, by its id in the list of models. */
export function runBaseline(settings: Pick<ModelSettings, "provider">, id: string): EvaluateCell {
  return async (cell, _, context, options) => {
    const { entry, sidecar, bytes } = await context.engines.models.load(id, { signal: options.signal });
    const { threshold, trained } = entry;
    return runEncoded(cell.name, { id, bytes, sidecar, provider: settings.provider }, context, options, {
      trainRows: trained.rows,
      baseline: true,
      ...(threshold !== undefined && { threshold: { value: threshold, from: "out-of-fold" } }),
    });
  };
}

/** A model whose inputs are made of the task's columns by the encoders of its sidecar. */
export async function runEncoded(
  cell: string,
  {
    id,
    bytes,
    sidecar,
    provider,
  }: { id: string; bytes: Uint8Array; sidecar: Sidecar } & Pick<ModelSettings, "provider">,
  context: CellContext,
  { signal, onProgress }: Parameters<EvaluateCell>[3],
  about: Pick<ModelInfo, "trainRows" | "baseline"> & { threshold?: Threshold },
): Promise<CellValue> {
  const { task, engines } = context;
  const differing = task.classes.find((name, k) => sidecar.classes[k] !== name);
  if (differing !== undefined || sidecar.classes.length !== task.classes.length)
    throw new Fault(
      "model-classes",
      `"${id}" predicts ${sidecar.classes.join(", ")}; this task's classes are ${task.classes.join(", ")}`,
      { hint: "Choose a model that was trained for this task.", where: { cell } },
    );
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
  const encoded = SPLIT_NAMES.map(encode);
  for (const each of encoded) each.catch(() => {}); // a failed load must not leave these unheard
  await loading;
  const probabilities = {} as Record<SplitName, Float64Array>;
  const rowsInAll = SPLIT_NAMES.reduce((sum, split) => sum + task.manifest.splits[split].rows, 0);
  const ran = createRan();
  for (const [i, split] of SPLIT_NAMES.entries()) {
    const rows = task.manifest.splits[split].rows;
    const result = await inference.run(id, await encoded[i], {
      signal,
      provider,
      rowsInAll,
      onProgress: ({ done }) => onProgress(splitProgress(i, split, done * rows, rows)),
    });
    probabilities[split] = Float64Array.from(result.outputs[sidecar.output].data as Float32Array);
    ran.add(result);
  }
  return predictionsBy(context, probabilities, { title: id, ...ran.told(), ...about, notes: [] }, about.threshold);
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
