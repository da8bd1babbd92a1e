import { Fault, throwIfAborted } from "../../base";
import type { HeldRows, InputColumn, Sidecar } from "../../learners";
import { type Column, columnOf, type Table, takeRows } from "../../table";
import { withSplits } from "../task-data";
import { type Explaining, type Features, featureCells } from "./asked";
import { type Group, groupsOf, unitsOf } from "./groups";
import type { Predictor } from "./predictor";
import { relatedGroups } from "./related";

type Change = Parameters<HeldRows["encode"]>[0];

/** A model as the file that it exports to, or that ships with the task: each of its inputs can be shuffled by itself. */
export async function predictorOfFile(asked: Explaining, rows: Int32Array): Promise<Predictor> {
  const { context, signal } = asked;
  const { sidecar, bytes } = await fileOf(asked);
  const features = featureCells(asked.value);
  const inputs = await inputsOf(sidecar, features, rows, asked);
  const inference = context.engines.inference();
  const id = `${asked.name} of ${asked.cell}`;
  await inference.load({ id, bytes }, { signal });
  const held = await context.engines.encoders().hold({ sidecar, columns: inputs }, { signal });
  const predict = async (change: Change): Promise<Float32Array> => {
    const feeds = await held.encode(change, { signal });
    // The same on every machine: a GPU's last digits are its own.
    const { outputs } = await inference.run(id, feeds, { signal, provider: "wasm" });
    return Float32Array.from(outputs[sidecar.output].data as Float32Array);
  };
  return {
    groups: groupsFor(inputs, features, asked),
    round: async (order, wanted) => {
      const anew = await recomputed(wanted, order, rows, features, asked);
      return (group) =>
        predict({
          order,
          shuffled: group?.inputs ?? [],
          replaced: (group && anew.get(group)) ?? [],
        });
    },
    release: async () => {
      held.release();
      await inference.release(id);
    },
  };
}

/** @throws Fault `explain-foreign` for a model that reads one that cannot be written as a file again */
async function fileOf({ cell, name, value, context, signal, onProgress }: Explaining): Promise<{
  sidecar: Sidecar;
  bytes: Uint8Array;
}> {
  if (!value.exportModel) {
    const { sidecar, bytes } = await context.engines.models.load(value.info.title, { signal });
    return { sidecar, bytes };
  }
  try {
    const exported = await value.exportModel({
      signal,
      onProgress: ({ note }) => onProgress({ done: 0, note: `fitting ${name} again${note ? `: ${note}` : ""}` }),
    });
    return { sidecar: exported.sidecar, bytes: exported.onnx };
  } catch (error) {
    if (!(error instanceof Fault) || !["export", "learner-input"].includes(error.code)) throw error;
    throw new Fault("explain-foreign", `"${cell}" cannot shuffle what "${name}" reads: ${error.message}`, {
      hint: "Explain the models that it reads one by one, or leave `importance` out of `show`.",
      where: { cell },
      cause: error,
    });
  }
}

async function inputsOf(
  sidecar: Sidecar,
  features: ReadonlyMap<string, Features>,
  rows: Int32Array,
  { context, settings, signal }: Explaining,
): Promise<InputColumn[]> {
  const table = await context.task.split(settings.split, signal);
  return sidecar.inputs.map(({ name, as }) => {
    const column = columnOf(table, name) ?? featureColumn(features, name, (each) => each.splits[settings.split]);
    if (!column) throw new Error(`the model reads "${name}", which nothing gives`);
    return { name, as, column: gathered(column, rows) };
  });
}

const gathered = (column: Column, rows: Int32Array): Column =>
  takeRows({ rows: column.values.length, columns: [column] }, rows).columns[0];

/** A feature's column, by its name as a model reads it: `cell.feature`. */
function featureColumn(
  features: ReadonlyMap<string, Features>,
  name: string,
  tableOf: (features: Features) => Table,
): Column | undefined {
  const [cell, ...rest] = name.split(".");
  const value = features.get(cell);
  return value && columnOf(tableOf(value), rest.join("."));
}

function groupsFor(
  inputs: readonly InputColumn[],
  features: ReadonlyMap<string, Features>,
  { context }: Explaining,
): Group[] {
  const { manifest } = context.task;
  const names = inputs.map(({ name }) => name);
  const plain = unitsOf(names, manifest).flatMap((unit) => {
    const [only, ...more] = unit.inputs.map((name) => inputs.find((input) => input.name === name));
    if (!only || more.length > 0 || (only.as !== "numeric" && only.as !== "categorical")) return [];
    return [{ ...only.column, name: unit.name }];
  });
  return groupsOf({ inputs: names, manifest, features: features.size > 0, related: relatedGroups(plain) });
}

/**
 * The features of each group's rows, where its columns are shuffled: one run of each feature cell for all groups, whose
 * rows lie under each other in place of the split's.
 */
async function recomputed(
  groups: readonly Group[],
  order: Int32Array,
  rows: Int32Array,
  features: ReadonlyMap<string, Features>,
  { context, settings, signal, onProgress }: Explaining,
): Promise<Map<Group, InputColumn[]>> {
  const made = new Map<Group, InputColumn[]>();
  const concerned = groups.filter(({ columns }) => columns.length > 0);
  if (concerned.length === 0) return made;
  const { split } = settings;
  const table = await context.task.split(split, signal);
  const moved = order.map((place) => rows[place]);
  const columns = table.columns.map((column) => {
    const index = new Int32Array(concerned.length * rows.length);
    for (const [g, group] of concerned.entries())
      index.set(group.columns.includes(column.name) ? moved : rows, g * rows.length);
    return gathered(column, index);
  });
  const none = split === "test" ? {} : { test: takeRows(await context.task.split("test", signal), new Int32Array(0)) };
  const task = withSplits(context.task, { ...none, [split]: { rows: concerned.length * rows.length, columns } });
  for (const group of concerned) made.set(group, []);
  for (const [name, each] of features) {
    if (!each.again) throw new Error(`the features of ${name} cannot be computed again`);
    const again = await each.again(task, { signal, onProgress });
    if (again.kind !== "features") throw new Error(`"${name}" gave no features`);
    for (const feature of again.columns) {
      const column = columnOf(again.splits[split], feature.name);
      const as = feature.type === "boolean" ? "numeric" : feature.type;
      if (!column) continue;
      for (const [g, group] of concerned.entries()) {
        const own = Int32Array.from(rows.keys(), (place) => g * rows.length + place);
        made.get(group)?.push({ name: `${name}.${feature.name}`, as, column: gathered(column, own) });
      }
    }
  }
  throwIfAborted(signal);
  return made;
}
