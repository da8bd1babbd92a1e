import { sharedRows } from "../encoder";
import { input, type PreparedColumn } from "../inputs";
import { scaled } from "../steps";
import { type AttributeColumns, attributesOf } from "./attributes";
import { compareRows, missingSides } from "./comparison";
import { comparisonsOf } from "./comparisons";
import { type FittedPairs, PAIRS_VERSION } from "./fitted";

/** A `FeatureTable` of numbers alone. */
export interface PairTable {
  rows: number;
  features: NumberFeature[];
}

export interface NumberFeature {
  kind: "number";
  name: string;
  /** NaN is missing. */
  values: Float32Array;
}

/**
 * The features of pairs: of each row by itself, whatever other rows there are. Yields the share done.
 * @throws Fault `learner-input` for a column that is missing, of another kind or of another length than the rest;
 *   `model-stale` for what another version has fitted
 */
export function* pairFeatures(fitted: FittedPairs, columns: readonly PreparedColumn[]): Generator<number, PairTable> {
  if (fitted.version !== PAIRS_VERSION) throw stale(fitted.version);
  const rows = sharedRows(columns);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const features = yield* featuresOfRows(fitted, attributesOf(columns), rows, all, new Set(fitted.features));
  return { rows, features };
}

/** The features of some of the rows: those that are wanted by name, or all. */
export function* featuresOfRows(
  fitted: Pick<FittedPairs, "attributes" | "record">,
  attributes: readonly AttributeColumns[],
  rows: number,
  picked: Int32Array,
  wanted?: ReadonlySet<string>,
): Generator<number, NumberFeature[]> {
  const features: NumberFeature[] = [];
  const names = new Set<string>();
  const add = (name: string, values: Float32Array): void => {
    // An attribute may be called "record", or by what another one's feature is called.
    const own = names.has(name) ? `${name} (${names.size})` : name;
    names.add(own);
    if (!wanted || wanted.has(own)) features.push({ kind: "number", name: own, values });
  };
  const equal = new Float32Array(picked.length);
  const comparable = new Float32Array(picked.length);
  const comparisons = yield* scaled(0, 0.1, comparisonsOf(fitted, attributes, rows));
  for (const [i, comparison] of comparisons.entries()) {
    const [from, to] = [i, i + 1].map((done) => 0.1 + (0.9 * done) / comparisons.length);
    const columns = yield* scaled(from, to, compareRows(comparison, picked));
    const { attribute } = comparison;
    for (const [k, name] of comparison.features.entries()) {
      add(name, columns[k]);
      if (name === `${attribute}.equal`) countEqual(columns[k], equal, comparable);
    }
    if (attribute !== undefined) add(`${attribute}.missing`, missingSides(comparison, picked));
  }
  add(
    "record.equal_share",
    equal.map((count, row) => count / comparable[row]),
  );
  return features;
}

/** Counts for each row the attributes of equal values, and those that both sides have. */
function countEqual(column: Float32Array, equal: Float32Array, comparable: Float32Array): void {
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row])) continue;
    equal[row] += column[row];
    comparable[row]++;
  }
}

function stale(version: number): Error {
  return input(
    `Cannot compare pairs: the comparison was fitted by version ${version}, this Polytab has ${PAIRS_VERSION}`,
    {
      hint: "Train the model again.",
    },
  );
}
