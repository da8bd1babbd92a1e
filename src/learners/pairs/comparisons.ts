import { input } from "../inputs";
import { scaled } from "../steps";
import { compareNumbers, comparePictures, compareTexts, compareVectors } from "./attribute-comparisons";
import type { AttributeColumns } from "./attributes";
import type { Comparison } from "./comparison";
import type { FittedAttribute, FittedPairs } from "./fitted";
import { internAttribute } from "./interned";
import { lazy } from "./lazy";
import { Lexicon } from "./lexicon";
import { compareRecords, type ReadAttribute } from "./record-comparisons";
import { profileOf } from "./text-profile";
import { idfOf } from "./word-weights";

/**
 * The ways in which the rows' sides are compared: each attribute by itself, in the order of the fitted ones, then across
 * attributes. Texts are read when a row first needs them. Yields now and then.
 * @throws Fault `learner-input` for an attribute that is missing or of another kind than in training
 */
export function* comparisonsOf(
  fitted: Pick<FittedPairs, "attributes" | "record">,
  columns: readonly AttributeColumns[],
  rows: number,
): Generator<number, Comparison[]> {
  const lexicon = new Lexicon();
  const comparisons: Comparison[] = [];
  const read: ReadAttribute[] = [];
  const share = 1 / (fitted.attributes.length + 1);
  for (const [i, own] of fitted.attributes.entries()) {
    const sides = columnsOf(own, columns);
    if (own.kind === "picture" && sides.as === "picture") comparisons.push(comparePictures(own, sides));
    if (own.kind === "vector" && sides.as === "vector") comparisons.push(compareVectors(own, sides));
    const attribute = yield* scaled(i * share, (i + 1) * share, internAttribute(sides));
    if (own.kind === "numeric" && attribute?.as === "numeric") {
      comparisons.push(compareNumbers(own, attribute));
      read.push({ attribute });
    }
    if ((own.kind === "text" || own.kind === "categorical") && attribute && attribute.as !== "numeric") {
      const idf = idfOf(own.words);
      const profile = lazy((value) => profileOf(attribute.interned.values[value], lexicon, idf));
      comparisons.push(compareTexts(own, attribute, profile));
      read.push({ attribute, profile });
    }
  }
  if (!fitted.record) return comparisons;
  const across = yield* scaled(1 - share, 1, compareRecords(idfOf(fitted.record), read, lexicon, rows));
  return [...comparisons, ...across];
}

function columnsOf({ name, kind }: FittedAttribute, columns: readonly AttributeColumns[]): AttributeColumns {
  const found = columns.find((column) => column.name === name);
  if (!found) {
    throw input(`Cannot compare "${name}": the columns "left_${name}" and "right_${name}" of training are missing`);
  }
  if (found.as === kind) return found;
  throw input(`Cannot compare "${name}": it was ${kind} in training and is ${found.as} now`);
}
