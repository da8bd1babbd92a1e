import { Fault, suggest } from "../base";
import type { Tensors } from "../inference";
import { encodeForModel, type InputColumn } from "../learners";
import { readConfig } from "../notebook";
import { columnOf, type Table } from "../table";
import { featureColumns, SPLIT_NAMES, type SplitName } from "../tasks";
import type { CellContext, CellDefinition, EvaluateCell } from "./context";
import { type ModelSettings, modelSchema, namesInSetting, readInput } from "./settings";
import type { CellValue, FeatureColumn } from "./values";

/** Keys of a model cell that are no setting of its learner. */
const OWN_KEYS = ["learner", "model", "inputs", "seed", "provider"];

export const model: CellDefinition = {
  title: "Model",
  template: ({ cells }) => ({
    name: "model",
    source: `learner: linear\ninputs: [${cells.findLast((cell) => cell.kind === "ts")?.name ?? "columns"}]\nseed: 7`,
  }),
  reads: (source) => ({ mentions: [], requires: namesInSetting(source, "inputs") }),
  evaluate: (cell, inputs, context, options) => {
    const settings = readConfig(modelSchema, cell.source, cell.name);
    return settings.model === undefined
      ? fitLearner(settings)(cell, inputs, context, options)
      : runOnnx(settings, settings.model)(cell, inputs, context, options);
  },
};

function fitLearner(settings: ModelSettings): EvaluateCell {
  return async (cell, inputs, context, { signal, onProgress }) => {
    const { task } = context;
    const labels = await task.labels("train", signal);
    if (!labels)
      throw new Fault(
        "labels-missing",
        `"${cell.name}" cannot be fitted: train has no column "${task.manifest.label.column}"`,
        { where: { cell: cell.name } },
      );
    const columns = await inputColumns(
      cell.name,
      settings.inputs ?? defaultInputs(settings, context),
      inputs,
      context,
      signal,
    );
    const own = Object.fromEntries(Object.entries(settings).filter(([key]) => !OWN_KEYS.includes(key)));
    const result = await context.engines.learners().fitPredict(
      {
        learner: settings.learner ?? "linear",
        settings: own,
        seed: settings.seed,
        classes: task.classes,
        labels,
        train: columns.train,
        predict: columns,
      },
      { signal, onProgress },
    );
    return {
      kind: "predictions",
      classes: task.classes,
      probabilities: result.probabilities as Record<SplitName, Float64Array>,
      info: {
        title: settings.learner ?? "linear",
        width: result.features,
        trainRows: result.rows,
        fitMs: result.fitMs,
        predictMs: result.predictMs,
        notes: result.notes,
        baseline: false,
      },
      leaky: true, // its table shows the labels of validation beside the predictions
    };
  };
}

/** All columns; but the majority class looks at none, so that no picture need be decoded for it. */
function defaultInputs(settings: ModelSettings, context: CellContext): string[] {
  if (settings.learner !== "majority") return ["columns"];
  const [light] = featureColumns(context.task.manifest).filter((column) => column.modality !== "image");
  return [light ? `columns(${light.name})` : "columns"];
}

