import { type Table, tableFromArrow, tableToArrow } from "../../table";
import type { BlockingAsk } from "../blocking/block";
import type { SplitName, TaskManifest } from "../manifest";
import type { ImportAbout } from "./about";
import { type Blocked, blockedPairs, comparable, defaultBlocking, namesOnly } from "./blocked";
import { createFactsCache } from "./columns";
import { type CsvOptions, readCsv } from "./csv";
import { draftOf, type ImportDraft } from "./draft";
import { type Guess, guessAbout } from "./guess";
import { clean } from "./header";
import { joinPairs } from "./join";
import { makeTask, type Written } from "./make";
import { createPictureFiles, type PictureFile, withPictures } from "./picture-files";
import { type ImportPlan, planImport } from "./plan";
import { type BadRow, counted, type FileRole, type Note, type SourceColumn, type SourceTable } from "./source";

/** A Parquet file's rows as the data engine gives them. */
export interface OpenedTable {
  role: FileRole;
  file: string;
  /** Arrow IPC bytes; the columns of `opened` hold names of their content. */
  arrow: Uint8Array;
  /** Columns whose bytes stay in the engine, and the rows whose bytes are of no use: they count as missing. */
  opened: Record<string, { picture: boolean; bad: number[] }>;
  /** Columns of nested values, here as text. */
  nested: string[];
  notes: Note[];
}

/** The task as it goes to the engine that writes it down. */
export interface MadeParts {
  draft: ImportDraft;
  columns: TaskManifest["columns"];
  classes: string[];
  splits: Record<SplitName, { role: FileRole; rows: number; arrow: Uint8Array; columns: Written[] }>;
  testLabels?: Uint8Array;
}

/** What a file looks like before anything is decided. */
export interface FileLook {
  role: FileRole;
  file: string;
  how: string;
  rows: number;
  columns: string[];
  /** Lines that are no rows: the first of them, and how many there are. */
  badRows: BadRow[];
  badRowCount: number;
}

/** The pictures that came as files. */
export interface PicturesLook {
  count: number;
  /** In bytes. */
  size: number;
}

const MOST_SHOWN = 50;

/** The files of one import, read once, and planned as often as the reader corrects something. */
export interface ImportDesk {
  readCsv(bytes: Uint8Array, options: CsvOptions): FileLook;
  take(opened: OpenedTable): Promise<FileLook>;
  remove(role: FileRole): void;
  /** Pictures beside the tables, which a column names. */
  addPictures(files: readonly PictureFile[]): PicturesLook;
  /** What the columns' names and values suggest for what the reader has not said. */
  guess(): Guess;
  plan(about: ImportAbout): ImportDraft;
  make(about: ImportAbout): Promise<MadeParts>;
}

