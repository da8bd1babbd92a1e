import { Fault } from "../../base";
import { SPLIT_NAMES, type SplitName } from "../manifest";
import { findColumn, type ImportAbout } from "./about";
import type { PlannedColumn } from "./columns";
import type { LabelValues } from "./labels";
import { rowHashes } from "./row-hash";
import { counted, type FileRole, listed, type Note, placeOfRow, type SourceTable, shown } from "./source";
import { groupPairs, MADE_SHARE, splitRows } from "./splitting";

/** Which rows of which file make a split. */
export interface PlannedSplit {
  role: FileRole;
  rows: number[];
  /** How the rows came to be this split, as a clause. */
  how: string;
}

export interface SplitsRequest {
  /** By role; train is there. */
  tables: ReadonlyMap<FileRole, SourceTable>;
  labels: ReadonlyMap<FileRole, LabelValues>;
  classes: readonly string[];
  columns: readonly PlannedColumn[];
  about: ImportAbout;
}

export interface PlannedSplits {
  splits: Record<SplitName, PlannedSplit>;
  notes: Note[];
}

const SPLIT_NAME = /^(?:split|splits|set|subset|partition|fold|data_?split|dataset_?split|usage)$/i;
const SPLIT_VALUES: Record<SplitName, RegExp> = {
  train: /^(?:train|training|trn|tr)$/i,
  validation: /^(?:validation|valid|val|dev|development|eval|public)$/i,
  test: /^(?:test|testing|tst|holdout|held_?out|private)$/i,
};

/** The column that says which split a row is in, where the only file has one and every value is understood. */
export function splitColumn(table: SourceTable, label: string): string | undefined {
  const column = table.columns.find((each) => SPLIT_NAME.test(each.name) && each.name !== label);
  if (column?.kind !== "string") return undefined;
  const values = new Set(column.values.map((value) => splitOf(value)));
  return !values.has(undefined) && values.has("train") && values.size > 1 ? column.name : undefined;
}

function splitOf(value: string | null): SplitName | undefined {
  const text = value?.trim() ?? "";
  return SPLIT_NAMES.find((split) => SPLIT_VALUES[split].test(text));
}

/**
 * Gives every labelled row its split: by file, by a column that says it, or made here. Rows of train and validation
 * without a label are set aside and listed; test keeps all of its rows.
 * @throws Fault `import-splits` where a split is left without rows, `import-group`
 */
export function planSplits(request: SplitsRequest): PlannedSplits {
  const { tables, labels, about } = request;
  const notes: Note[] = [];
  const train = need(tables, "train");
  const labelled = (role: FileRole): number[] => {
    const values = labels.get(role) ?? [];
    const table = need(tables, role);
    const rows: number[] = [];
    const bare: number[] = [];
    for (const [row, value] of values.entries()) (value === null ? bare : rows).push(row);
    if (bare.length > 0) notes.push(unlabelled(table, bare));
    if (rows.length === 0)
      throw new Fault("import-splits", `No row of ${table.file} has a label in "${about.label}"`, {
        hint: role === "validation" ? "Scores are reached on validation: give a file with labels, or none." : undefined,
        where: { file: table.file },
      });
    return rows;
  };
  const whole = (role: FileRole, rows: number[]): PlannedSplit => ({
    role,
    rows,
    how: `${need(tables, role).file}`,
  });
  const all = (role: FileRole): number[] => Array.from({ length: need(tables, role).rows }, (_, row) => row);

  const splitName = tables.has("validation") || tables.has("test") ? undefined : splitColumn(train, about.label);
  if (splitName !== undefined) {
    const column = train.columns.find((each) => each.name === splitName);
    const splits = (column?.kind === "string" ? column.values : []).map(splitOf);
    const labelValues = labels.get("train") ?? [];
    const wanted = (split: SplitName): number[] => all("train").filter((row) => splits[row] === split);
    const kept = (split: SplitName): number[] => wanted(split).filter((row) => labelValues[row] !== null);
    const bare = all("train").filter((row) => splits[row] !== "test" && labelValues[row] === null);
    if (bare.length > 0) notes.push(unlabelled(train, bare));
    const said = (rows: number[]): PlannedSplit => ({ role: "train", rows, how: `as "${splitName}" says` });
    const [rest, validation] = splits.includes("validation")
      ? [said(kept("train")), said(kept("validation"))]
      : made(request, kept("train"), ["train", "validation"], notes);
    return checked({ train: rest, validation, test: said(wanted("test")) }, notes, train);
  }

  const rows = labelled("train");
  const hasTest = tables.has("test");
  if (tables.has("validation")) {
    const test = hasTest
      ? whole("test", all("test"))
      : { role: "train" as const, rows: [], how: "no file was given: there are no rows to predict without labels" };
    return checked(
      { train: whole("train", rows), validation: whole("validation", labelled("validation")), test },
      notes,
      train,
    );
  }
  const [rest, validation, test] = made(
    request,
    rows,
    hasTest ? ["train", "validation"] : ["train", "validation", "test"],
    notes,
  );
  return checked({ train: rest, validation, test: hasTest ? whole("test", all("test")) : test }, notes, train);
}

