import type { Column, Table } from "../../table";
import { SPLIT_NAMES, type SplitName, type TaskManifest } from "../manifest";
import type { PlannedColumn } from "./columns";
import { convert } from "./convert";
import { parseDate } from "./dates";
import type { Reading } from "./modality";
import type { Side } from "./pairs";
import type { ImportPlan } from "./plan";
import type { FileRole, SourceColumn } from "./source";

/** How a made column is written: a SQL type, or a picture of bytes made here, or one that lies where its file was opened. */
export type Written =
  | { name: string; as: "BIGINT" | "DOUBLE" | "VARCHAR" | "DATE" | "TIMESTAMP" | "BOOLEAN" | "FLOAT[]" }
  | { name: string; as: "picture" }
  | { name: string; as: "opened" | "opened picture"; column: string };

export interface MadeSplit {
  /** The file whose rows these are. */
  role: FileRole;
  /** The made columns, and `ROW`: the row's number in its file. For what lies opened: whether the row has a value. */
  table: Table;
  /** Every column of the split in its order. */
  columns: Written[];
}

export interface MadeTask {
  splits: Record<SplitName, MadeSplit>;
  columns: TaskManifest["columns"];
  /** What is known of test's labels, `id` and label; kept apart from its rows. */
  testLabels?: Table;
}

export const ROW = "__polytab_row";

/** One output column before its rows are taken. */
interface Output {
  name: string;
  feature?: { name: string; modality: TaskManifest["columns"][number]["modality"]; description: string };
  /** In the file of a role: the source column, and how its values become the new ones. */
  source: (role: FileRole) => SourceColumn | undefined;
  make: (column: SourceColumn | undefined, rows: readonly number[]) => Column;
  isDates: boolean;
}

/** Makes the splits' tables as the plan says. */
export function makeTask(plan: ImportPlan): MadeTask {
  const outputs = plan.columns.flatMap((column) => outputsOf(column));
  const ordered = orderOf(outputs, plan);
  const made = new Map<SplitName, Map<string, Column>>();
  for (const split of SPLIT_NAMES) {
    const { role, rows } = plan.splits[split];
    const columns = new Map<string, Column>();
    columns.set("id", idsOf(plan, split));
    for (const output of ordered) {
      const source = output.source(role);
      columns.set(output.name, source?.opened ? presence(output.name, source, rows) : output.make(source, rows));
    }
    if (split !== "test") columns.set(plan.about.label, labelsOf(plan, split));
    made.set(split, columns);
  }
  const names = ["id", ...ordered.map((output) => output.name)];
  const label = plan.about.label;
  const byName = new Map(ordered.map((output) => [output.name, output]));
  const types = new Map(
    [...names, label].map((name) => [name, typeOf(name, byName.get(name)?.isDates ?? false, made)]),
  );
  const splits = {} as Record<SplitName, MadeSplit>;
  for (const split of SPLIT_NAMES) {
    const { role, rows } = plan.splits[split];
    const columns = made.get(split) ?? new Map<string, Column>();
    const written = [...names, ...(split === "test" ? [] : [label])].map((name): Written => {
      const opened = byName.get(name)?.source(role)?.opened;
      if (opened) return { name, as: opened.picture ? "opened picture" : "opened", column: opened.column };
      return { name, as: types.get(name) ?? "VARCHAR" } as Written;
    });
    const row: Column = { kind: "number", name: ROW, values: Float64Array.from(rows) };
    splits[split] = { role, table: { rows: rows.length, columns: [...columns.values(), row] }, columns: written };
  }
  const features = plan.columns.flatMap((column) => outputsOf(column)).flatMap(({ feature }) => feature ?? []);
  const columns = features.filter((feature, i) => features.findIndex((each) => each.name === feature.name) === i);
  return { splits, columns, testLabels: testLabelsOf(plan) };
}

function outputsOf(column: PlannedColumn): Output[] {
  const sides: (Side | "own")[] = column.level === "record" ? ["left", "right"] : ["own"];
  return sides.map((side) => outputOn(side, column));
}

