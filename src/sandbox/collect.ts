import { Fault } from "../base";
import type { Column, Table } from "../table";
import type { FeatureColumn, FeatureType } from "./protocol";
import { TextFeature } from "./toolbox";

export const MOST_COLUMNS = 4096;
export const LONGEST_VECTOR = 65_536;
const LONGEST_NAME = 200;
/** Names that would reach into objects which later hold columns by name. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export interface CollectedSplit {
  name: string;
  rows: number;
  idAt(index: number): string;
}

export interface Collected {
  splits: { name: string; table: Table }[];
  columns: FeatureColumn[];
  warnings: string[];
}

export interface Collector {
  /** Takes one row's record. Vectors are copied: user code may use one array again and again. */
  add(split: number, row: number, record: unknown): void;
  /** Types every column over all rows of all splits; the first split is the training data. */
  finish(): Collected;
}

type Kept = number | boolean | string | TextFeature | Float32Array | null | undefined;

/** What a feature gave so far. */
interface Feature {
  name: string;
  /** By split and row: numbers as long as there is nothing else, NaN where missing. None before the first value. */
  numbers?: Float64Array[];
  values?: Kept[][];
  /** Whether a row of train gave anything but `undefined` and NaN (null counts), and whether one gave NaN. */
  isTold: boolean;
  isNaN: boolean;
}

/**
 * Gathers the records that a feature function returns into typed columns.
 *
 * `null`, `undefined`, NaN and an absent key are missing. Infinity (a ratio by zero, a log of zero) becomes the
 * largest or smallest finite number of the column's training rows, with a warning. A column has one type on every
 * row of every split; a vector has one length, and only finite numbers.
 * @throws Fault `code-feature-value`, `code-mixed-types`, `code-no-features`, `code-empty-feature`
 */
export function createCollector(splits: readonly CollectedSplit[], options: { isPreview: boolean }): Collector {
  const features = new Map<string, Feature>();
  const placeOf = (split: number, row: number): string => `row "${splits[split].idAt(row)}" of ${splits[split].name}`;

  const open = (name: string): Feature => {
    if (FORBIDDEN_NAMES.has(name) || name.length > LONGEST_NAME || name.trim() === "") {
      throw new Fault("code-feature-value", `A feature cannot be called "${name.slice(0, 40)}"`, {
        hint: `Choose another name, of 1 to ${LONGEST_NAME} characters.`,
      });
    }
    if (features.size >= MOST_COLUMNS) {
      throw new Fault("code-feature-value", `There are more than ${MOST_COLUMNS} features`, {
        hint: "Return many numbers as one vector: an array of numbers under one name.",
      });
    }
    const feature: Feature = { name, isTold: false, isNaN: false };
    features.set(name, feature);
    return feature;
  };
  const addNumber = (feature: Feature, split: number, row: number, value: number): void => {
    if (split === 0) {
      if (Number.isNaN(value)) feature.isNaN = true;
      else feature.isTold = true;
    }
    if (feature.values) feature.values[split][row] = value;
    else {
      feature.numbers ??= splits.map(({ rows }) => new Float64Array(rows).fill(Number.NaN));
      feature.numbers[split][row] = value;
    }
  };
  const addOther = (feature: Feature, split: number, row: number, value: Exclude<Kept, number>): void => {
    if (split === 0 && value !== undefined) feature.isTold = true;
    if (value === undefined || value === null) return;
    feature.values ??=
      feature.numbers?.map((numbers) => Array.from(numbers)) ?? splits.map(({ rows }) => emptyOf(rows));
    feature.numbers = undefined;
    feature.values[split][row] = value;
  };

  return {
    add(split, row, record) {
      if (typeof record !== "object" || record === null || Array.isArray(record)) {
        throw new Fault(
          "code-feature-value",
          `The feature function returned ${kindOf(record)} for ${placeOf(split, row)}`,
          {
            hint: "It must return a record: defineFeatures((row) => ({ name: value })). Mind the parentheses around { … }.",
          },
        );
      }
      for (const name of Object.keys(record)) {
        const feature = features.get(name) ?? open(name);
        const value = (record as Record<string, unknown>)[name];
        if (typeof value === "number") addNumber(feature, split, row, value);
        else
          addOther(
            feature,
            split,
            row,
            typeof value === "string" ? value : kept(name, value, () => placeOf(split, row)),
          );
      }
    },

    finish() {
      if (features.size === 0) {
        throw new Fault("code-no-features", "The feature function returned no feature on any row", {
          hint: "Return a record with at least one value: ({ name_length: row.name.length }).",
        });
      }
      const warnings: string[] = [];
      const tables = splits.map(({ name, rows }) => ({ name, table: { rows, columns: [] as Column[] } }));
      const columns = Array.from(features.values(), (feature) => {
        const type = typeOf(feature, placeOf);
        warnIfEmpty(feature, splits[0], options.isPreview, warnings);
        const made =
          type === "numeric"
            ? numericColumns(feature, splits, warnings)
            : (feature.values ?? []).map((values) => otherColumn(feature.name, type, values));
        for (const [split, column] of made.entries()) tables[split].table.columns.push(column);
        return { name: feature.name, type };
      });
      return { splits: tables, columns, warnings };
    },
  };
}

