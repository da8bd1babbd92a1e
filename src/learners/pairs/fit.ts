import { sharedRows } from "../encoder";
import { IMAGE_FEATURES } from "../image";
import type { PictureColumn, PreparedColumn } from "../inputs";
import type { PictureStore } from "../pictures";
import { scaled } from "../steps";
import { type AttributeColumns, attributesOf } from "./attributes";
import { featuresOfRows, type NumberFeature } from "./features";
import { type FittedAttribute, type FittedPairs, PAIRS_VERSION } from "./fitted";
import { type InternedAttribute, internAttribute } from "./interned";
import { fitNumbers } from "./number-likeness";
import { fitPictures } from "./picture-likeness";
import { type Records, recordsOf, recordsOfValues, recordTextsOf } from "./records";
import { readText, readWords } from "./text-profile";
import { checkVector } from "./vector-likeness";
import { fitWhitening } from "./whitening";
import { countWords, type WordCounts } from "./word-weights";

export interface PairOptions {
  /** The most frequent so many words of an attribute are kept with their weights; the rest counts as rare. */
  mostWords: number;
  /** So many pictures or vectors, evenly spaced, tell the axes along which they are compared. */
  mostVectors: number;
  /** So many rows, evenly spaced, tell which features say anything. */
  mostRows: number;
}

export const PAIR_OPTIONS: PairOptions = { mostWords: 40_000, mostVectors: 2000, mostRows: 4096 };

/** How many axes vectors are compared along. */
const VECTOR_AXES = 48;
/** Longer vectors would take seconds; so would too many of long ones, whose covariance takes this many products. */
const LONGEST_WHITENED = 768;
const MOST_PRODUCTS = 4e8;
/** A feature says nothing that is other than its most frequent value (or missing) in a smaller share of rows than this. */
const LEAST_SHARE = 0.004;

/**
 * Learns from training rows how their pairs are to be compared; labels are not asked for. Undefined where no column has a
 * partner on the other side. Yields the share done.
 * @throws Fault `learner-input` for columns or vectors of different lengths
 */
export function* fitPairs(
  columns: readonly PreparedColumn[],
  options: PairOptions = PAIR_OPTIONS,
): Generator<number, FittedPairs | undefined> {
  const rows = sharedRows(columns);
  const attributes = attributesOf(columns);
  if (attributes.length === 0 || rows === 0) return undefined;
  const interned: (InternedAttribute | undefined)[] = [];
  for (const [i, attribute] of attributes.entries()) {
    const [from, to] = [i, i + 1].map((done) => (0.1 * done) / attributes.length);
    interned.push(yield* scaled(from, to, internAttribute(attribute)));
  }
  const known = interned.filter((attribute) => attribute !== undefined);
  const records = yield* scaled(0.1, 0.2, recordsOf(rows, known));
  const fitted: FittedAttribute[] = [];
  for (const [i, attribute] of attributes.entries()) {
    const [from, to] = [i, i + 1].map((done) => 0.2 + (0.2 * done) / attributes.length);
    fitted.push(yield* scaled(from, to, fitAttribute(attribute, interned[i], records, options)));
  }
  const record = yield* scaled(0.4, 0.5, fitRecord(rows, known, options));
  const own = { version: PAIRS_VERSION, attributes: fitted, ...(record && { record }) };
  const picked = evenly(rows, options.mostRows);
  const features = yield* scaled(0.5, 0.95, featuresOfRows(own, attributes, rows, picked));
  return { ...own, features: yield* scaled(0.95, 1, telling(features)) };
}

