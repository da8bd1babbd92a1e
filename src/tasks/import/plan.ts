import { Fault, suggest } from "../../base";
import type { MetricName, SplitName } from "../manifest";
import { findColumn, type ImportAbout, metricFor } from "./about";
import { type FactsOf, type PlannedColumn, planColumns } from "./columns";
import { chooseId, type IdPlan } from "./ids";
import { type Labels, type LabelValues, readLabels } from "./labels";
import { isIdName } from "./modality";
import { formatOf } from "./numbers";
import { pictureNotes } from "./pictures";
import { repeatNotes } from "./repeats";
import {
  counted,
  type FileRole,
  holdsBytes,
  listed,
  type Note,
  type SourceColumn,
  type SourceTable,
  shown,
} from "./source";
import { type PlannedSplit, planSplits, splitColumn } from "./split-plan";

/** Everything that was decided about an import, as data: what the reader sees and corrects, and what `makeTask` does. */
export interface ImportPlan {
  about: ImportAbout;
  metric: MetricName;
  tables: SourceTable[];
  columns: PlannedColumn[];
  id: IdPlan;
  labels: Labels;
  labelOf: Map<FileRole, LabelValues>;
  splits: Record<SplitName, PlannedSplit>;
  notes: Note[];
}

const ROLES = ["train", "validation", "test"] as const;

/**
 * Decides how files become a task.
 * @throws Fault that names the file, the column or the line, and the way out: `import-files`, `import-rows`,
 * `label-missing`, and those of labels, columns, ids and splits
 */
export function planImport(sources: readonly SourceTable[], given: ImportAbout, factsOf: FactsOf): ImportPlan {
  const metric = metricFor(given);
  const tables = ROLES.flatMap((role) => sources.filter((table) => table.role === role));
  const train = tables.find((table) => table.role === "train");
  if (!train)
    throw new Fault("import-files", "There is no file for train", {
      hint: "Give the file with the labelled rows as train; validation and test can be split off it.",
    });
  for (const table of tables) refuse(table, given);
  const notes = tables.flatMap((table) => [...table.notes, ...setAside(table)]);
  const label = labelColumn(train, given.label);
  const about: ImportAbout = { ...given, label };

  const labelColumns = new Map<FileRole, SourceColumn>();
  for (const table of tables) {
    const name = findColumn(
      label,
      table.columns.map((column) => column.name),
    );
    const column = table.columns.find((each) => each.name === name);
    if (column) labelColumns.set(table.role, column);
    else if (table.role === "validation")
      throw new Fault(
        "label-missing",
        `${table.file} has no column "${label}", and validation is what scores are reached on`,
        {
          hint: "Give it as test if its labels are not known, or leave it out: validation is then split off train.",
          where: { file: table.file },
        },
      );
  }
  const roles = [...labelColumns.keys()];
  const labels = readLabels([...labelColumns.values()], about.track, label);
  notes.push(...labels.notes);
  const labelOf = new Map(roles.map((role, i) => [role, labels.parts[i]]));

  const taken = new Set([label.toLowerCase()]);
  const planned = planColumns({ tables, about, taken, factsOf });
  notes.push(...planned.notes);
  const id = chooseId(planned.columns, tables, about, factsOf);
  const columns = planned.columns.filter((column) => column !== id.column || column.source.toLowerCase() !== "id");
  markKnown(columns, id, labels, labelOf, tables.length === 1 ? splitColumn(train, label) : undefined);
  if (!columns.some(isRead)) readLast(columns, id, tables.length);
  if (!columns.some(isRead))
    throw new Fault("import-columns", `${train.file} has no column that a model could read`, {
      hint: `Say what its columns are, like modalities: { ${columns[0] ? `"${columns[0].source}": "text"` : ""} }.`,
      where: { file: train.file },
    });
  for (const { decision, parts } of columns) {
    if (decision.reading.kind !== "picture") continue;
    for (const [role, part] of parts) {
      const table = tables.find((each) => each.role === role);
      if (table) for (const own of Object.values(part)) if (own) notes.push(...pictureNotes(own, table));
    }
  }
  for (const column of columns)
    if (column.name !== column.source)
      notes.push({ kind: "note", text: `The column ${shown(column.source)} is called ${shown(column.name)} here` });

  const byRole = new Map<FileRole, SourceTable>(tables.map((table) => [table.role, table]));
  const made = planSplits({ tables: byRole, labels: labelOf, classes: labels.classes, columns, about });
  notes.push(...made.notes);
  notes.push(...classNotes(labels, labelOf, made.splits));
  notes.push(...repeatNotes(columns, made.splits, labelOf, new Map(tables.map((table) => [table.role, table.rows]))));
  return { about, metric, tables, columns, id, labels, labelOf, splits: made.splits, notes };
}

function labelColumn(train: SourceTable, label: string): string {
  const names = train.columns.map((column) => column.name);
  const name = findColumn(label, names);
  if (name !== undefined) return name;
  const made = names.every((each, c) => each === `column_${c + 1}`);
  throw new Fault("label-missing", `${train.file} has no column ${shown(label)} for the label`, {
    hint: made ? `Its first line is data, so its columns are called ${listed(names)}.` : suggest(label, names),
    where: { file: train.file },
  });
}

