import type { InternedAttribute } from "./interned";

/** Which rows' sides hold the same record, as far as texts, categories and numbers tell: a number for each side of a row. */
export interface Records {
  count: number;
  left: Int32Array;
  right: Int32Array;
  /** Where each record is first seen: row `r`'s left side is `2 r`, its right side `2 r + 1`. */
  first: number[];
}

const SIDES_A_STEP = 4096;

/** Yields now and then. */
export function* recordsOf(rows: number, attributes: readonly InternedAttribute[]): Generator<number, Records> {
  const group = new Int32Array(2 * rows);
  let first: number[] = [0];
  for (const [i, attribute] of attributes.entries()) {
    const known = new Map<number, number>();
    const width = attribute.interned.values.length + 1;
    first = [];
    for (let side = 0; side < group.length; side++) {
      if (side % SIDES_A_STEP === 0) yield (i + side / group.length) / attributes.length;
      const key = group[side] * width + valueAt(attribute, side) + 1;
      let number = known.get(key);
      if (number === undefined) {
        number = first.push(side) - 1;
        known.set(key, number);
      }
      group[side] = number;
    }
  }
  return {
    count: first.length,
    left: Int32Array.from({ length: rows }, (_, row) => group[2 * row]),
    right: Int32Array.from({ length: rows }, (_, row) => group[2 * row + 1]),
    first,
  };
}

/** The number of the value that stands at a row's side; -1 is missing. */
export function valueAt({ interned }: InternedAttribute, side: number): number {
  return (side % 2 === 0 ? interned.left : interned.right)[side >> 1];
}

/** How many records have each of the attribute's values. */
export function recordsOfValues({ first }: Records, attribute: InternedAttribute): Uint32Array {
  const counts = new Uint32Array(attribute.interned.values.length);
  for (const side of first) {
    const value = valueAt(attribute, side);
    if (value >= 0) counts[value]++;
  }
  return counts;
}

/** Records as texts: their texts and categories one after the other. */
export interface RecordTexts extends Records {
  textOf(record: number): string;
}

type TextAttribute = Extract<InternedAttribute, { as: "text" | "categorical" }>;

/** Yields now and then. */
export function* recordTextsOf(rows: number, attributes: readonly InternedAttribute[]): Generator<number, RecordTexts> {
  const texts = attributes.filter((attribute): attribute is TextAttribute => attribute.as !== "numeric");
  const records = yield* recordsOf(rows, texts);
  return {
    ...records,
    textOf: (record) =>
      texts
        .map((attribute) => attribute.interned.values[valueAt(attribute, records.first[record])])
        .filter((text) => text !== undefined)
        .join(" | "),
  };
}
