import { type Converter, type OpenedBytes, quoted, type WrittenFile } from "../../data";
import { type MadeParts, ROW, type Written } from "../../tasks";
import { openedTable } from "./reading";

/** Puts a made split into the engine and gives it as a Parquet file; `opened` are the columns of bytes of its file. */
export async function writeSplit(
  converter: Converter,
  { role, arrow, columns }: MadeParts["splits"]["train"],
  opened: readonly OpenedBytes[],
  signal?: AbortSignal,
): Promise<WrittenFile> {
  const made = "made_split";
  await converter.put(made, arrow);
  const list = columns.map((column) => columnSql(column, opened)).join(", ");
  const joins = columns.some(({ as }) => as === "opened" || as === "opened picture");
  const from = joins ? ` join ${openedTable(role)} as o on o.rowid = m.${ROW} order by m.${ROW}` : "";
  const file = await converter.parquet(`select ${list} from ${made} as m${from}`, { signal });
  await converter.drop(made);
  return file;
}

/** A table as it is, as a Parquet file. */
export async function writeTable(converter: Converter, arrow: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
  await converter.put("made_table", arrow);
  const { bytes } = await converter.parquet("select * from made_table", { signal });
  await converter.drop("made_table");
  return bytes;
}

function columnSql(column: Written, opened: readonly OpenedBytes[]): string {
  const name = quoted(column.name);
  const mine = `m.${name}`;
  if (column.as === "picture") return `case when ${mine} is not null then ${picture(mine, "null")} end as ${name}`;
  if (column.as === "opened") return `o.${quoted(column.column)} as ${name}`;
  if (column.as === "opened picture") {
    const bytes = opened.find((each) => each.name === column.column);
    if (!bytes) throw new Error(`"${column.column}" was not opened`);
    return `case when ${mine} then ${picture(`o.${bytes.bytes}`, bytes.path === "null" ? "null" : `o.${bytes.path}`)} end as ${name}`;
  }
  return `${mine}::${column.as} as ${name}`;
}

/** The struct that pictures are in Parquet, by the convention of Hugging Face. */
function picture(bytes: string, path: string): string {
  return `struct_pack(bytes := ${bytes}, path := ${path}::varchar)`;
}
