import type { Relation } from "./protocol";
import { quoted } from "./tokens";

/** How a Parquet file's columns are read as plain values, by their types. */
export interface ParquetReading {
  /** A list for SELECT, a column of the same name for each. */
  select: string;
  /** Columns of bytes: read as names of their content, equal where the bytes are. */
  opened: OpenedBytes[];
  /** Columns of nested values, read as text. */
  nested: string[];
}

export interface OpenedBytes {
  name: string;
  /** SQL for the bytes and for the path beside them, on a table that has the column; `null` for no path. */
  bytes: string;
  path: string;
}

const PLAIN =
  /^(?:BOOLEAN|U?(?:TINYINT|SMALLINT|INTEGER|BIGINT)|FLOAT|DOUBLE|DECIMAL\(.*\)|VARCHAR|DATE|TIME|TIMESTAMP.*|"?NULL"?)$/;
const NUMBERS = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT)|FLOAT|DOUBLE|DECIMAL\([\d,]+\))\[\]$/;
/** `STRUCT(bytes BLOB, path VARCHAR)`, the Hugging Face image, with its fields in any order. */
const BYTES_FIELD = /^STRUCT\((?:.*, )?"?bytes"? BLOB[,)]/i;
const PATH_FIELD = /^STRUCT\((?:.*, )?"?path"? VARCHAR[,)]/i;

/** `table` is the name of the relation in SQL. */
export function readingOf({ columns }: Pick<Relation, "columns">): ParquetReading {
  const opened: OpenedBytes[] = [];
  const nested: string[] = [];
  const select = columns.map(({ name, type }) => {
    const column = quoted(name);
    const bytes = bytesOf(name, type);
    if (bytes) {
      opened.push(bytes);
      return `case when ${bytes.bytes} is not null then hash(${bytes.bytes})::varchar end as ${column}`;
    }
    if (PLAIN.test(type)) return column;
    if (NUMBERS.test(type)) return `${column}::float[] as ${column}`;
    if (type === "VARCHAR[]") return `array_to_string(${column}, ', ') as ${column}`;
    if (type.endsWith("]") || /^(?:STRUCT|MAP|UNION)\(/.test(type)) nested.push(name);
    return `${column}::varchar as ${column}`;
  });
  return { select: select.join(", "), opened, nested };
}

function bytesOf(name: string, type: string): OpenedBytes | undefined {
  const column = quoted(name);
  if (type === "BLOB") return { name, bytes: column, path: "null" };
  if (!BYTES_FIELD.test(type)) return undefined;
  return { name, bytes: `${column}['bytes']`, path: PATH_FIELD.test(type) ? `${column}['path']` : "null" };
}
