import { contentHash } from "./content-hash";
import type { SourceColumn } from "./source";

/** A number a row that is equal where these columns hold the same texts; a column that is absent counts as empty. */
export function rowHashes(columns: readonly (SourceColumn | undefined)[], rows: number): Float64Array {
  const high = new Uint32Array(rows);
  const low = new Uint32Array(rows);
  for (const [c, column] of columns.entries()) {
    for (let row = 0; row < rows; row++) {
      const hash = column ? contentHash(textAt(column, row), c + 1) : 0;
      high[row] = Math.imul(high[row] ^ (hash / 0x200000), 0x01000193) + c;
      low[row] = Math.imul(low[row] ^ (hash & 0x1fffff) ^ (high[row] >>> 11), 0x85ebca6b);
    }
  }
  return Float64Array.from(high, (value, row) => value * 0x200000 + (low[row] >>> 11));
}

/** A value as text, trimmed; "" where it is missing. */
export function textAt(column: SourceColumn, row: number): string {
  const value = column.values[row];
  if (typeof value === "string") return value.trim();
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  return String(value);
}
