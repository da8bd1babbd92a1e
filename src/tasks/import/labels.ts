import { Fault } from "../../base";
import type { Track } from "../manifest";
import { isMissingLabel } from "./missing";
import { isPlainNumber } from "./numbers";
import { counted, holdsBytes, listed, type Note, type SourceColumn, shown } from "./source";

/** So many classes a task may have. */
export const MOST_CLASSES = 10_000;

/** A label column of one file, read: `null` where the row has none. */
export type LabelValues = (string | null)[];

export interface Labels {
  /** In the order of the columns given. */
  parts: LabelValues[];
  classes: string[];
  /** How the classes are kept: whole numbers and numbers stay numbers in SQL. */
  type: "BIGINT" | "DOUBLE" | "VARCHAR" | "INTEGER";
  /** How the file's values became classes, as a sentence without its stop. */
  rule: string;
  notes: Note[];
}

const TRUTH = /^(?:true|false|yes|no|y|n|t|f)$/i;

/** Words of a match and of its opposite. */
const MATCH =
  /^(?:true|t|yes|y|match(?:ed|es|ing)?|same|duplicates?|equal|identical|positive|pos|\+|related|entailment|paraphrase|linked?)$/i;
const NO_MATCH =
  /^(?:false|f|no|n|(?:non|not?|un|mis)[\s_-]?(?:match(?:ed|es|ing)?|duplicates?|same|equal|related|linked?)|different|distinct|unique|unequal|negative|neg|-|unrelated)$/i;

/**
 * The label columns of a task's files as classes. Numbers are written in one way (1, 1.0 and "1" are one class), truth
 * values too where the files spell them differently; other texts stay as they are.
 * @throws Fault `label-classes`, `label-numbers`, `label-values`
 */
export function readLabels(columns: readonly SourceColumn[], track: Track, name: string): Labels {
  const raw = columns.map(textsOfLabel);
  const counts = new Map<string, number>();
  for (const part of raw) for (const value of part) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const form = formOf([...counts.keys()]);
  const parts = raw.map((part) => part.map((value) => (value === null ? null : form.canonical(value))));
  const merged = new Map<string, number>();
  for (const [value, count] of counts) {
    const canonical = form.canonical(value);
    merged.set(canonical, (merged.get(canonical) ?? 0) + count);
  }
  return track === "matching" ? matching(parts, merged, name) : classification(parts, merged, form, name);
}

function textsOfLabel(column: SourceColumn): LabelValues {
  if (column.kind === "string" && !holdsBytes(column))
    return column.values.map((value) => {
      const text = value?.trim() ?? "";
      return isMissingLabel(text) ? null : text;
    });
  if (column.kind === "number")
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
  if (column.kind === "boolean") return column.values.map((value) => (value === null ? null : String(value)));
  throw new Fault(
    "label-values",
    `The column "${column.name}" cannot be the label: it holds ${holdsBytes(column) ? "bytes" : column.kind}`,
    {
      hint: "A label is a column of texts, numbers or truth values.",
    },
  );
}

interface Form {
  kind: "numbers" | "truth" | "texts";
  canonical: (value: string) => string;
}

function formOf(values: readonly string[]): Form {
  if (
    values.length > 0 &&
    values.every(
      (value) => isPlainNumber(value) && !/^[+-]?0\d/.test(value) && Number.isFinite(Number(value)) && isExact(value),
    )
  )
    return { kind: "numbers", canonical: (value) => String(Number(value)) };
  if (values.length > 2 && values.every((value) => TRUTH.test(value)))
    return { kind: "truth", canonical: (value) => (/^[ty]/i.test(value) ? "true" : "false") };
  return { kind: "texts", canonical: (value) => value };
}

/** Whether a double keeps the number to its last digit. */
function isExact(value: string): boolean {
  return !/^[+-]?\d{16,}$/.test(value) || Number.isSafeInteger(Number(value));
}