function emptyOf(rows: number): Kept[] {
  return new Array<Kept>(rows).fill(undefined);
}

/** One value as it is kept; vectors become Float32, as every table holds them. */
function kept(name: string, value: unknown, place: () => string): Exclude<Kept, number> {
  if (value === null || value === undefined || typeof value === "boolean" || value instanceof TextFeature) return value;
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return vectorOf(name, value as unknown as ArrayLike<unknown>, place);
  }
  throw new Fault("code-feature-value", `The feature "${name}" is ${kindOf(value)} in ${place()}`, {
    hint: wayOutOf(value),
  });
}

function vectorOf(name: string, value: ArrayLike<unknown>, place: () => string): Float32Array {
  if (value.length === 0 || value.length > LONGEST_VECTOR) {
    throw new Fault(
      "code-feature-value",
      `The feature "${name}" is a vector of ${value.length} numbers in ${place()}`,
      {
        hint: `A vector has 1 to ${LONGEST_VECTOR} numbers. Return null where it is missing.`,
      },
    );
  }
  const vector = new Float32Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    vector[i] = typeof item === "number" ? item : Number.NaN;
    if (Number.isFinite(vector[i])) continue;
    throw new Fault("code-feature-value", `The feature "${name}" has ${kindOf(item)} at position ${i} in ${place()}`, {
      hint: "A vector holds finite numbers only. Put a number of your own where one is missing, or return null for the whole vector.",
    });
  }
  return vector;
}

/** The one type of a feature; numeric where it is missing everywhere. */
function typeOf(feature: Feature, placeOf: (split: number, row: number) => string): FeatureType {
  let type: FeatureType | undefined;
  let first = "";
  let length = 0;
  for (const [split, values] of (feature.values ?? []).entries()) {
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (value === null || value === undefined || Number.isNaN(value)) continue;
      const own = typeOfValue(value);
      if (type === undefined) {
        type = own;
        first = placeOf(split, row);
        if (value instanceof Float32Array) length = value.length;
      } else if (own !== type) throw mixed(feature.name, type, first, own, placeOf(split, row));
      else if (value instanceof Float32Array && value.length !== length) {
        throw new Fault(
          "code-mixed-types",
          `The feature "${feature.name}" is a vector of ${length} numbers in ${first} and of ${value.length} in ${placeOf(split, row)}`,
          { hint: "A vector has the same length on every row." },
        );
      }
    }
  }
  return type ?? "numeric";
}

function typeOfValue(value: NonNullable<Kept>): FeatureType {
  if (typeof value === "number") return "numeric";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "categorical";
  return value instanceof TextFeature ? "text" : "vector";
}

