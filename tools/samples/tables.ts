import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Cell } from "./task";

export type ColumnType = "VARCHAR" | "INTEGER" | "DOUBLE" | "PICTURE";

export interface TableColumn {
  name: string;
  type: ColumnType;
}

/** A table on its way into a file: cells by row, in the order of the columns. */
export interface OutTable {
  columns: TableColumn[];
  rows: Cell[][];
}

/** INTEGER where every number is a whole one of 32 bits, DOUBLE otherwise. */
export function numberType(values: Iterable<Cell>): ColumnType {
  for (const value of values) if (typeof value === "number" && (value | 0) !== value) return "DOUBLE";
  return "INTEGER";
}

const ROW_GROUP = 16_384;

/**
 * Where pictures repeat, every one may be in a row group's dictionary: DuckDB would give the dictionary up at a fifth of
 * the rows and write each repeated picture anew (6.9 MB instead of 4.3 for emoji-languages). Where they don't, the larger
 * dictionary costs a tenth.
 */
function dictionaryOption(table: OutTable): string {
  const repeats = table.columns.some(
    ({ type }, at) => type === "PICTURE" && new Set(table.rows.map((row) => row[at])).size < table.rows.length * 0.8,
  );
  return repeats ? `, dictionary_size_limit ${ROW_GROUP}` : "";
}

/**
 * Writes twins. Parquet: version 1 encodings and zstd, which the tab's DuckDB 0.9.1 reads; pictures are structs of
 * `bytes` and `path` (the Hugging Face convention). CSV: pictures are data URIs, missing is the empty field.
 * One thread, so that the bytes come out the same each time.
 */
export interface TableWriter {
  write(table: OutTable, parquet: string, csv: string): Promise<void>;
  dispose(): void;
}

export async function createTableWriter(): Promise<TableWriter> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  return {
    write: async (table, parquet, csv) => {
      await load(connection, table);
      const parquetColumns = select(
        table,
        (name) => `case when ${name} is null then null else {'bytes': ${name}, 'path': null::varchar} end`,
      );
      const csvColumns = select(table, (name) => `'data:image/png;base64,' || base64(${name})`);
      await connection.run(
        `copy (select ${parquetColumns} from made) to ${quoted(parquet)} ` +
          "(format parquet, parquet_version v1, compression zstd, " +
          `row_group_size ${ROW_GROUP}${dictionaryOption(table)})`,
      );
      await connection.run(`copy (select ${csvColumns} from made) to ${quoted(csv)} (format csv, header, nullstr '')`);
    },
    dispose: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function select(table: OutTable, picture: (name: string) => string): string {
  return table.columns
    .map(({ name, type }) =>
      type === "PICTURE" ? `${picture(identifier(name))} as ${identifier(name)}` : identifier(name),
    )
    .join(", ");
}

async function load(connection: DuckDBConnection, table: OutTable): Promise<void> {
  const columns = table.columns.map(({ name, type }) => `${identifier(name)} ${type === "PICTURE" ? "BLOB" : type}`);
  await connection.run(`create or replace table made (${columns.join(", ")})`);
  const appender = await connection.createAppender("made");
  for (const row of table.rows) {
    for (let i = 0; i < row.length; i++) {
      const value = row[i];
      const { name, type } = table.columns[i];
      if (value === null) appender.appendNull();
      else if (type === "VARCHAR" && typeof value === "string") appender.appendVarchar(value);
      else if (type === "INTEGER" && typeof value === "number") appender.appendInteger(value);
      else if (type === "DOUBLE" && typeof value === "number") appender.appendDouble(value);
      else if (type === "PICTURE" && value instanceof Uint8Array) appender.appendBlob(value);
      else throw new Error(`Column "${name}" is ${type} and cannot hold ${JSON.stringify(value)}`);
    }
    appender.endRow();
  }
  appender.closeSync();
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