function runOnnx(settings: ModelSettings, id: string): EvaluateCell {
  return async (cell, _, context, { signal, onProgress }) => {
    const { task, engines } = context;
    const { entry, sidecar, bytes } = await engines.models.load(id, { signal });
    const differing = task.classes.find((name, k) => entry.classes[k] !== name);
    if (differing !== undefined || entry.classes.length !== task.classes.length) {
      throw new Fault(
        "model-classes",
        `"${id}" predicts ${entry.classes.join(", ")}; this task's classes are ${task.classes.join(", ")}`,
        { hint: "Choose a model that was trained for this task.", where: { cell: cell.name } },
      );
    }
    const inference = engines.inference();
    const encode = async (split: SplitName): Promise<Tensors> => {
      const table = await task.split(split, signal);
      const columns = sidecar.inputs.map(
        (input): InputColumn => ({ ...input, column: taskColumn(table, input.name, id) }),
      );
      return encodeForModel(await engines.encoders().encode({ sidecar, columns }, { signal }));
    };
    // The runtime starts while the rows are encoded; each is a worker of its own.
    const loading = inference.load({ id, bytes }, { signal });
    const encoded = SPLIT_NAMES.map(encode);
    for (const each of encoded) each.catch(() => {}); // a failed load must not leave these unheard
    await loading;
    const probabilities = {} as Record<SplitName, Float64Array>;
    let last: { provider: "webgpu" | "wasm"; reason: string } | undefined;
    let predictMs = 0;
    for (const [i, split] of SPLIT_NAMES.entries()) {
      const rows = task.manifest.splits[split].rows;
      const result = await inference.run(id, await encoded[i], {
        signal,
        provider: settings.provider,
        onProgress: ({ done }) =>
          onProgress({
            done: (i + done) / SPLIT_NAMES.length,
            note: `${split}: ${Math.round(done * rows)} of ${rows} rows`,
          }),
      });
      probabilities[split] = Float64Array.from(result.outputs[sidecar.output].data as Float32Array);
      predictMs += result.runMs;
      last = result;
    }
    return {
      kind: "predictions",
      classes: task.classes,
      probabilities,
      info: {
        title: id,
        width: 0,
        trainRows: entry.trained.rows,
        fitMs: 0,
        predictMs,
        notes: [],
        provider: last?.provider,
        reason: last?.reason,
        baseline: true,
      },
      leaky: true,
    };
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

async function inputColumns(
  cell: string,
  texts: readonly string[],
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  signal: AbortSignal,
): Promise<Record<SplitName, InputColumn[]>> {
  const found: Record<SplitName, InputColumn[]> = { train: [], validation: [], test: [] };
  for (const text of texts) {
    const input = readInput(text, cell);
    if (input.kind === "columns") await addTaskColumns(cell, input.names, found, context, signal);
    else addFeatures(cell, input.name, inputs.get(input.name), found);
  }
  return found;
}

async function addTaskColumns(
  cell: string,
  names: string[] | undefined,
  found: Record<SplitName, InputColumn[]>,
  context: CellContext,
  signal: AbortSignal,
): Promise<void> {
  const columns = featureColumns(context.task.manifest);
  const known = columns.map((column) => column.name);
  for (const name of names ?? known) {
    const column = columns.find((each) => each.name === name);
    if (!column)
      throw new Fault("column-missing", `Cannot train "${cell}" on "${name}": the task has ${known.join(", ")}`, {
        hint: suggest(name, known),
        where: { cell },
      });
    for (const split of SPLIT_NAMES) {
      const values = columnOf(await context.task.split(split, signal), name);
      if (!values)
        throw new Fault(
          "column-missing",
          `The rows of ${split} have no column "${name}", which the task's manifest lists`,
        );
      found[split].push({ name, as: column.modality, column: values });
    }
  }
}

function addFeatures(
  cell: string,
  name: string,
  value: CellValue | undefined,
  found: Record<SplitName, InputColumn[]>,
): void {
  if (value?.kind !== "features") {
    throw new Fault(
      "input-kind",
      `Cannot train "${cell}" on "${name}": it is ${value ? `a ${value.kind} cell` : "no cell"}, and a model reads feature cells`,
      {
        hint: "Name a TypeScript cell that exports defineFeatures(…), or write `columns`.",
        where: { cell },
      },
    );
  }
  for (const feature of value.columns) {
    for (const split of SPLIT_NAMES) {
      const column = columnOf(value.splits[split], feature.name);
      if (column) found[split].push({ name: `${name}.${feature.name}`, as: encodingOf(feature), column });
    }
  }
}

function encodingOf(feature: FeatureColumn): InputColumn["as"] {
  return feature.type === "boolean" ? "numeric" : feature.type;
}