export function createImportDesk(): ImportDesk {
  const given = new Map<FileRole, SourceTable>();
  /** Those that were given, with the pictures that they name. */
  const tables = new Map<FileRole, SourceTable>();
  const pictures = createPictureFiles();
  const factsOf = createFactsCache();
  let joined: { from: readonly SourceTable[]; tables: SourceTable[] } | undefined;
  let made: { from: readonly SourceTable[]; ask: string; blocked: Blocked } | undefined;
  const isSame = (from: readonly SourceTable[], now: readonly SourceTable[]): boolean =>
    from.length === now.length && from.every((table, i) => table === now[i]);
  /** Two tables of records, and a list of pairs that says of none whether it matches: all of them do. */
  const matchList = (): { list: SourceTable; left: SourceTable; right: SourceTable } | undefined => {
    const [left, right, list] = [tables.get("left"), tables.get("right"), tables.get("train")];
    if (!left || !right || !list || tables.size > 3) return undefined;
    return namesOnly(list, left, right) ? { list, left, right } : undefined;
  };
  const blockedFor = (ask: BlockingAsk): (Blocked & { left: SourceTable; right: SourceTable }) | undefined => {
    const parts = matchList();
    if (!parts) return undefined;
    const from = [...tables.values()];
    const key = JSON.stringify(ask);
    if (made?.ask !== key || !isSame(made.from, from))
      made = { from, ask: key, blocked: blockedPairs(parts.list, parts.left, parts.right, ask) };
    return { ...made.blocked, left: parts.left, right: parts.right };
  };
  /** The files with rows; pairs that name their records by id have their columns. Made anew when a file changes. */
  const sources = (blocking?: BlockingAsk): SourceTable[] => {
    const blocked = blocking && blockedFor(blocking);
    if (blocked) return [joinPairs(blocked.table, blocked.left, blocked.right)];
    const all = [...tables.values()];
    const [left, right] = [tables.get("left"), tables.get("right")];
    if (!left || !right) return all.filter((table) => table.role !== "left" && table.role !== "right");
    if (joined && isSame(joined.from, all)) return joined.tables;
    const pairs = all.filter((table) => table !== left && table !== right);
    joined = { from: all, tables: pairs.map((table) => joinPairs(table, left, right)) };
    return joined.tables;
  };
  const put = (table: SourceTable): FileLook => {
    given.set(table.role, table);
    tables.set(table.role, withPictures(table, pictures));
    const { role, file, how, rows, columns, badRows } = table;
    const names = columns.map((column) => column.name);
    return {
      role,
      file,
      how,
      rows,
      columns: names,
      badRows: badRows.slice(0, MOST_SHOWN),
      badRowCount: badRows.length,
    };
  };
  const drafted = (plan: ImportPlan): ImportDraft => {
    const draft = draftOf(plan);
    const named = [...tables.values()].some(({ columns }) => columns.some((column) => column.pictures));
    if (pictures.count === 0 || named) return draft;
    const text = `No column names the ${counted(pictures.count, "picture")} that came as files: one that holds their file names, with endings like .png, would`;
    return { ...draft, notes: [...draft.notes, { kind: "warning", text }] };
  };
  return {
    readCsv: (bytes, options) => put(readCsv(bytes, options)),
    take: async (opened) => put(await sourceOf(opened)),
    remove: (role) => {
      given.delete(role);
      tables.delete(role);
    },
    addPictures: (files) => {
      pictures.add(files);
      for (const [role, table] of given) tables.set(role, withPictures(table, pictures));
      return { count: pictures.count, size: pictures.size };
    },
    guess: () => {
      const parts = matchList();
      if (!parts) return guessAbout(sources(), factsOf);
      return {
        title: guessAbout([parts.list], factsOf).title,
        track: "matching",
        label: "label",
        columns: ["label"],
        blocking: defaultBlocking(parts.left, parts.right),
        blockable: comparable(parts.left, parts.right),
      };
    },
    plan: (about) => ({
      ...drafted(planImport(sources(about.blocking), about, factsOf)),
      blocking: about.blocking && blockedFor(about.blocking)?.facts,
    }),
    make: async (about) => {
      const plan = planImport(sources(about.blocking), about, factsOf);
      const made = makeTask(plan);
      const part = async (name: SplitName): Promise<MadeParts["splits"]["train"]> => {
        const { role, table, columns } = made.splits[name];
        return { role, rows: table.rows, arrow: await tableToArrow(table), columns };
      };
      return {
        draft: drafted(plan),
        columns: made.columns,
        classes: plan.labels.classes,
        splits: { train: await part("train"), validation: await part("validation"), test: await part("test") },
        testLabels: made.testLabels && (await tableToArrow(made.testLabels)),
      };
    },
  };
}

async function sourceOf({ role, file, arrow, opened, nested, notes }: OpenedTable): Promise<SourceTable> {
  const table: Table = await tableFromArrow(arrow);
  const { names, notes: renamed } = clean(
    table.columns.map((column) => column.name),
    file,
  );
  const tooLong: string[] = [];
  const columns = table.columns.map((column, c): SourceColumn => {
    const name = names[c];
    const own = opened[column.name];
    if (own) {
      const values = column.values.slice() as (string | null)[];
      for (const row of own.bad) values[row] = null;
      return { kind: "string", name, values, opened: { column: column.name, picture: own.picture } };
    }
    if (nested.includes(column.name)) return { kind: "other", name, values: [...column.values] };
    if (column.kind === "string" && column.values.some((value) => value !== null && /^-?\d{17,}$/.test(value)))
      tooLong.push(name);
    return { ...column, name };
  });
  const long: Note[] = tooLong.map((name) => ({
    kind: "note",
    text: `"${name}" holds whole numbers beyond 2^53: kept as text, so that no digit is lost`,
    file,
  }));
  return {
    role,
    file,
    how: `Parquet, ${counted(columns.length, "column")}`,
    rows: table.rows,
    columns,
    badRows: [],
    notes: [...notes, ...renamed, ...long],
  };
}
