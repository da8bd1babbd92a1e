import type { Sink } from "./matrix";

/**
 * A categorical column, one-hot: the kept categories, then "other" (seen too rarely in training, or not at all), then
 * missing.
 */
export interface FittedCategorical {
  kind: "categorical";
  name: string;
  /** In the order of their ids: by falling count, equal counts by name. */
  categories: string[];
}

export interface CategoricalOptions {
  /** The most frequent so many categories have a feature of their own. */
  most: number;
}

/** In so many rows a category of one row is taken for chance (an id, a typing error) and becomes "other". */
const ROWS_TO_DOUBT_ONE = 100;

/** Undefined for a column that says nothing: one category in every row, or (as ids) no category twice. */
export function fitCategorical(
  name: string,
  values: readonly (string | null)[],
  { most }: CategoricalOptions,
): FittedCategorical | undefined {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size < 2) return undefined;
  const least = values.length >= ROWS_TO_DOUBT_ONE ? 2 : 1;
  const kept = [...counts].filter((entry): entry is [string, number] => entry[0] !== null && entry[1] >= least);
  if (kept.length === 0 && !counts.has(null)) return undefined;
  kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { kind: "categorical", name, categories: kept.slice(0, most).map(([category]) => category) };
}

/** How much a category weighs beside a text or a picture of norm 1; measured as for numbers (numeric.ts). */
const SCALE = 0.4;

export const categoricalWidths = (fitted: FittedCategorical) => ({ sparse: fitted.categories.length + 2, dense: 0 });

export function writeCategorical(
  fitted: FittedCategorical,
  values: readonly (string | null)[],
): (row: number, sink: Sink) => void {
  const other = fitted.categories.length;
  const ids = new Map(fitted.categories.map((category, id) => [category, id]));
  return (row, sink) => {
    const value = values[row];
    sink.sparse(value === null ? other + 1 : (ids.get(value) ?? other), SCALE);
  };
}
