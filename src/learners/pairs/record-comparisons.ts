import type { Comparison } from "./comparison";
import type { InternedAttribute } from "./interned";
import { lazy } from "./lazy";
import type { Lexicon } from "./lexicon";
import { closest } from "./numbers";
import { recordTextsOf } from "./records";
import { RECORD_FEATURES, textLikeness } from "./text-likeness";
import { profileOf, type TextProfile } from "./text-profile";
import { coveredBy } from "./word-matches";

/** An attribute, with its texts as they are compared. */
export type ReadAttribute =
  | { attribute: InternedAttribute & { as: "numeric" } }
  | { attribute: InternedAttribute & { as: "text" | "categorical" }; profile: (value: number) => TextProfile };

/**
 * Compares across attributes, since values may stand in the wrong one or inside a text: whole records as texts, and how much
 * of each value is found anywhere in the record on the other side. Yields now and then.
 */
export function* compareRecords(
  idf: (word: string) => number,
  attributes: readonly ReadAttribute[],
  lexicon: Lexicon,
  rows: number,
): Generator<number, Comparison[]> {
  const interned = attributes.map(({ attribute }) => attribute);
  const { left, right, textOf } = yield* recordTextsOf(rows, interned);
  const record = lazy((number) => profileOf(textOf(number), lexicon, idf));
  const whole: Comparison = {
    features: RECORD_FEATURES.map((feature) => `record.${feature}`),
    left,
    right,
    compare: (a, b, out) => textLikeness(RECORD_FEATURES, record(a), record(b), out),
  };
  const anywhere = attributes.flatMap((own) => {
    const { name, interned } = own.attribute;
    const compare = foundIn(own, record);
    // In a text are many numbers, and one of them is near by chance: only where the attribute itself says nothing.
    const where = (records: Int32Array, values: Int32Array): Int32Array =>
      own.attribute.as === "numeric" ? records.map((other, row) => (values[row] < 0 ? other : -1)) : records;
    return [
      { features: [`${name}.left_anywhere`], left: interned.left, right: where(right, interned.right), compare },
      { features: [`${name}.right_anywhere`], left: interned.right, right: where(left, interned.left), compare },
    ];
  });
  return [whole, ...anywhere];
}

/** Of a text: the share of its words, by idf. Of a number: how far the closest one in the record's texts is from it. */
function foundIn(own: ReadAttribute, record: (number: number) => TextProfile): Comparison["compare"] {
  if ("profile" in own) {
    return (value, other, out) => {
      out[0] = coveredBy(own.profile(value), record(other));
    };
  }
  const { values } = own.attribute.interned;
  return (value, other, out) => {
    out[0] = closest(Float64Array.of(values[value]), record(other).numbers.values);
  };
}
