import { throwIfAborted } from "../base";
import type { Footer } from "./protocol";

type Row = Record<string, unknown>;

/** Reads the end of a Parquet file: nothing of its rows. */
export async function footerOf(name: string, read: (sql: string) => Row[], signal: AbortSignal): Promise<Footer> {
  const described = read(`describe select * from read_parquet('${name}')`);
  throwIfAborted(signal);
  const chunks = read(
    `select row_group_id, row_group_num_rows, path_in_schema, total_compressed_size, total_uncompressed_size from parquet_metadata('${name}')`,
  );
  const groups = new Map<number, number>();
  const columns = described.map((row) => ({
    name: String(row.column_name),
    type: String(row.column_type),
    packed: 0,
    unpacked: 0,
  }));
  const byName = new Map(columns.map((column) => [column.name, column]));
  for (const chunk of chunks) {
    groups.set(Number(chunk.row_group_id), Number(chunk.row_group_num_rows));
    // The parts of a nested column are told with its name before theirs.
    const path = String(chunk.path_in_schema);
    const column = byName.get(path) ?? byName.get(path.split(", ")[0]) ?? byName.get(path.split(".")[0]);
    if (!column) continue;
    column.packed += Number(chunk.total_compressed_size);
    column.unpacked += Number(chunk.total_uncompressed_size);
  }
  const rows = [...groups.values()].reduce((sum, count) => sum + count, 0);
  return { rows, groups: [...groups.values()], columns };
}