const said: Record<FeatureType, string> = {
  numeric: "a number",
  boolean: "a boolean",
  categorical: "a string",
  text: "text(…)",
  vector: "a vector",
};

function mixed(name: string, type: FeatureType, first: string, other: FeatureType, second: string): Fault {
  const texts = new Set([type, other]);
  const hint =
    texts.has("text") && texts.has("categorical")
      ? "Wrap it in text(…) on every row, or on none."
      : "Return one type on every row, and null where the value is missing.";
  const message = `The feature "${name}" is ${said[type]} in ${first} and ${said[other]} in ${second}`;
  return new Fault("code-mixed-types", message, { hint });
}

/** A misspelt property gives undefined, and arithmetic with it NaN: on every row, and without an error. */
function warnIfEmpty(feature: Feature, train: CollectedSplit, isPreview: boolean, warnings: string[]): void {
  if (train.rows === 0 || feature.isTold) return;
  const what = feature.isNaN ? "NaN" : "undefined";
  const rows = `all ${train.rows.toLocaleString("en")} rows of ${train.name}`;
  const message = `The feature "${feature.name}" is ${what} on ${rows}`;
  if (what === "undefined" && !isPreview) {
    throw new Fault("code-empty-feature", message, {
      hint: "A property may be misspelt. Return null where a value is missing on purpose.",
    });
  }
  warnings.push(`${message}: it tells nothing. Is a property misspelt?`);
}

/** The numbers themselves, the infinite ones replaced. */
function numericColumns(feature: Feature, splits: readonly CollectedSplit[], warnings: string[]): Column[] {
  const numbers = feature.numbers ?? splits.map(({ rows }) => new Float64Array(rows).fill(Number.NaN));
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of numbers[0]) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const hasFinite = least <= most;
  let clipped = 0;
  let first = "";
  for (const [split, values] of numbers.entries()) {
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (value !== Number.POSITIVE_INFINITY && value !== Number.NEGATIVE_INFINITY) continue;
      if (clipped++ === 0) first = `row "${splits[split].idAt(row)}" of ${splits[split].name}`;
      values[row] = hasFinite ? (value > 0 ? most : least) : Number.NaN;
    }
  }
  if (clipped > 0) {
    const into = hasFinite ? `became ${least} or ${most}, the training rows' finite range` : "became missing";
    warnings.push(
      `The feature "${feature.name}" is infinite on ${clipped.toLocaleString("en")} rows, first in ${first}: these ${into}.`,
    );
  }
  return numbers.map((values) => ({ kind: "number", name: feature.name, values }));
}

function otherColumn(name: string, type: Exclude<FeatureType, "numeric">, values: Kept[]): Column {
  if (type === "vector") return { kind: "vector", name, values: packed(values) };
  if (type === "boolean")
    return { kind: "boolean", name, values: values.map((v) => (typeof v === "boolean" ? v : null)) };
  const texts = values.map((v) => (v instanceof TextFeature ? v.value : typeof v === "string" ? v : null));
  return { kind: "string", name, values: texts };
}

/** Vectors as views of one buffer: ten thousand buffers would each be sent on their own. */
function packed(kept: Kept[]): (Float32Array | null)[] {
  const isVector = (value: Kept): value is Float32Array => value instanceof Float32Array;
  const all = new Float32Array(kept.reduce<number>((sum, value) => sum + (isVector(value) ? value.length : 0), 0));
  let at = 0;
  return kept.map((value) => {
    if (!isVector(value)) return null;
    all.set(value, at);
    at += value.length;
    return all.subarray(at - value.length, at);
  });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === "number") return String(value);
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

function wayOutOf(value: unknown): string {
  if (value instanceof Date) return "Give its parts as numbers: ...dateParts(value.toISOString()).";
  if (typeof value === "bigint") return "Write Number(…) around it.";
  if (typeof value === "function") return "It may lack the parentheses of a call.";
  if (value instanceof Promise) return "Write `await` before it, and `async` before the function.";
  return "A feature is a number, a boolean, a string (a category), text(…), an array of numbers, or null.";
}