function need(tables: ReadonlyMap<FileRole, SourceTable>, role: FileRole): SourceTable {
  const table = tables.get(role);
  if (!table) throw new Error(`there is no file for ${role}`);
  return table;
}

function checked(splits: Record<SplitName, PlannedSplit>, notes: Note[], train: SourceTable): PlannedSplits {
  for (const name of ["train", "validation"] as const) {
    if (splits[name].rows.length > 0) continue;
    throw new Fault("import-splits", `${train.file} has too few rows: none is left for ${name}`, {
      hint: "Give more rows, or a file for validation.",
      where: { file: train.file },
    });
  }
  return { splits, notes };
}

function unlabelled(table: SourceTable, rows: readonly number[]): Note {
  const places = rows.slice(0, 20).map((row) => placeOfRow(table, row));
  return {
    kind: "warning",
    text: `${counted(rows.length, "row")} of ${table.file} ${rows.length === 1 ? "has" : "have"} no label and ${rows.length === 1 ? "is" : "are"} set aside: ${listed(places, rows.length)}`,
    file: table.file,
    ...(table.lines && { lines: rows.slice(0, 20).map((row) => table.lines?.[row] ?? 0) }),
  };
}

/** Parts of train's labelled rows, the first of them train itself. */
function made(request: SplitsRequest, rows: number[], names: readonly SplitName[], notes: Note[]): PlannedSplit[] {
  const { labels, classes, about } = request;
  const index = new Map(classes.map((name, k) => [name, k]));
  const values = labels.get("train") ?? [];
  const { groups, words } = groupsOf(request, rows);
  const shares = names.map((_, part) => (part === 0 ? 1 - MADE_SHARE * (names.length - 1) : MADE_SHARE));
  const seed = about.seed ?? 0;
  const parts = splitRows({
    rows,
    classes: Int32Array.from(rows, (row) => index.get(values[row] ?? "") ?? 0),
    groups,
    shares,
    seed,
  });
  const percent = (part: number): number => Math.round(shares[part] * 100);
  notes.push({
    kind: "note",
    text: `${listed(names)} are made from the rows of train: ${names.map((_, part) => `${percent(part)} %`).join(", ")}, each class in proportion, ${words} (seed ${seed})`,
  });
  return names.map((_, part) => ({ role: "train", rows: parts[part], how: `${percent(part)} % of train's rows` }));
}

function groupsOf(
  { tables, columns, about }: SplitsRequest,
  rows: readonly number[],
): { groups: Float64Array; words: string } {
  const train = need(tables, "train");
  const of = (hashes: Float64Array): Float64Array => Float64Array.from(rows, (row) => hashes[row]);
  if (about.group !== undefined) {
    const names = train.columns.map((column) => column.name);
    const name = findColumn(about.group, names);
    const column = train.columns.find((each) => each.name === name);
    if (!column)
      throw new Fault("import-group", `Cannot group by ${shown(about.group)}: ${train.file} has no such column`, {
        hint: `It has ${names.slice(0, 12).join(", ")}.`,
        where: { file: train.file },
      });
    const hashes = rowHashes([column], train.rows);
    const none = rowHashes([undefined], 1)[0];
    // A row without a group is one of its own.
    return {
      groups: Float64Array.from(rows, (row) => (hashes[row] === none ? -1 - row : hashes[row])),
      words: `rows of one ${shown(column.name)} together`,
    };
  }
  if (about.track === "matching") {
    const records = columns.filter((column) => column.level === "record" && column.decision.modality !== "ignored");
    const side = (name: "left" | "right"): Float64Array =>
      of(
        rowHashes(
          records.map((column) => column.parts.get("train")?.[name]),
          train.rows,
        ),
      );
    const { groups, kept } = groupPairs(side("left"), side("right"));
    const words = {
      records: "pairs that share a record together",
      "left records": "pairs of one left record together",
      pairs: "pair by pair",
    };
    return { groups, words: words[kept] };
  }
  const read = columns.filter((column) => column.decision.modality !== "ignored");
  const parts = read.map((column) => column.parts.get("train")?.own);
  return { groups: of(rowHashes(parts, train.rows)), words: "equal rows together" };
}
