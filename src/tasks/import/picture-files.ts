import { Fault, hashOf } from "../../base";
import { pictureProblem } from "../../table";
import { counted, listed, type Note, placeOfRow, type SourceColumn, type SourceTable } from "./source";

/** A picture that lies beside the tables. */
export interface PictureFile {
  /** In the folder or archive that it came in; its name alone where it was chosen alone. */
  path: string;
  bytes: Uint8Array;
}

export interface PictureFiles {
  readonly count: number;
  /** Of all of them, in bytes. */
  readonly size: number;
  /** @throws Fault `file-large` */
  add(files: readonly PictureFile[]): void;
  /** The picture that a value names, or why there is none: a clause after the value. */
  find(value: string): Found;
}

type Found = { content: string; bytes: Uint8Array } | { problem: string };

/** What is given as files is held whole, and once more where a table is written. */
const MOST_BYTES = 400_000_000;
const NAME = /\.(?:png|jpe?g|webp|gif)$/i;
/** A column names pictures where so many of its values are such names, and so many of these are among the files. */
const MOST_NAMES = 0.95;
const MOST_FOUND = 0.5;

export const isPictureName = (name: string): boolean => NAME.test(name);

export function createPictureFiles(): PictureFiles {
  const byName = new Map<string, { path: string; bytes: Uint8Array; found?: Found }[]>();
  let count = 0;
  let size = 0;
  return {
    get count() {
      return count;
    },
    get size() {
      return size;
    },
    add: (files) => {
      const more = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
      if (size + more > MOST_BYTES)
        throw new Fault("file-large", `${counted(count + files.length, "picture")} are larger than 400 MB together`, {
          hint: "Make them smaller, as 256 pixels wide, or take a part of the rows and their pictures.",
        });
      size += more;
      for (const { path, bytes } of files) {
        const own = plain(path);
        const name = own.slice(own.lastIndexOf("/") + 1);
        const same = byName.get(name) ?? [];
        const others = same.filter((other) => other.path !== own); // the same again is the same picture, newer
        count += 1 - (same.length - others.length);
        byName.set(name, [...others, { path: own, bytes }]);
      }
    },
    find: (value) => {
      const path = plain(value);
      const named = byName.get(path.slice(path.lastIndexOf("/") + 1)) ?? [];
      if (named.length === 0) return { problem: "is not among the files" };
      // Where every name is there once, the folders may be others here; else they are what tells files apart.
      const meant = byName.size === count ? named : named.filter((file) => isEndOf(path, file.path));
      if (meant.length === 0) return { problem: "is not among the files" };
      if (meant.length > 1) return { problem: `could be any of ${meant.length} files of that name` };
      const [file] = meant;
      file.found ??= foundIn(file.bytes);
      return file.found;
    },
  };
}

function foundIn(bytes: Uint8Array): Found {
  const problem = pictureProblem(bytes);
  return problem === undefined ? { content: hashOf(bytes), bytes } : { problem: `cannot be shown: ${problem}` };
}

/** Paths as systems write them, to one that can be compared. */
function plain(path: string): string {
  return path
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(?:\.?\/)+/, "")
    .toLowerCase();
}

/** Whether one is the other's end: a table may name less of the path than there is, or more. */
function isEndOf(a: string, b: string): boolean {
  return `/${a}`.endsWith(`/${b}`) || `/${b}`.endsWith(`/${a}`);
}

/** The table with pictures in the place of their names, where a column holds such names. What names none is missing, and told. */
export function withPictures(table: SourceTable, pictures: PictureFiles): SourceTable {
  if (pictures.count === 0) return table;
  const notes: Note[] = [];
  const columns = table.columns.map((column) => {
    const read = readColumn(column, pictures);
    if (!read) return column;
    notes.push(...notesOf(column.name, table, read));
    return read.column;
  });
  return notes.length === 0 ? table : { ...table, columns, notes: [...table.notes, ...notes] };
}

interface ReadColumn {
  column: SourceColumn;
  found: number;
  bad: { row: number; value: string; problem: string }[];
}

function readColumn(column: SourceColumn, pictures: PictureFiles): ReadColumn | undefined {
  if (column.kind !== "string" || column.opened) return undefined;
  const present = column.values.flatMap((value) => value?.trim() || []);
  const names = present.filter(isPictureName).length;
  if (names === 0 || names < present.length * MOST_NAMES) return undefined;
  const found = new Map<string, Uint8Array>();
  const bad: ReadColumn["bad"] = [];
  const values = column.values.map((text, row): string | null => {
    const value = text?.trim();
    if (!value) return null;
    const own = pictures.find(value);
    if ("problem" in own) {
      bad.push({ row, value, problem: own.problem });
      return null;
    }
    found.set(own.content, own.bytes);
    return own.content;
  });
  const there = present.length - bad.length;
  if (there < present.length * MOST_FOUND) return undefined;
  return { column: { kind: "string", name: column.name, values, pictures: found }, found: there, bad };
}

function notesOf(name: string, table: SourceTable, { found, bad }: ReadColumn): Note[] {
  const { file } = table;
  const told: Note = {
    kind: "note",
    text: `"${name}" in ${file} names ${counted(found, "picture")} among the files`,
    file,
  };
  if (bad.length === 0) return [told];
  const places = bad.map(({ row, value, problem }) => `${placeOfRow(table, row)} (${value} ${problem})`);
  const count = bad.length === 1 ? "counts" : "count";
  return [
    told,
    {
      kind: "warning",
      text: `${counted(bad.length, "picture")} of "${name}" in ${file} ${count} as missing: ${listed(places, bad.length, 3)}`,
      file,
    },
  ];
}