/** Lines that are no rows stop the import, unless the reader said to set them aside. */
function refuse({ badRows, file, rows, role }: SourceTable, { badRows: wish }: ImportAbout): void {
  if (badRows.length > 0 && wish !== "set aside") {
    const places = badRows.map(({ line, problem }) => `line ${line} ${problem}`);
    throw new Fault(
      "import-rows",
      `Cannot read ${counted(badRows.length, "line")} of ${file}: ${listed(places, places.length, 4)}`,
      {
        hint: "Correct the lines, or have them set aside.",
        where: { file, line: badRows[0].line },
      },
    );
  }
  if (rows === 0 && role !== "test")
    throw new Fault("file-empty", `${file} has a header and no rows`, {
      hint: "Give a file with rows in it.",
      where: { file },
    });
}

function setAside({ badRows, file }: SourceTable): Note[] {
  if (badRows.length === 0) return [];
  const places = badRows.map(({ line, problem }) => `line ${line} ${problem}`);
  return [
    {
      kind: "warning",
      text: `${counted(badRows.length, "line")} of ${file} ${badRows.length === 1 ? "is" : "are"} set aside: ${listed(places, places.length, 4)}`,
      file,
      lines: badRows.slice(0, 20).map(({ line }) => line),
    },
  ];
}

/** Columns that say the id, the split or the label itself are no features, unless the reader chose so. */
function markKnown(
  columns: readonly PlannedColumn[],
  id: IdPlan,
  labels: Labels,
  labelOf: ReadonlyMap<FileRole, LabelValues>,
  split: string | undefined,
): void {
  const ignore = (column: PlannedColumn, rule: string): void => {
    if (!column.chosen) column.decision = { modality: "ignored", rule, reading: { kind: "as it is" } };
  };
  for (const column of columns) {
    if (column === id.column) ignore(column, "it names the rows: it is the id");
    else if (column.source === split) ignore(column, "it says which split a row is in");
    else if (column.level === "record" && (isIdName(column.source) || /^.id$/i.test(column.source)))
      ignore(column, "its name says id: it names the record, or the thing that both records may be of");
    else if (column.level === "row" && saysLabel(column, labels, labelOf.get("train") ?? []))
      ignore(column, `it is the label in other words: each of its ${labels.classes.length} values goes with one class`);
  }
}

const isRead = (column: PlannedColumn): boolean => column.decision.modality !== "ignored";

/** Where nothing else is left to learn from, columns that seem to name the rows are read after all. */
function readLast(columns: readonly PlannedColumn[], id: IdPlan, files: number): void {
  const rule = "no other column says anything";
  for (const column of columns) {
    const { facts, parts, chosen, level } = column;
    const plain = [...facts.kinds].every((kind) => kind === "string" || kind === "number");
    if (chosen || column === id.column || level === "pair" || !plain || facts.present === 0 || parts.size < files)
      continue;
    const numeric = facts.numbers.count === facts.present && facts.leadingZeros + facts.unsafe === 0;
    column.decision = numeric
      ? { modality: "numeric", rule, reading: { kind: "number", format: formatOf(facts.numbers, false) } }
      : { modality: "text", rule, reading: { kind: "text" } };
  }
}

/** Whether the column's values and the classes go together one to one; two classes may do so by being opposites. */
function saysLabel({ facts, parts }: PlannedColumn, labels: Labels, values: LabelValues): boolean {
  const own = parts.get("train")?.own;
  if (!own || holdsBytes(own) || facts.distinct !== labels.classes.length || facts.distinct < 2) return false;
  const classOf = new Map<string, string>();
  const valueByClass = new Map<string, string>();
  let rows = 0;
  for (const [row, label] of values.entries()) {
    const value = own.values[row];
    if (label === null || value === null || value === undefined || Number.isNaN(value)) continue;
    const text = String(value);
    if ((classOf.get(text) ?? label) !== label || (valueByClass.get(label) ?? text) !== text) return false;
    classOf.set(text, label);
    valueByClass.set(label, text);
    rows++;
  }
  return classOf.size >= 2 && rows >= classOf.size * 2;
}

function classNotes(
  labels: Labels,
  labelOf: ReadonlyMap<FileRole, LabelValues>,
  splits: Record<SplitName, PlannedSplit>,
): Note[] {
  const classesIn = (split: PlannedSplit): Set<string> => {
    const values = labelOf.get(split.role) ?? [];
    return new Set(split.rows.flatMap((row) => values[row] ?? []));
  };
  const train = classesIn(splits.train);
  const only = labels.classes.filter((name) => !train.has(name));
  if (only.length === 0) return [];
  if (train.size < 2)
    throw new Fault("label-classes", `All rows of train have the label ${shown([...train][0] ?? "")}`, {
      hint: "A model can only learn what train shows: two classes or more.",
    });
  return [
    {
      kind: "warning",
      text: `${counted(only.length, "class", "classes")} without a row in train, which no model can learn: ${listed(
        only.map((name) => shown(name)),
        only.length,
      )}`,
    },
  ];
}