function* fitAttribute(
  attribute: AttributeColumns,
  interned: InternedAttribute | undefined,
  records: Records,
  options: PairOptions,
): Generator<number, FittedAttribute> {
  const { name } = attribute;
  if (attribute.as === "picture") {
    const pictures = evenly(distinctPictures(attribute), options.mostVectors);
    return { kind: "picture", name, whitenings: yield* fitPictures(pictures) };
  }
  if (attribute.as === "vector") return yield* fitVectors(attribute, options);
  if (!interned) throw new Error(`"${name}" has no values`);
  const counts = recordsOfValues(records, interned);
  if (interned.as === "numeric") return { kind: "numeric", name, knots: fitNumbers(interned.interned.values, counts) };
  const { values } = interned.interned;
  const wordsOf = (i: number) => ({ words: readWords(values[i]), records: counts[i] });
  const words = yield* scaled(0, 0.5, countWords(values.length, wordsOf, options));
  if (interned.as === "text") return { kind: "text", name, words };
  const wholeOf = (i: number) => ({ words: [readText(values[i])], records: counts[i] });
  const whole = yield* scaled(0.5, 1, countWords(values.length, wholeOf, options));
  return { kind: "categorical", name, words, values: whole };
}

/** Words of whole records, where one attribute at least is of text and there is another one. */
function* fitRecord(
  rows: number,
  attributes: readonly InternedAttribute[],
  options: PairOptions,
): Generator<number, WordCounts | undefined> {
  if (attributes.length < 2 || attributes.every(({ as }) => as === "numeric")) return undefined;
  const { count, textOf } = yield* scaled(0, 0.5, recordTextsOf(rows, attributes));
  const wordsOf = (record: number) => ({ words: readWords(textOf(record)), records: 1 });
  return yield* scaled(0.5, 1, countWords(count, wordsOf, options));
}

function* fitVectors(
  { name, left, right }: AttributeColumns & { as: "vector" },
  { mostVectors }: PairOptions,
): Generator<number, FittedAttribute> {
  const vectorAt = (side: number) => (side % 2 === 0 ? left : right)[side >> 1];
  const present = Array.from({ length: 2 * left.length }, (_, side) => side).filter((side) => vectorAt(side) !== null);
  const length = vectorAt(present[0] ?? 0)?.length ?? 0;
  const most = Math.min(mostVectors, Math.ceil(MOST_PRODUCTS / (length * length + 1)));
  const vectors = evenly(present, most).map((side) => {
    const vector = vectorAt(side) as Float32Array;
    checkVector(vector, length, { attribute: name, side });
    return vector;
  });
  const read = (i: number, out: Float64Array): void => out.set(vectors[i]);
  const axes = length > LONGEST_WHITENED ? 0 : VECTOR_AXES;
  const whitening = yield* fitWhitening({ count: vectors.length, length, read }, axes);
  return { kind: "vector", name, length, whitening };
}

/** Features of each picture that the rows show, once, in the order of their first sight. */
function distinctPictures({ left, right }: { left: PictureColumn; right: PictureColumn }): Float32Array[] {
  const seen = new Map<PictureStore, Set<number>>();
  for (const { index, store } of [left, right]) {
    const numbers = seen.get(store) ?? new Set();
    for (const number of index) if (number >= 0) numbers.add(number);
    seen.set(store, numbers);
  }
  return [...seen].flatMap(([{ features }, numbers]) =>
    Array.from(numbers, (number) => features.subarray(number * IMAGE_FEATURES, (number + 1) * IMAGE_FEATURES)),
  );
}

/** Names of the features that are not (nearly) the same in all rows, nor the same as one before. */
function* telling(features: readonly NumberFeature[]): Generator<number, string[]> {
  const kept: NumberFeature[] = [];
  for (const [i, feature] of features.entries()) {
    yield i / features.length;
    const { values } = feature;
    const least = Math.max(1, LEAST_SHARE * values.length);
    if (values.length - mostFrequent(values) < least) continue;
    if (kept.some((other) => values.every((value, row) => Object.is(value, other.values[row])))) continue;
    kept.push(feature);
  }
  return kept.map(({ name }) => name);
}

function mostFrequent(values: Float32Array): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    most = Math.max(most, count);
  }
  return most;
}

/** At most `most` of the items or of the numbers below `items`, evenly spaced. */
function evenly(items: number, most: number): Int32Array;
function evenly<Item>(items: readonly Item[], most: number): Item[];
function evenly<Item>(items: readonly Item[] | number, most: number): Item[] | Int32Array {
  const length = typeof items === "number" ? items : items.length;
  const count = Math.min(length, most);
  const numbers = Int32Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
  return typeof items === "number" ? numbers : Array.from(numbers, (number) => items[number]);
}
