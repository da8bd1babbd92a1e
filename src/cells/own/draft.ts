import { Fault, type FaultData } from "../../base";
import type { ModelInfo, Slot } from "../../inference";
import type { InputColumn } from "../../learners";
import type { Column } from "../../table";
import { featureColumns, type TaskColumn, type TaskManifest } from "../../tasks";
import { readInput } from "../settings";
import type { CellValue } from "../values";
import { planFeed } from "./feeds";
import { classOrder, outputOf } from "./scores";
import { type OwnModelName, type OwnModelSettings, ownModelText } from "./settings";

/** A cell that runs a brought model, while its form is being filled in. */
export interface Draft extends Pick<OwnModelSettings, "scores" | "pixels" | "missing"> {
  /** By the model's input. */
  inputs: Record<string, string[]>;
  output: string | undefined;
  classes: string[];
}

/** What the form knows of the notebook around it: the task, and the newest values of its feature cells. */
export interface DraftAround {
  manifest: TaskManifest;
  classes: readonly string[];
  features: ReadonlyMap<string, Extract<CellValue, { kind: "features" }> | undefined>;
}

/** A form to begin with: inputs by their names and kinds, the classes as the model's maker wrote them, if there. */
export function guessDraft(info: ModelInfo, around: DraftAround): Draft {
  const inputs = Object.fromEntries(info.inputs.map((slot) => [slot.name, guessInput(slot, around)]));
  let output: string | undefined;
  try {
    output = outputOf(info, undefined, around.classes.length);
  } catch {
    output = undefined; // the form asks
  }
  const written = writtenClasses(info);
  return {
    inputs,
    output,
    classes: written ?? [...around.classes],
    scores: "probabilities",
    pixels: "0..1",
    missing: undefined,
  };
}

/** The order of classes that the file itself states. */
export function writtenClasses({ metadata }: ModelInfo): string[] | undefined {
  try {
    const value: unknown = JSON.parse(metadata.classes ?? "");
    return Array.isArray(value) && value.length > 1 ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with the form, by the input's name, `output` or `classes`. What cannot be told before it runs is not. */
export function draftFaults(info: ModelInfo, draft: Draft, around: DraftAround): Map<string, FaultData> {
  const faults = new Map<string, FaultData>();
  const check = (key: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.set(key, error.toData());
    }
  };
  for (const slot of info.inputs)
    check(`input ${slot.name}`, () => {
      const columns = columnsOf(draft.inputs[slot.name] ?? [], around);
      if (columns) planFeed(slot, columns);
    });
  check("output", () => outputOf(info, draft.output, around.classes.length));
  check("classes", () => classOrder(draft.classes, around.classes));
  return faults;
}

/** The cell's text; without a draft, of a model that knows its own inputs and classes. */
export function draftSource(name: OwnModelName, draft: Draft | undefined, info: ModelInfo): string {
  if (!draft) return `model: ${scalar(ownModelText(name))}`;
  const list = (items: readonly string[]): string => `[${items.map(scalar).join(", ")}]`;
  const lines = [`model: ${scalar(ownModelText(name))}`];
  const [only] = info.inputs;
  if (info.inputs.length === 1) lines.push(`inputs: ${list(draft.inputs[only.name] ?? [])}`);
  else
    lines.push(
      "inputs:",
      ...info.inputs.map((slot) => `  ${scalar(slot.name)}: ${list(draft.inputs[slot.name] ?? [])}`),
    );
  if (draft.output !== undefined && info.outputs.length > 1) lines.push(`output: ${scalar(draft.output)}`);
  lines.push(`classes: ${list(draft.classes)}`);
  if (draft.scores !== "probabilities") lines.push(`scores: ${draft.scores}`);
  if (draft.missing !== undefined) lines.push(`missing: ${draft.missing}`);
  if (draft.pixels !== "0..1") lines.push(`pixels: "${draft.pixels}"`);
  return lines.join("\n");
}

/** Plain where YAML takes it as the same text, else in quotes. */
function scalar(text: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_.@ ()/-]*$/u.test(text) && text.trim() === text;
  return plain && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text) ? text : JSON.stringify(text);
}

function guessInput({ name, type, shape }: Slot, { manifest, features }: DraftAround): string[] {
  const columns = featureColumns(manifest);
  const call = (found: readonly TaskColumn[]): string[] =>
    found.length > 0 ? [`columns(${found.map((column) => column.name).join(", ")})`] : [];
  const own = columns.find((column) => column.name === name);
  if (own) return call([own]);
  if (shape.length === 4) return call(columns.filter((column) => column.modality === "image").slice(0, 1));
  if (type === "string") return call(columns.filter((column) => ["text", "categorical"].includes(column.modality)));
  const cell = [...features.keys()].at(-1);
  return cell === undefined ? call(columns.filter((column) => column.modality === "numeric")) : [cell];
}

/** Columns of no rows, or undefined where their widths show only when they run: features not computed yet, embeddings. */
function columnsOf(texts: readonly string[], { manifest, features }: DraftAround): InputColumn[] | undefined {
  const all = featureColumns(manifest);
  const found: InputColumn[] = [];
  for (const text of texts) {
    const input = readInput(text, "the model");
    if (input.kind === "embed") return undefined;
    if (input.kind === "columns") {
      for (const name of input.names ?? all.map((column) => column.name)) {
        const column = all.find((each) => each.name === name);
        if (!column) throw new Fault("column-missing", `The task has no column "${name}"`);
        found.push({ name, as: column.modality, column: emptyColumn(column.modality, name) });
      }
      continue;
    }
    const value = features.get(input.name);
    if (!value) {
      if (!features.has(input.name)) throw new Fault("input-kind", `There is no feature cell "${input.name}"`);
      return undefined;
    }
    for (const feature of value.columns) {
      if (input.features && !input.features.includes(feature.name)) continue;
      const column = value.splits.train.columns.find((each) => each.name === feature.name);
      const as = feature.type === "boolean" ? "numeric" : feature.type;
      if (column) found.push({ name: `${input.name}.${feature.name}`, as, column });
    }
  }
  return found;
}

function emptyColumn(modality: TaskColumn["modality"], name: string): Column {
  if (modality === "numeric") return { kind: "number", name, values: new Float64Array(0) };
  return modality === "image" ? { kind: "bytes", name, values: [] } : { kind: "string", name, values: [] };
}
