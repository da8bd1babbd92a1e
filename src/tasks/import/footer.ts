/** What the end of a Parquet file says of it, read without its rows. */
export interface ParquetFooter {
  rows: number;
  /** Rows of each group, in the file's order. */
  groups: number[];
  columns: FooterColumn[];
}

export interface FooterColumn {
  name: string;
  type: string;
  /** As it lies in the file, and as it is once unpacked; over all groups. */
  packed: number;
  unpacked: number;
}

/** Which part of a file is taken. */
export interface Taking {
  columns: readonly string[];
  rows: { kind: "all" } | { kind: "first"; count: number } | { kind: "sample"; count: number };
}

export interface Estimate {
  rows: number;
  /** Bytes of the file that have to be read. */
  read: number;
  /** Bytes that the rows take in the tab while a task is made of them. */
  memory: number;
}

/** The engine's rows, the page's columns and the file that is written lie side by side for a while. */
const COPIES = 3;
/** WebAssembly has 4 GB of memory, and a tab not always that. */
const MOST_MEMORY = 1_500_000_000;

export function estimateOf(footer: ParquetFooter, taking: Taking): Estimate {
  const chosen = footer.columns.filter((column) => taking.columns.includes(column.name));
  const packed = chosen.reduce((sum, column) => sum + column.packed, 0);
  const unpacked = chosen.reduce((sum, column) => sum + column.unpacked, 0);
  const rows = taking.rows.kind === "all" ? footer.rows : Math.min(footer.rows, taking.rows.count);
  const whole = Math.max(1, footer.rows);
  // The first rows are in the first groups; a sample is of all of them.
  const touched = taking.rows.kind === "first" ? rowsOfGroups(footer.groups, rows) : footer.rows;
  return {
    rows,
    read: Math.round((packed * touched) / whole),
    memory: Math.round((COPIES * unpacked * rows) / whole),
  };
}

function rowsOfGroups(groups: readonly number[], rows: number): number {
  let sum = 0;
  for (const group of groups) {
    if (sum >= rows) break;
    sum += group;
  }
  return sum;
}

export const fitsInTab = ({ memory }: Estimate): boolean => memory <= MOST_MEMORY;

/** A number of rows that fits, round and at the most `wanted`: what is proposed where all of them do not. */
export function rowsThatFit(footer: ParquetFooter, columns: readonly string[], wanted = 100_000): number {
  const each = estimateOf(footer, { columns, rows: { kind: "all" } }).memory / Math.max(1, footer.rows);
  const most = Math.min(footer.rows, wanted, each > 0 ? Math.floor(MOST_MEMORY / each) : wanted);
  if (most >= footer.rows) return footer.rows;
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
  return Math.max(1, Math.floor(most / digit) * digit);
}