function outputOn(side: Side | "own", column: PlannedColumn): Output {
  const { decision, name, chosen } = column;
  const { modality } = decision;
  const reading = decision.reading.kind === "as it is" ? plainReading(column) : decision.reading;
  const flat = (of: string): string => (side === "own" ? of : `${side}_${of}`);
  const source = (role: FileRole): SourceColumn | undefined => column.parts.get(role)?.[side];
  const description = `${chosen ? "Chosen" : "Inferred"}: ${decision.rule}.`;
  const feature = modality === "ignored" ? undefined : { name, modality, description };
  return {
    name: flat(name),
    feature,
    source,
    make: (from, rows) => convert(flat(name), from, reading, rows),
    isDates: reading.kind === "dates",
  };
}

function presence(name: string, column: SourceColumn, rows: readonly number[]): Column {
  return { kind: "boolean", name, values: rows.map((row) => column.values[row] !== null) };
}

/** Plain numbers become numbers, so that tables join by them; what is of two kinds in two files becomes text. */
function plainReading({ facts }: PlannedColumn): Reading {
  if (facts.kinds.has("picture") || facts.kinds.has("bytes")) return { kind: "as it is" };
  if (facts.present > 0 && facts.numbers.plain === facts.present && facts.leadingZeros + facts.unsafe === 0)
    return { kind: "number", format: { decimal: ".", signs: [] } };
  return { kind: facts.kinds.size > 1 ? "text" : "as it is" };
}

/** For pairs the left record's columns, then the right one's, then the pair's own; otherwise as in the files. */
function orderOf(outputs: readonly Output[], { about }: ImportPlan): readonly Output[] {
  if (about.track !== "matching") return outputs;
  const on = (side: Side): Output[] => outputs.filter((output) => output.name.startsWith(`${side}_`));
  const left = on("left");
  const right = on("right");
  return [...left, ...right, ...outputs.filter((output) => !left.includes(output) && !right.includes(output))];
}

/** Ids are texts, as in every task: that is what predictions and feature code name rows by. */
function idsOf(plan: ImportPlan, split: SplitName): Column {
  const { role, rows } = plan.splits[split];
  const { column } = plan.id;
  if (!column) return { kind: "string", name: "id", values: rows.map((row) => `${role}-${row + 1}`) };
  return convert("id", column.parts.get(role)?.own, { kind: "text" }, rows);
}

function labelsOf(plan: ImportPlan, split: SplitName): Column {
  const { role, rows } = plan.splits[split];
  const values = plan.labelOf.get(role) ?? [];
  const name = plan.about.label;
  if (plan.labels.type === "VARCHAR") return { kind: "string", name, values: rows.map((row) => values[row] ?? null) };
  return { kind: "number", name, values: Float64Array.from(rows, (row) => Number(values[row] ?? Number.NaN)) };
}

function testLabelsOf(plan: ImportPlan): Table | undefined {
  const { role, rows } = plan.splits.test;
  if (rows.length === 0 || !plan.labelOf.has(role)) return undefined;
  return { rows: rows.length, columns: [idsOf(plan, "test"), labelsOf(plan, "test")] };
}

/** One type for a column of all splits. */
function typeOf(
  name: string,
  isDates: boolean,
  made: ReadonlyMap<SplitName, ReadonlyMap<string, Column>>,
): Written["as"] {
  const columns = [...made.values()].flatMap((columns) => columns.get(name) ?? []);
  const kinds = new Set(columns.filter((column) => column.values.length > 0).map((column) => column.kind));
  if (kinds.has("bytes")) return "picture";
  if (kinds.size !== 1) return "VARCHAR";
  const [kind] = kinds;
  if (kind === "number") {
    const whole = columns.every(
      (column) =>
        column.kind !== "number" || column.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value)),
    );
    return whole ? "BIGINT" : "DOUBLE";
  }
  if (kind === "string" && isDates) {
    const texts = columns.flatMap((column) => (column.kind === "string" ? column.values : []));
    // A cast to DATE of 2024-02-31 would end the import: whatever is no date makes the column one of texts.
    const all = (pattern: RegExp): boolean =>
      texts.every((text) => text === null || (pattern.test(text) && parseDate(text, "ymd") !== undefined));
    return all(/^\d{4}-\d{2}-\d{2}$/)
      ? "DATE"
      : all(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?$/)
        ? "TIMESTAMP"
        : "VARCHAR";
  }
  return kind === "boolean" ? "BOOLEAN" : kind === "vector" ? "FLOAT[]" : "VARCHAR";
}
