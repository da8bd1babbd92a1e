import { Fault } from "../base";
import type { Exportable, FitRequest, FitResult, InputColumn, Learners } from "../learners";
import { looseConfig, readConfig, renameInConfig } from "../notebook";
import { bestThreshold, DEFAULT_THRESHOLD } from "../scoring";
import type { SplitName } from "../tasks";
import { inputsAgain } from "./again";
import { type CellDefinition, createCellContext, type EvaluateCell } from "./context";
import { type Inputs, modelInputs } from "./model-inputs";
import { runBaseline } from "./onnx-model";
import { ownModelOf } from "./own/settings";
import { type ModelSettings, modelSchema, namesInSetting, OWN_KEYS } from "./settings";
import { shippedMembers } from "./shipped";
import type { Again, CrossPredict, Threshold } from "./values";

/** How much of the progress goes to embedding, where there is any. */
const EMBEDDING = 0.6;

export const model: CellDefinition = {
  title: "Model",
  template: ({ cells }) => ({
    name: "model",
    source: `learner: linear\ninputs: [${cells.findLast((cell) => cell.kind === "ts")?.name ?? "columns"}]\nseed: 7`,
  }),
  reads: (source) => ({ mentions: [], requires: namesInSetting(source, "inputs") }),
  rename: (source, from, to) => renameInConfig(source, "inputs", from, to),
  evaluate: async (cell, inputs, context, options) => {
    const value = await (await evaluatorOf(cell))(cell, inputs, context, options);
    const again: Again = async (task, given) => {
      const other = createCellContext(task, context.engines);
      return model.evaluate(cell, await inputsAgain(inputs, task, given), other, { ...options, ...given });
    };
    return value.kind === "predictions" ? { ...value, madeOf: inputs, again } : value;
  },
};

async function evaluatorOf(cell: { name: string; source: string }): Promise<EvaluateCell> {
  const own = ownModelOf(looseConfig(cell.source).model);
  if (own) {
    // Few notebooks bring a model: what that takes comes when one does.
    const { runOwnModel } = await import("./own/run");
    return (...given) => runOwnModel(own, ...given);
  }
  const settings = readConfig(modelSchema, cell.source, cell.name);
  return settings.model === undefined ? fitLearner(settings) : runBaseline(settings, settings.model);
}

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
    const embeds = (settings.inputs ?? []).some((text) => text.startsWith("embed:"));
    const share = embeds ? EMBEDDING : 0;
    const { columns, models, read, notes } = await modelInputs(cell.name, settings, inputs, context, {
      signal,
      onProgress: ({ done, note }) => onProgress({ done: done * share, note }),
    });
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
    const result = await learners.fitPredict(request, {
      signal,
      onProgress: ({ done, note }) => onProgress({ done: share + (1 - share) * done, note }),
    });
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
        notes: [...notes, ...result.notes, ...(shipped.unread ? [unreadNote(shipped.unread)] : [])],
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