function classification(parts: LabelValues[], counts: Map<string, number>, form: Form, name: string): Labels {
  const classes = [...counts.keys()];
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (classes.length < 2)
    throw new Fault(
      "label-classes",
      classes.length === 0
        ? `The label "${name}" has no value in any row`
        : `The label "${name}" has one class only: ${shown(classes[0])}`,
      { hint: "A classification task needs two classes or more." },
    );
  const numeric = form.kind === "numbers";
  const broken = numeric && classes.some((value) => !/^-?\d+$/.test(value));
  if (broken && classes.length > 20 && classes.length > rows / 10)
    throw new Fault(
      "label-numbers",
      `The label "${name}" holds ${classes.length.toLocaleString("en")} different numbers in ${counted(rows, "row")}: it measures, it does not name classes`,
      { hint: "There is no track for regression. Bin the numbers into classes first, or choose another label." },
    );
  if (classes.length === rows && rows > 20)
    throw new Fault("label-values", `The label "${name}" has another value in every one of ${counted(rows, "row")}`, {
      hint: "It names the rows. Choose the column that holds their classes.",
    });
  if (classes.length > MOST_CLASSES)
    throw new Fault(
      "label-classes",
      `The label "${name}" has ${classes.length.toLocaleString("en")} classes; a task may have ${MOST_CLASSES.toLocaleString("en")}`,
      { hint: "Join the rare ones under one name, or choose a coarser label." },
    );
  classes.sort(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
  return {
    parts,
    classes,
    type: numeric ? (broken ? "DOUBLE" : "BIGINT") : "VARCHAR",
    rule: `${counted(classes.length, "class", "classes")}${{ numbers: ", numbers", truth: ", truth values spelt as true and false", texts: "" }[form.kind]}`,
    notes: lookalikes(classes),
  };
}

/** Classes that differ in capitals only are most often one class, spelt twice. */
function lookalikes(classes: readonly string[]): Note[] {
  const seen = new Map<string, string>();
  const notes: Note[] = [];
  for (const value of classes) {
    const other = seen.get(value.toLowerCase());
    if (other !== undefined)
      notes.push({ kind: "warning", text: `The classes ${shown(other)} and ${shown(value)} differ in capitals only` });
    else seen.set(value.toLowerCase(), value);
  }
  return notes.slice(0, 5);
}

function matching(parts: LabelValues[], counts: Map<string, number>, name: string): Labels {
  const values = [...counts.keys()];
  const refuse = (problem: string): Fault =>
    new Fault("label-classes", `The label "${name}" ${problem}`, {
      hint: "The label of a matching task has two values: one for a match, one for none.",
    });
  if (values.length === 0) throw refuse("has no value in any row");
  if (values.length > 2)
    throw refuse(
      `has ${counted(values.length, "value")}: ${listed(
        values.map((value) => shown(value, 20)),
        values.length,
        4,
      )}`,
    );
  if (values.length === 1) throw refuse(`has one value only: ${shown(values[0])}`);
  const { match, rule, doubtful } = matchOf(values[0], values[1], counts);
  return {
    parts: parts.map((part) => part.map((value) => (value === null ? null : value === match ? "1" : "0"))),
    classes: ["0", "1"],
    type: "INTEGER",
    rule,
    notes: doubtful ? [{ kind: "warning", text: `Label: ${rule}` }] : [],
  };
}

function matchOf(
  a: string,
  b: string,
  counts: Map<string, number>,
): { match: string; rule: string; doubtful: boolean } {
  const told = (match: string, other: string, why: string, doubtful = false) => ({
    match,
    rule:
      match === "1" && other === "0"
        ? "1 is a match, 0 is none"
        : `${shown(match)} is a match (1), ${shown(other)} is none (0): ${why}`,
    doubtful,
  });
  if (isPlainNumber(a) && isPlainNumber(b))
    return Number(a) > Number(b) ? told(a, b, "the larger number") : told(b, a, "the larger number");
  if (MATCH.test(a) !== MATCH.test(b)) return MATCH.test(a) ? told(a, b, "by the word") : told(b, a, "by the word");
  if (NO_MATCH.test(a) !== NO_MATCH.test(b))
    return NO_MATCH.test(a) ? told(b, a, "by the word") : told(a, b, "by the word");
  const rarer = (counts.get(a) ?? 0) <= (counts.get(b) ?? 0) ? a : b;
  return told(rarer, rarer === a ? b : a, "the rarer of the two values", true);
}
