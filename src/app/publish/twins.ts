import { quoted, type Relation } from "../../data";
import type { FieldType } from "../../tasks";

type Typed = Relation["columns"][number];

const PICTURE = /^STRUCT\((?:.*, )?"?bytes"? BLOB[,)]/i;

/** What a column of the engine is called in a description of the task. */
export function fieldTypeOf(type: string): FieldType {
  if (PICTURE.test(type) || type === "BLOB") return "PICTURE";
  if (/^U?(?:TINY|SMALL|BIG)?INT(?:EGER)?$/.test(type)) return "INTEGER";
  if (/^(?:FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) return "DOUBLE";
  if (type.endsWith("[]")) return "VECTOR";
  if (type === "BOOLEAN" || type === "DATE") return type;
  return type.startsWith("TIMESTAMP") ? "TIMESTAMP" : "VARCHAR";
}

/** How packed pictures begin, in base64: enough to name their kind. */
const KINDS: readonly (readonly [string, string])[] = [
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["UklGR", "image/webp"],
  ["R0lGOD", "image/gif"],
];

/** The list of a SELECT that gives a table's columns as CSV holds them: pictures as `data:` URIs. */
export function csvSelect(columns: readonly Typed[]): string {
  return columns
    .map(({ name, type }) => {
      const column = quoted(name);
      if (fieldTypeOf(type) !== "PICTURE") return column;
      const base64 = `base64(${type === "BLOB" ? column : `${column}['bytes']`})`;
      const kinds = KINDS.map(([begins, kind]) => `when starts_with(${base64}, '${begins}') then '${kind}'`).join(" ");
      return `'data:' || case ${kinds} else 'application/octet-stream' end || ';base64,' || ${base64} as ${column}`;
    })
    .join(", ");
}
