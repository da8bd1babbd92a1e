import { type TaskColumn, type TaskManifest, taskColumnOf } from "../../tasks";
import type { Level } from "./explanation";

/** What is shuffled together. */
export interface Group {
  level: Level;
  name: string;
  parts: string[];
  /** The model's own inputs. */
  inputs: string[];
  /** Columns of the task's rows that feature cells are computed of again; none where the features themselves are shuffled. */
  columns: string[];
}

/** One thing that a model reads: a feature, or a column of the task with both of its sides. */
export interface Unit {
  name: string;
  inputs: string[];
}

/** What a model reads, by what belongs together: the two sides of a pair's column are one. */
export function unitsOf(inputs: readonly string[], manifest: TaskManifest): Unit[] {
  const units = new Map<string, Unit>();
  for (const name of inputs) {
    const own = taskColumnOf(manifest, name)?.name ?? name;
    const unit = units.get(own) ?? { name: own, inputs: [] };
    unit.inputs.push(name);
    units.set(own, unit);
  }
  return [...units.values()];
}

export interface GroupsAsked {
  inputs: readonly string[];
  manifest: TaskManifest;
  /** Some of the inputs are features: columns reach the model through them too. */
  features: boolean;
  /** Names of units that tell the same. */
  related: readonly (readonly string[])[];
}

/**
 * What is weighed, level by level. A model without features reads columns alone, so its features are its columns. The two
 * sides of a pair are shuffled alike: each row gets another pair's, and how the two compare stays a true comparison.
 */
export function groupsOf({ inputs, manifest, features, related }: GroupsAsked): Group[] {
  const units = unitsOf(inputs, manifest);
  const inputsOf = (name: string): string[] => units.find((unit) => unit.name === name)?.inputs ?? [];
  const sides = ({ name }: TaskColumn): string[] =>
    manifest.track === "matching" ? [`left_${name}`, `right_${name}`] : [name];
  const columns = manifest.columns.filter(({ name }) => features || inputsOf(name).length > 0);
  const modalities = [...new Set(columns.map(({ modality }) => modality))];
  const single = features ? units.map(({ name, inputs: own }) => group("feature", name, [name], own, [])) : [];
  return [
    ...single,
    ...related.map((names) => group("related", names.join(" + "), [...names], names.flatMap(inputsOf), [])),
    ...columns.map((column) =>
      group("column", column.name, [column.name], inputsOf(column.name), features ? sides(column) : []),
    ),
    ...modalities.map((modality) => {
      const own = columns.filter((column) => column.modality === modality);
      const names = own.map(({ name }) => name);
      return group("modality", modality, names, names.flatMap(inputsOf), features ? own.flatMap(sides) : []);
    }),
  ];
}

const group = (level: Level, name: string, parts: string[], inputs: string[], columns: string[]): Group => ({
  level,
  name,
  parts,
  inputs,
  columns,
});

/** Groups that shuffle the same have one result. */
export const shuffleKey = ({ inputs, columns }: Group): string =>
  JSON.stringify([[...inputs].sort(), [...columns].sort()]);
