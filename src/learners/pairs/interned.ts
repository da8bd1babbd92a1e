import type { AttributeColumns } from "./attributes";

/** The values of both sides of an attribute, each distinct one kept once; a row's value is its number, or -1 if missing. */
export interface Interned<Value> {
  values: Value[];
  left: Int32Array;
  right: Int32Array;
}

/** An attribute whose values can be told apart by looking at them alone. */
export type InternedAttribute =
  | { name: string; as: "text" | "categorical"; interned: Interned<string> }
  | { name: string; as: "numeric"; interned: Interned<number> };

/** Undefined for pictures and vectors. Yields now and then. */
export function* internAttribute(attribute: AttributeColumns): Generator<number, InternedAttribute | undefined> {
  const { name } = attribute;
  switch (attribute.as) {
    case "text":
    case "categorical": {
      // A text of white space alone says as little as none.
      const interned = yield* intern(attribute.left, attribute.right, (value) => value.trim() === "");
      return { name, as: attribute.as, interned };
    }
    case "numeric":
      return { name, as: "numeric", interned: yield* intern<number>(attribute.left, attribute.right, Number.isNaN) };
    case "picture":
    case "vector":
      return undefined;
  }
}

const VALUES_A_STEP = 2048;

function* intern<Value>(
  left: ArrayLike<Value | null>,
  right: ArrayLike<Value | null>,
  isMissing: (value: Value) => boolean,
): Generator<number, Interned<Value>> {
  const known = new Map<Value, number>();
  const interned: Interned<Value> = {
    values: [],
    left: new Int32Array(left.length),
    right: new Int32Array(right.length),
  };
  const sides = [
    [left, interned.left],
    [right, interned.right],
  ] as const;
  for (const [side, [values, numbers]] of sides.entries()) {
    for (let row = 0; row < values.length; row++) {
      if (row % VALUES_A_STEP === 0) yield (side + row / values.length) / 2;
      const value = values[row];
      numbers[row] = value === null || isMissing(value) ? -1 : numberOf(value, known, interned.values);
    }
  }
  return interned;
}

function numberOf<Value>(value: Value, known: Map<Value, number>, values: Value[]): number {
  const number = known.get(value);
  if (number !== undefined) return number;
  known.set(value, values.length);
  return values.push(value) - 1;
}
