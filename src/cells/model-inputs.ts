import { Fault, type Progress, suggest } from "../base";
import { type Contestant, type InputColumn, predictionsAsInput } from "../learners";
import { columnOf } from "../table";
import { featureColumns, SPLIT_NAMES, type SplitName } from "../tasks";
import type { CellContext } from "./context";
import { embedColumns } from "./embed-inputs";
import { type ModelInput, type ModelSettings, readInput } from "./settings";
import type { CellValue, FeatureColumn } from "./values";

export interface Inputs {
  columns: Record<SplitName, InputColumn[]>;
  /** Model cells as members of a blend. */
  models: Contestant[];
  /** What a reader should know of them. */
  notes: string[];
  /** All model cells that are read, by name. */
  read: Map<string, Extract<CellValue, { kind: "predictions" }>>;
}

/**
 * What a model cell reads. Another model cell is read by its out-of-fold predictions of the training rows, so that it has
 * not seen what it predicts: as columns by a learner, as members by `blend` and `auto`.
 */
export async function modelInputs(
  cell: string,
  settings: Pick<ModelSettings, "inputs" | "learner">,
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  options: { signal: AbortSignal; onProgress: (progress: Progress) => void },
): Promise<Inputs> {
  const { signal } = options;
  const notes: string[] = [];
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
    } else if (input.kind === "embed") {
      if (settings.learner === "blend") throw onlyModels(cell, text);
      const embedded = await embedColumns(cell, input, context, options);
      for (const split of SPLIT_NAMES) columns[split].push(...embedded.columns[split]);
      notes.push(embedded.note);
    } else if (value?.kind === "predictions") {
      const member = await contestantOf(cell, input.name, value, signal);
      read.set(input.name, value);
      if (blends) models.push(member);
      else
        for (const split of SPLIT_NAMES)
          columns[split].push(predictionsAsInput(input.name, member.probabilities[split], value.classes.length));
    } else if (settings.learner === "blend") throw onlyModels(cell, text);
    else addFeatures(cell, input, value, columns);
  }
  return { columns, models, read, notes };
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
  { name, features }: Extract<ModelInput, { kind: "cell" }>,
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
  const unknown = features?.find((wanted) => !value.columns.some((feature) => feature.name === wanted));
  if (unknown !== undefined)
    throw new Fault("column-missing", `"${cell}" reads a feature "${unknown}", which "${name}" does not make`, {
      hint: suggest(
        unknown,
        value.columns.map((feature) => feature.name),
      ),
      where: { cell },
    });
  const wanted = features
    ? features.flatMap((own) => value.columns.filter((feature) => feature.name === own))
    : value.columns;
  for (const feature of wanted) {
    for (const split of SPLIT_NAMES) {
      const column = columnOf(value.splits[split], feature.name);
      if (column) found[split].push({ name: `${name}.${feature.name}`, as: encodingOf(feature), column });
    }
  }
}

function encodingOf(feature: FeatureColumn): InputColumn["as"] {
  return feature.type === "boolean" ? "numeric" : feature.type;
}

/** All columns; but the majority class looks at none, so that no picture need be decoded for it. */
function defaultInputs(settings: Pick<ModelSettings, "learner">, context: CellContext): string[] {
  if (settings.learner !== "majority") return ["columns"];
  const [light] = featureColumns(context.task.manifest).filter((column) => column.modality !== "image");
  return [light ? `columns(${light.name})` : "columns"];
}
