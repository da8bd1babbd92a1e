import { Fault, faultDataOf, isAbort, suggest } from "../base";
import type { Contestant, InputColumn, ModelEntry } from "../learners";
import { DEFAULT_THRESHOLD } from "../scoring";
import { columnOf, type Table } from "../table";
import { SPLIT_NAMES, type SplitName } from "../tasks";
import type { CellContext, EvaluateCell } from "./context";
import type { ModelSettings } from "./settings";
import type { CrossPredict } from "./values";

/** The models that ship with the site: as cells of their own, and as members of `auto`. */

interface Ran {
  probabilities: Record<SplitName, Float64Array>;
  predictMs: number;
  provider?: "webgpu" | "wasm";
  reason?: string;
}

interface Running {
  signal: AbortSignal;
  onProgress?: (progress: { done: number; note?: string }) => void;
}

/** A cell with `model: <id>`. */
export function onnxCell(settings: ModelSettings, id: string): EvaluateCell {
  return async (cell, _, context, options) => {
    const { task, engines } = context;
    const { entry } = await engines.models.load(id, options);
    const differing = task.classes.find((name, k) => entry.classes[k] !== name);
    if (differing !== undefined || entry.classes.length !== task.classes.length) {
      throw new Fault(
        "model-classes",
        `"${id}" predicts ${entry.classes.join(", ")}; this task's classes are ${task.classes.join(", ")}`,
        { hint: "Choose a model that was trained for this task.", where: { cell: cell.name } },
      );
    }
    const { probabilities, ...ran } = await runModel(id, SPLIT_NAMES, settings.provider, context, options);
    const crossPredict = outOfFoldOf(entry, context);
    return {
      kind: "predictions",
      classes: task.classes,
      probabilities,
      ...(crossPredict && { crossPredict }),
      ...(task.manifest.track === "matching" && {
        threshold:
          entry.threshold === undefined
            ? { value: DEFAULT_THRESHOLD, from: "default" as const }
            : { value: entry.threshold, from: "out-of-fold" as const },
      }),
      info: {
        ...ran,
        title: id,
        width: 0,
        trainRows: entry.trained.rows,
        fitMs: 0,
        notes: [],
        baseline: true,
        reproducible: true,
      },
      leaky: true,
    };
  };
}

/** Encodes the rows as the model's sidecar says and runs it on them. */
async function runModel(
  id: string,
  splits: readonly SplitName[],
  provider: ModelSettings["provider"],
  { task, engines }: CellContext,
  { signal, onProgress }: Running,
): Promise<Ran> {
  const { sidecar, bytes } = await engines.models.load(id, { signal });
  const inference = engines.inference();
  const encode = async (split: SplitName) => {
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
  let last: Pick<Ran, "provider" | "reason"> = {};
  let predictMs = 0;
  for (const [i, split] of splits.entries()) {
    const rows = task.manifest.splits[split].rows;
    const result = await inference.run(id, await encoded[i], {
      signal,
      provider,
      onProgress: ({ done }) =>
        onProgress?.({
          done: (i + done) / splits.length,
          note: `${split}: ${Math.round(done * rows)} of ${rows} rows`,
        }),
    });
    probabilities[split] = Float64Array.from(result.outputs[sidecar.output].data as Float32Array);
    predictMs += result.runMs;
    last = { provider: result.provider, reason: result.reason };
  }
  return { probabilities, predictMs, ...last };
}

function taskColumn(table: Table, name: string, model: string): InputColumn["column"] {
  const column = columnOf(table, name);
  if (column) return column;
  const known = table.columns.map((each) => each.name);
  throw new Fault("model-input", `The model "${model}" reads a column "${name}", which this task's rows do not have`, {
    hint: suggest(name, known),
  });
}

/** What it said of these very training rows before it saw them; undefined where that did not come with it. */
function outOfFoldOf(entry: ModelEntry, { task, engines }: CellContext): CrossPredict | undefined {
  if (!entry.outOfFold || entry.trained.dataSha256 !== task.manifest.splits.train.sha256.parquet) return undefined;
  return (options) => engines.models.outOfFold(entry.id, options);
}

export interface Shipped {
  members: Contestant[];
  /** Why the list of models says nothing, where it could not be read: a run with it may end elsewhere. */
  unread?: string;
}

/**
 * The models that ship for this task, as members of `auto`: those that read all of its columns and have out-of-fold
 * predictions of these very training rows. They run on WASM, whose numbers are the same on every machine.
 */
export async function shippedMembers(context: CellContext, options: Running): Promise<Shipped> {
  const { task, engines } = context;
  let models: ModelEntry[];
  try {
    ({ models } = await engines.models.list());
  } catch (error) {
    if (isAbort(error)) throw error;
    // A site without models is whole, and so is a reader's own task without the network.
    return { members: [], unread: faultDataOf(error).message };
  }
  const members: Contestant[] = [];
  for (const entry of models) {
    if (entry.task !== task.manifest.id || entry.reads !== "all") continue;
    const crossPredict = outOfFoldOf(entry, context);
    // Other rows of the task, for a measurement, are not those that it was asked about.
    const { rows } = await task.split("train", options.signal);
    if (!crossPredict || rows !== entry.outOfFold?.rows) continue;
    const onProgress =
      options.onProgress &&
      (({ done }: { done: number }) => options.onProgress?.({ done, note: `running ${entry.id}` }));
    const [train, ran] = await Promise.all([
      crossPredict(options),
      runModel(entry.id, ["validation", "test"], "wasm", context, { ...options, onProgress }),
    ]);
    members.push({
      name: `model ${entry.id}`,
      title: `${entry.id} (ships with the task)`,
      outOfFold: Float32Array.from(train.probabilities),
      probabilities: {
        train: Float32Array.from(train.probabilities),
        validation: Float32Array.from(ran.probabilities.validation),
        test: Float32Array.from(ran.probabilities.test),
      },
      fitMs: 0,
      predictMs: ran.predictMs,
      features: 0,
      notes: [],
    });
  }
  return { members };
}
