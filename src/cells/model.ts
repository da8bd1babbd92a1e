import { Fault, suggest } from "../base";
import {
  type Contestant,
  type Exportable,
  type FitRequest,
  type FitResult,
  type InputColumn,
  type Learners,
  predictionsAsInput,
} from "../learners";
import { readConfig, renameInConfig } from "../notebook";
import { bestThreshold, DEFAULT_THRESHOLD } from "../scoring";
import { columnOf } from "../table";
import { featureColumns, SPLIT_NAMES, type SplitName } from "../tasks";
import { inputsAgain } from "./again";
import { type CellContext, type CellDefinition, createCellContext, type EvaluateCell } from "./context";
import { type ModelSettings, modelSchema, namesInSetting, readInput } from "./settings";
import { onnxCell, shippedMembers } from "./shipped";
import type { Again, CellValue, CrossPredict, FeatureColumn, Threshold } from "./values";

/** Keys of a model cell that are no setting of its learner. */
const OWN_KEYS = ["learner", "model", "inputs", "seed", "provider"];

export const model: CellDefinition = {
  title: "Model",
  template: ({ cells }) => ({
    name: "model",
    source: `learner: linear\ninputs: [${cells.findLast((cell) => cell.kind === "ts")?.name ?? "columns"}]\nseed: 7`,
  }),
  reads: (source) => ({ mentions: [], requires: namesInSetting(source, "inputs") }),
  rename: (source, from, to) => renameInConfig(source, "inputs", from, to),
  evaluate: async (cell, inputs, context, options) => {
    const settings = readConfig(modelSchema, cell.source, cell.name);
    const evaluate = settings.model === undefined ? fitLearner(settings) : onnxCell(settings, settings.model);
    const value = await evaluate(cell, inputs, context, options);
    const again: Again = async (task, given) => {
      const other = createCellContext(task, context.engines);
      return model.evaluate(cell, await inputsAgain(inputs, task, given), other, { ...options, ...given });
    };
    return value.kind === "predictions" ? { ...value, madeOf: inputs, again } : value;
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
    const learner = settings.learner ?? "linear";
    const { columns, models, read } = await modelInputs(cell.name, settings, inputs, context, signal);
    const shipped = readsAll(settings) ? await shippedMembers(context, { signal, onProgress }) : { members: [] };
    const pairs = task.manifest.track === "matching";
    const request: FitRequest = {
      learner,
      settings: Object.fromEntries(Object.entries(settings).filter(([key]) => !OWN_KEYS.includes(key))),
      seed: settings.seed,
      classes: task.classes,
      labels,
      pairs,
      metric: task.manifest.metric,
      // Where a match is declared is chosen on them; the majority class declares what is commonest.
      outOfFold: pairs && learner !== "majority",
      train: columns.train,
      predict: { validation: columns.validation, test: columns.test },
      models: [...models, ...shipped.members],
    };
    const learners = context.engines.learners();
    const result = await learners.fitPredict(request, { signal, onProgress });
    const exportable = { request, models: fittedHere(read) };
    return {
      kind: "predictions",
      classes: task.classes,
      probabilities: result.probabilities as Record<SplitName, Float64Array>,
      ...(result.outOfFold && { outOfFold: result.outOfFold }),
      ...(pairs && { threshold: thresholdOf(labels, result.outOfFold) }),
      ...(result.members && { members: result.members }),
      ...(result.plan && { plan: result.plan }),
      crossPredict: crossPredictor(request, result, learners),
      exportModel: async (options) => {
        checkReadable(cell.name, columns.train, read);
        return learners.exportModel(exportable, cell.name, options);
      },
      exportable,
      info: {
        title: learner,
        width: result.features,
        trainRows: result.rows,
        fitMs: result.fitMs,
        predictMs: result.predictMs,
        notes: [...result.notes, ...(shipped.unread ? [unreadNote(shipped.unread)] : [])],
        baseline: false,
        reproducible: !result.cut,
      },
      leaky: true, // its table shows the labels of validation beside the predictions
    };
  };
}

/** `auto` on all columns of the task is joined by the models that ship for it. */
const readsAll = ({ learner, inputs = ["columns"] }: ModelSettings): boolean =>
  learner === "auto" && inputs.some((text) => text.trim() === "columns");

const unreadNote = (why: string): string =>
  `Without the models that ship with the task, if there are any: their list could not be read (${why}).`;

/** Of the models that a cell reads, what fits them again. */
function fittedHere(read: Inputs["read"]): Exportable["models"] {
  return Object.fromEntries(
    [...read].flatMap(([name, { exportable }]): [string, Exportable][] => (exportable ? [[name, exportable]] : [])),
  );
}

