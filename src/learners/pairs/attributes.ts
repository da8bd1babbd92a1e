import type { PictureColumn, PreparedColumn } from "../inputs";

export const LEFT = "left_";
export const RIGHT = "right_";

/** The references to records (`left_id`, `right_id`) are names, not attributes: they say nothing about a new pair. */
const RECORD_ID = "id";

/** The two sides of an attribute, ready to be compared. */
export type AttributeColumns =
  | { name: string; as: "text" | "categorical"; left: (string | null)[]; right: (string | null)[] }
  | { name: string; as: "numeric"; left: Float64Array; right: Float64Array }
  | { name: string; as: "picture"; left: PictureColumn; right: PictureColumn }
  | { name: string; as: "vector"; left: (Float32Array | null)[]; right: (Float32Array | null)[] };

/**
 * The attributes that have a `left_…` and a `right_…` column of kinds that can be compared, in the order of the left
 * columns. Numbers and texts, where the sides differ, are compared as texts; a picture with a text is not compared.
 */
export function attributesOf(columns: readonly PreparedColumn[]): AttributeColumns[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return columns.flatMap((left) => {
    if (!left.name.startsWith(LEFT)) return [];
    const name = left.name.slice(LEFT.length);
    const right = byName.get(RIGHT + name);
    if (!right || name === "" || name === RECORD_ID) return [];
    const attribute = joined(name, left, right);
    return attribute ? [attribute] : [];
  });
}

/** Names of the columns that are compared; the others have no partner. */
export function pairedColumns(columns: readonly PreparedColumn[]): string[] {
  return attributesOf(columns).flatMap(({ name }) => [LEFT + name, RIGHT + name]);
}

function joined(name: string, left: PreparedColumn, right: PreparedColumn): AttributeColumns | undefined {
  if (left.as === "numeric" && right.as === "numeric") {
    return { name, as: "numeric", left: left.values, right: right.values };
  }
  if (left.as === "picture" && right.as === "picture") return { name, as: "picture", left, right };
  if (left.as === "vector" && right.as === "vector") {
    return { name, as: "vector", left: left.values, right: right.values };
  }
  const texts = [left, right].map(textsOf);
  if (!texts[0] || !texts[1]) return undefined;
  const as = left.as === "categorical" && right.as === "categorical" ? "categorical" : "text";
  return { name, as, left: texts[0], right: texts[1] };
}

function textsOf(column: PreparedColumn): (string | null)[] | undefined {
  if (column.as === "text" || column.as === "categorical") return column.values;
  if (column.as !== "numeric") return undefined;
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}
