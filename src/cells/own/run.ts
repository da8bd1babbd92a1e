import { Fault } from "../../base";
import type { ModelInfo, Tensors } from "../../inference";
import type { InputColumn } from "../../learners";
import { readConfig } from "../../notebook";
import { SPLIT_NAMES, type SplitName } from "../../tasks";
import type { CellContext, EvaluateCell } from "../context";
import { modelInputs } from "../model-inputs";
import { createRan, predictionsBy, runEncoded, splitProgress } from "../onnx-model";
import type { CellValue } from "../values";
import { type Feed, fed, picturesFed, planFeed } from "./feeds";
import { classOrder, outputOf, probabilitiesOf } from "./scores";
import { type OwnModelName, type OwnModelSettings, ownModelSchema, ownModelText } from "./settings";

/** Rows that are made the model's inputs at a time; decoded pictures are large. */
const ROWS = 1024;
const PICTURE_ROWS = 64;
/** A stranger's model may take for ever to open. */
export const PATIENCE_MS = 60_000;

/** Runs a model that the reader brought. Everything that can be checked is checked before the first row. */
export async function runOwnModel(
  name: OwnModelName,
  cell: { name: string; source: string },
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  options: Parameters<EvaluateCell>[3],
): Promise<CellValue> {
  const settings = readConfig(ownModelSchema, cell.source, cell.name);
  const { task, engines } = context;
  const { signal, onProgress } = options;
  const kept = await engines.ownModels.load(name, { signal });
  const { bytes, sidecar } = kept;
  if (sidecar)
    return runEncoded(cell.name, { id: name.file, bytes, sidecar, provider: settings.provider }, context, options, {
      trainRows: 0,
      baseline: false,
    });
  const order = classOrder(settings.classes, task.classes);
  const inference = engines.inference();
  const id = ownModelText(name);
  const info = await inference.load({ id, bytes }, { signal, patienceMs: PATIENCE_MS });
  const given = await givenTo(cell.name, info, settings, inputs, context, options);
  const feeds = info.inputs.map((slot) => planFeed(slot, given[slot.name].train));
  const output = outputOf(info, settings.output, task.classes.length);

  const probabilities = {} as Record<SplitName, Float64Array>;
  const rowsInAll = SPLIT_NAMES.reduce((sum, split) => sum + task.manifest.splits[split].rows, 0);
  const step = feeds.some(({ kind }) => kind === "picture") ? PICTURE_ROWS : ROWS;
  const ran = createRan();
  for (const [index, split] of SPLIT_NAMES.entries()) {
    const { rows } = await task.split(split, signal);
    const parts: Float64Array[] = [];
    for (let from = 0; from < rows; from += step) {
      signal.throwIfAborted();
      const to = Math.min(rows, from + step);
      const tensors = await tensorsFor(feeds, given, split, from, to, settings, context, id, signal);
      const result = await inference.run(id, tensors, { signal, provider: settings.provider, rowsInAll });
      const place = { split, first: from, rows: to - from };
      parts.push(probabilitiesOf(result.outputs[output], output, order, settings.scores, place));
      ran.add(result);
      onProgress(splitProgress(index, split, to, rows));
    }
    probabilities[split] = joined(parts);
  }
  const notes = feeds.map(({ slot }) => `${slot.name}: ${given[slot.name].train.map((each) => each.name).join(", ")}`);
  return predictionsBy(context, probabilities, {
    title: name.file,
    ...ran.told(),
    trainRows: 0,
    baseline: false,
    notes,
  });
}

type Given = Record<string, Record<SplitName, InputColumn[]>>;

/** The columns of each of the model's inputs. */
async function givenTo(
  cell: string,
  info: ModelInfo,
  settings: OwnModelSettings,
  inputs: ReadonlyMap<string, CellValue>,
  context: CellContext,
  options: Parameters<EvaluateCell>[3],
): Promise<Given> {
  const names = info.inputs.map((slot) => slot.name);
  const said: Record<string, string[]> = settings.inputs ?? {};
  const listed = said[""];
  if (listed && names.length !== 1)
    throw new Fault("model-input", `The model has ${names.length} inputs: ${names.join(", ")}`, {
      hint: `Say what each is given: \`inputs: {${names[0]}: [${listed.join(", ")}], …}\`.`,
    });
  const foreign = Object.keys(said).find((name) => name !== "" && !names.includes(name));
  if (foreign !== undefined)
    throw new Fault("model-input", `The model has no input "${foreign}"`, { hint: `It has ${names.join(", ")}.` });
  const given: Given = {};
  for (const name of names) {
    const own = listed ?? said[name];
    if (!own)
      throw new Fault("model-input", `Nothing is given to the model's input "${name}"`, {
        hint: `Write \`inputs: {${name}: [columns(…)]}\`, or name a feature cell there.`,
      });
    given[name] = (await modelInputs(cell, { inputs: own }, inputs, context, options)).columns;
  }
  return given;
}

async function tensorsFor(
  feeds: readonly Feed[],
  given: Given,
  split: SplitName,
  from: number,
  to: number,
  settings: OwnModelSettings,
  context: CellContext,
  id: string,
  signal: AbortSignal,
): Promise<Tensors> {
  const tensors: Tensors = {};
  for (const feed of feeds) {
    const columns = given[feed.slot.name][split];
    if (feed.kind !== "picture") {
      tensors[feed.slot.name] = fed(feed, columns, from, to, settings);
      continue;
    }
    const [{ name, column }] = columns;
    const values = column.kind === "bytes" ? column.values.slice(from, to) : [];
    const shown = values.flatMap((value) => (value ? [value] : []));
    const recipe = { kind: "image", size: feed.size } as const;
    const prepared = await context.engines.inference().prepare(id, shown, { signal, recipe });
    if (prepared.kind === "unreadable") {
      const row = values.indexOf(shown[prepared.at]);
      const { code, message, hint } = prepared.fault;
      throw new Fault(code, `${message} (row ${from + row + 1} of "${name}" in ${split})`, { hint });
    }
    if (prepared.kind !== "image") throw new Error("pictures were prepared as something else");
    tensors[feed.slot.name] = picturesFed(feed, spread(values, prepared.pixels, feed.size), settings);
  }
  return tensors;
}

/** A missing picture is a transparent one. */
function spread(values: readonly (Uint8Array | null)[], pixels: Uint8Array, size: number): Uint8Array {
  const area = size * size * 4;
  if (values.every(Boolean)) return pixels;
  const all = new Uint8Array(values.length * area);
  let next = 0;
  values.forEach((value, row) => {
    if (value) all.set(pixels.subarray(next * area, ++next * area), row * area);
  });
  return all;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
