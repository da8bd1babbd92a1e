import { Fault, type Progress, throwIfAborted } from "../../base";
import { type Converter, type OpenedBytes, parquetCounts, readingOf } from "../../data";
import { type Column, pictureProblem, tableFromArrow } from "../../table";
import { counted, type FileRole, listed, MOST_COLUMNS, type Note, type OpenedTable } from "../../tasks";

/** The name of an opened file's table in the engine. */
export const openedTable = (role: FileRole): string => `opened_${role}`;

/** So many bytes of pictures are looked at at once. */
const LOOK_BYTES = 32_000_000;
/** A column of bytes is one of pictures where so many of them are. */
const MOST_OF = 0.5;

export interface ReadingOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/**
 * Opens a Parquet file in the engine and reads its plain columns; bytes stay there. Every value of a column of bytes is
 * looked at: what is no picture that a page can show is listed and left out.
 * @throws Fault `file-damaged`, `file-empty`, `csv-columns`
 */
export async function openParquet(
  converter: Converter,
  role: FileRole,
  file: File,
  { signal, onProgress }: ReadingOptions,
): Promise<{ table: OpenedTable; bytes: OpenedBytes[] }> {
  const name = openedTable(role);
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Before the engine reads it: ten thousand columns take it the better part of a minute.
  const counts = parquetCounts(bytes);
  if (counts && counts.columns > MOST_COLUMNS)
    throw new Fault("file-columns", `Cannot read ${file.name}: it has ${counted(counts.columns, "column")}`, {
      hint: `Up to ${MOST_COLUMNS.toLocaleString("en")} columns can be shown and trained on. Leave some out.`,
      where: { file: file.name },
    });
  const relation = await converter.load({ table: name, file: file.name, format: "parquet", bytes }, { signal });
  const sum = (rows: readonly number[]): number => rows.reduce((all, each) => all + each, 0);
  const grouped = counts && sum(counts.groups);
  const paged = counts?.paged && sum(counts.paged);
  if (counts && (counts.rows !== relation.rows || grouped !== relation.rows || (paged ?? grouped) !== relation.rows))
    throw new Fault(
      "file-damaged",
      `Cannot read ${file.name}: it says that it has ${counted(counts.rows, "row")}, its row groups that they have ${(grouped ?? 0).toLocaleString("en")}, and ${(paged ?? relation.rows).toLocaleString("en")} are in it`,
      { hint: "Write or download it again.", where: { file: file.name } },
    );
  const { select, opened, nested } = readingOf(relation);
  const arrow = await converter.query(`select ${select} from ${name}`, { signal }).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    throw new Fault("file-damaged", `Cannot read ${file.name}: the engine cannot read its values (${error.message})`, {
      hint: "Write or download it again.",
      where: { file: file.name },
      cause: error,
    });
  });
  const notes: Note[] = [];
  const pictures: Record<string, { picture: boolean; bad: number[] }> = {};
  for (const column of opened) {
    throwIfAborted(signal);
    onProgress?.({ done: 0, note: `Looking at the pictures of ${column.name}` });
    const look = await lookAt(converter, name, column, relation.rows);
    const picture = look.bad.length < look.present * MOST_OF || look.present === 0;
    pictures[column.name] = { picture, bad: picture ? look.bad.map(({ row }) => row) : [] };
    if (picture && look.bad.length > 0)
      notes.push({
        kind: "warning",
        text: `${counted(look.bad.length, "picture")} of "${column.name}" in ${file.name} cannot be shown and ${look.bad.length === 1 ? "counts" : "count"} as missing: ${listed(
          look.bad.map(({ row, problem }) => `row ${row + 1} (${problem})`),
          look.bad.length,
          3,
        )}`,
        file: file.name,
      });
  }
  return { table: { role, file: file.name, arrow, opened: pictures, nested, notes }, bytes: opened };
}

interface Look {
  present: number;
  bad: { row: number; problem: string }[];
}

async function lookAt(converter: Converter, table: string, { bytes }: OpenedBytes, rows: number): Promise<Look> {
  const [size] = (
    await tableFromArrow(
      await converter.query(`select coalesce(max(octet_length(${bytes})), 0)::double as most from ${table}`),
    )
  ).columns;
  const most = Math.max(1, Number(size.values[0] ?? 1));
  const step = Math.max(1, Math.min(50_000, Math.floor(LOOK_BYTES / most)));
  const look: Look = { present: 0, bad: [] };
  for (let from = 0; from < rows; from += step) {
    const sql = `select ${bytes} as bytes from ${table} where rowid >= ${from} and rowid < ${from + step} order by rowid`;
    const [column] = (await tableFromArrow(await converter.query(sql))).columns;
    readSlice(column, from, look);
  }
  return look;
}

function readSlice(column: Column, from: number, look: Look): void {
  for (const [i, value] of column.values.entries()) {
    if (!(value instanceof Uint8Array)) continue;
    look.present++;
    const problem = pictureProblem(value);
    if (problem) look.bad.push({ row: from + i, problem });
  }
}