/** A member of a blend that was trained elsewhere may have no weight; a column is always read. */
function checkReadable(cell: string, columns: readonly InputColumn[], read: Inputs["read"]): void {
  const foreign = columns.find(({ name }) => read.has(name) && !read.get(name)?.exportable);
  if (!foreign) return;
  throw new Fault("export", `"${cell}" cannot be exported: it reads "${foreign.name}", which was trained elsewhere`, {
    hint: "Export a model that reads only models fitted here.",
    where: { cell },
  });
}

function thresholdOf(labels: Int32Array, outOfFold: FitResult["outOfFold"]): Threshold {
  if (!outOfFold) return { value: DEFAULT_THRESHOLD, from: "default" };
  const scores = Float64Array.from(labels, (_, row) => outOfFold.probabilities[row * 2 + 1]);
  return { value: bestThreshold(labels, scores).threshold, from: "out-of-fold", folds: outOfFold.folds };
}

/** Out-of-fold predictions, when another model first asks for them, unless the fit made them already. */
function crossPredictor(request: FitRequest, result: FitResult, learners: Learners): CrossPredict {
  let made = result.outOfFold && Promise.resolve(result.outOfFold);
  return (options) => {
    if (!made) {
      const asked = learners.fitPredict({ ...request, outOfFold: true }, options);
      made = asked.then(({ outOfFold }) => {
        if (!outOfFold) throw new Error("out-of-fold predictions were asked for and did not come");
        return outOfFold;
      });
      made.catch(() => {
        made = undefined; // a stop is no answer to keep
      });
    }
    return made;
  };
}

/** All columns; but the majority class looks at none, so that no picture need be decoded for it. */
function defaultInputs(settings: ModelSettings, context: CellContext): string[] {
  if (settings.learner !== "majority") return ["columns"];
  const [light] = featureColumns(context.task.manifest).filter((column) => column.modality !== "image");
  return [light ? `columns(${light.name})` : "columns"];
}

interface Inputs {
  columns: Record<SplitName, InputColumn[]>;
  /** Model cells as members of a blend. */
  models: Contestant[];
  /** All model cells that are read, by name. */
  read: Map<string, Extract<CellValue, { kind: "predictions" }>>;
}

/**
 * What a model cell reads. Another model cell is read by its out-of-fold predictions of the training rows, so that it has
 * not seen what it predicts: as columns by a learner, as members by `blend` and `auto`.
 */
async function modelInputs(
  cell: string,
  settings: ModelSettings,
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  signal: AbortSignal,
): Promise<Inputs> {
  const columns: Inputs["columns"] = { train: [], validation: [], test: [] };
  const models: Contestant[] = [];
  const read: Inputs["read"] = new Map();
  const blends = settings.learner === "blend" || settings.learner === "auto";
  for (const text of settings.inputs ?? defaultInputs(settings, context)) {
    const input = readInput(text, cell);
    const value = input.kind === "cell" ? inputs.get(input.name) : undefined;
    if (input.kind === "columns") {
      if (settings.learner === "blend") throw onlyModels(cell, text);
      await addTaskColumns(cell, input.names, columns, context, signal);
    } else if (value?.kind === "predictions") {
      const member = await contestantOf(cell, input.name, value, signal);
      read.set(input.name, value);
      if (blends) models.push(member);
      else
        for (const split of SPLIT_NAMES)
          columns[split].push(predictionsAsInput(input.name, member.probabilities[split], value.classes.length));
    } else if (settings.learner === "blend") throw onlyModels(cell, text);
    else addFeatures(cell, input.name, value, columns);
  }
  return { columns, models, read };
}

function onlyModels(cell: string, text: string): Fault {
  return new Fault("input-kind", `"${cell}" blends models, and "${text}" is none`, {
    hint: "Name model cells in inputs, say `inputs: [linear_one, trees]`.",
    where: { cell },
  });
}

async function contestantOf(
  cell: string,
  name: string,
  value: Extract<CellValue, { kind: "predictions" }>,
  signal: AbortSignal,
): Promise<Contestant> {
  if (!value.crossPredict)
    throw new Fault(
      "no-out-of-fold",
      `"${cell}" cannot learn from "${name}": it was trained elsewhere, on these rows`,
      {
        hint: "Its predictions of the training rows are too good to learn from. Name a model cell that is fitted here.",
        where: { cell },
      },
    );
  const { probabilities } = await value.crossPredict({ signal });
  const { info } = value;
  const train = Float32Array.from(probabilities);
  return {
    name,
    title: `${info.title} (cell ${name})`,
    outOfFold: train,
    probabilities: {
      train,
      validation: Float32Array.from(value.probabilities.validation),
      test: Float32Array.from(value.probabilities.test),
    },
    fitMs: info.fitMs,
    predictMs: info.predictMs,
    features: info.width,
    notes: info.notes,
  };
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
      `Cannot train "${cell}" on "${name}": it is ${value ? `a ${value.kind} cell` : "no cell"}, and a model reads feature cells and model cells`,
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
