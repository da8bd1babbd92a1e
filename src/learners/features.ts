import type { Feature, FeatureTable } from "./feature-table";
import { IMAGE_FEATURES, pictureSummary, SUMMARY_NAMES } from "./image";
import type { PictureColumn, PreparedColumn } from "./inputs";
import { input, rowsOfColumn } from "./inputs";

/** How one column becomes features for trees. */
export type FittedFeature =
  | { kind: "number"; name: string }
  /** Codes in this order; what is not in it has the code after the last, missing has -1. */
  | { kind: "category"; name: string; categories: string[] }
  | { kind: "text"; name: string }
  | { kind: "image"; name: string }
  | { kind: "vector"; name: string; length: number }
  | { kind: "unused"; name: string; reason: string };

/** A split by category has to try them; the rarest share one code. */
const MOST_CATEGORIES = 200;
/** Longer vectors (embeddings) reach the trees by a linear model's out-of-fold probabilities instead. */
export const LONGEST_VECTOR = 32;

/** What the training rows say of each column. Yields the share done. */
export function* fitFeatures(columns: readonly PreparedColumn[]): Generator<number, FittedFeature[]> {
  const fitted: FittedFeature[] = [];
  for (const column of columns) {
    fitted.push(fitFeature(column));
    yield fitted.length / columns.length;
  }
  return fitted;
}

function fitFeature(column: PreparedColumn): FittedFeature {
  const { name } = column;
  switch (column.as) {
    case "numeric":
      return { kind: "number", name };
    case "text":
      return { kind: "text", name };
    case "picture":
      return { kind: "image", name };
    case "vector": {
      const length = column.values.find((value) => value !== null)?.length ?? 0;
      if (length > 0 && length <= LONGEST_VECTOR) return { kind: "vector", name, length };
      return {
        kind: "unused",
        name,
        reason: `"${name}" has vectors of ${length} numbers, which trees do not split on`,
      };
    }
    case "categorical": {
      const counts = new Map<string, number>();
      for (const value of column.values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
      const kept = [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      const categories = kept.slice(0, MOST_CATEGORIES).map(([category]) => category);
      if (categories.length > 0) return { kind: "category", name, categories };
      return { kind: "unused", name, reason: `"${name}" has no category twice` };
    }
  }
}

/** How many features a column becomes. */
export function widthOfFeature(fitted: FittedFeature): number {
  switch (fitted.kind) {
    case "number":
    case "category":
      return 1;
    case "text":
      return TEXT_FACTS.length;
    case "image":
      return SUMMARY_NAMES.length;
    case "vector":
      return fitted.length;
    case "unused":
      return 0;
  }
}

/** The features of rows. Yields the share done. @throws Fault `learner-input` for a column that is missing or of another kind */
export function* featuresOf(
  fitted: readonly FittedFeature[],
  columns: readonly PreparedColumn[],
): Generator<number, FeatureTable> {
  const features: Feature[] = [];
  for (const [index, feature] of fitted.entries()) {
    const column =
      columns[index]?.name === feature.name ? columns[index] : columns.find(({ name }) => name === feature.name);
    if (!column) throw input(`Cannot encode: the column "${feature.name}" that was there in training is missing`);
    features.push(...featuresOfColumn(feature, column));
    yield (index + 1) / fitted.length;
  }
  return { rows: columns.length === 0 ? 0 : rowsOfColumn(columns[0]), features };
}

function featuresOfColumn(fitted: FittedFeature, column: PreparedColumn): Feature[] {
  const { name } = fitted;
  if (fitted.kind === "unused") return [];
  if (fitted.kind === "number" && column.as === "numeric") {
    return [{ kind: "number", name, values: Float32Array.from(column.values) }];
  }
  if (fitted.kind === "category" && column.as === "categorical") {
    const codes = new Map(fitted.categories.map((category, code) => [category, code]));
    const other = fitted.categories.length;
    return [
      {
        kind: "category",
        name,
        codes: Int32Array.from(column.values, (value) => (value === null ? -1 : (codes.get(value) ?? other))),
        categories: other + 1,
      },
    ];
  }
  if (fitted.kind === "text" && column.as === "text") return textFacts(name, column.values);
  if (fitted.kind === "image" && column.as === "picture") return pictureFacts(name, column);
  if (fitted.kind === "vector" && column.as === "vector") return vectorNumbers(fitted, column.values);
  throw input(`Cannot encode "${name}": it was ${fitted.kind} in training and is ${column.as} now`);
}

const TEXT_FACTS = ["length", "words", "digits", "capitals", "marks"] as const;
const MARKS = /[^\p{L}\p{N}\s]/gu;

/** Length in UTF-16 units, words, and the shares of digits, capitals and marks. What the words say, a linear model reads. */
function textFacts(name: string, values: readonly (string | null)[]): Feature[] {
  const facts = TEXT_FACTS.map(() => new Float32Array(values.length).fill(Number.NaN));
  values.forEach((value, row) => {
    if (value === null) return;
    const share = (pattern: RegExp) => (value.match(pattern)?.length ?? 0) / Math.max(1, value.length);
    facts[0][row] = value.length;
    facts[1][row] = value.split(/\s+/).filter(Boolean).length;
    facts[2][row] = share(/\p{N}/gu);
    facts[3][row] = share(/\p{Lu}/gu);
    facts[4][row] = share(MARKS);
  });
  return TEXT_FACTS.map((fact, i) => ({ kind: "number", name: `${name}.${fact}`, values: facts[i] }));
}

function pictureFacts(name: string, { index, store }: PictureColumn): Feature[] {
  const facts = SUMMARY_NAMES.map(() => new Float32Array(index.length).fill(Number.NaN));
  index.forEach((number, row) => {
    if (number < 0) return;
    const own = store.features.subarray(number * IMAGE_FEATURES, (number + 1) * IMAGE_FEATURES);
    pictureSummary(own).forEach((value, i) => {
      facts[i][row] = value;
    });
  });
  return SUMMARY_NAMES.map((fact, i) => ({ kind: "number", name: `${name}.${fact}`, values: facts[i] }));
}

function vectorNumbers(
  { name, length }: { name: string; length: number },
  values: readonly (Float32Array | null)[],
): Feature[] {
  return Array.from({ length }, (_, i) => ({
    kind: "number",
    name: `${name}.${i}`,
    values: Float32Array.from(values, (value) => value?.[i] ?? Number.NaN),
  }));
}
