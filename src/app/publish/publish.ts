import { Fault, type Progress, throwIfAborted } from "../../base";
import { type Converter, quoted, type Relation } from "../../data";
import { formatNotebook, parseNotebook, setFront } from "../../notebook";
import { type Table, tableFromArrow } from "../../table";
import {
  cardOf,
  cardSql,
  croissantOf,
  type FileFacts,
  featureColumns,
  type Importer,
  manifestJsonSchema,
  type PublishAbout,
  type PublishedTable,
  publishedManifest,
  publishFault,
  SCHEMA_FILE,
  type SplitName,
  STARTER,
  type TaskManifest,
  TEST_LABELS,
} from "../../tasks";
import type { TaskSource } from "../task-source";
import { csvSelect, fieldTypeOf } from "./twins";

const LICENCES = "LICENCES.txt";

export interface PublishParts {
  source: TaskSource;
  converter: Converter;
  importer: Importer;
}

export interface PublishOptions {
  /** The address of this page, for the card. */
  app: string;
  /** Today, like `2026-11-30`. */
  date: string;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** A task's folder in an archive, and what of the task is not for readers. */
export interface Published {
  manifest: TaskManifest;
  /** `<id>.zip`, with the folder `<id>/` in it. */
  archive: { name: string; bytes: Uint8Array };
  files: { name: string; bytes: number }[];
  /** What is known of test's labels, as CSV: for the organiser alone, and in no file of the archive. */
  testLabels?: { name: string; bytes: Uint8Array };
  /** Columns of the rows that no model reads: they stay here. */
  left: string[];
}

interface TableOut {
  table: PublishedTable;
  relation: Relation;
  left: string[];
}

/**
 * Makes a task's folder: manifest, schema, Parquet and CSV twins, `croissant.json`, card and starter notebook.
 * @throws Fault `publish` for what is not said yet, and those of the task's files
 */
export async function publishTask(
  { source, converter, importer }: PublishParts,
  given: TaskManifest,
  about: PublishAbout,
  { app, date, signal, onProgress }: PublishOptions,
): Promise<Published> {
  const missing = publishFault(about);
  if (missing) throw missing;
  const files = new Map<string, Uint8Array>();
  const steps = (given.records ? 4 : 3) + 2;
  let step = 0;
  const report = (note: string): void => onProgress?.({ done: step++ / steps, note });

  const write = async (name: SplitName | "records", from: PublishedTable): Promise<TableOut> => {
    throwIfAborted(signal);
    report(`Writing ${name}`);
    const bytes = await source.bytes(given.id, from.parquet, { sha256: from.sha256.parquet, signal });
    const relation = await converter.load({ table: name, file: from.parquet, format: "parquet", bytes }, { signal });
    const wanted = publicColumns(given, name);
    const columns = relation.columns.filter((column) => wanted.has(column.name));
    const left = relation.columns.filter((column) => !wanted.has(column.name)).map((column) => column.name);
    const list = columns.map((column) => quoted(column.name)).join(", ");
    // As it lies where nothing is left out: the same file, so the same rows to everybody who compares scores.
    const parquet =
      left.length === 0
        ? { bytes, sha256: from.sha256.parquet }
        : await converter.parquet(`select ${list} from ${name}`, { signal });
    const csv = await converter.csv(`select ${csvSelect(columns)} from ${name}`, { signal });
    files.set(`${name}.parquet`, parquet.bytes);
    files.set(`${name}.csv`, csv.bytes);
    return {
      table: {
        rows: relation.rows,
        parquet: `${name}.parquet`,
        csv: `${name}.csv`,
        sha256: { parquet: parquet.sha256, csv: csv.sha256 },
      },
      relation: { ...relation, columns },
      left,
    };
  };

  const out = {
    train: await write("train", given.splits.train),
    validation: await write("validation", given.splits.validation),
    test: await write("test", given.splits.test),
    ...(given.records && { records: await write("records", given.records) }),
  };
  const manifest = publishedManifest({ ...given, notebook: STARTER }, about, {
    train: out.train.table,
    validation: out.validation.table,
    test: out.test.table,
    records: out.records?.table,
  });
  report("Describing the columns");
  const left = [...new Set(Object.values(out).flatMap((each) => each.left))];
  const facts = await factsOf(converter, manifest, out.records ? "records" : "train", out.records ?? out.train, signal);
  const starter = await source.text(given.id, given.notebook);
  const texts: [string, string][] = [
    ["task.json", json(manifest)],
    [SCHEMA_FILE, json(manifestJsonSchema())],
    [STARTER, formatNotebook(setFront(parseNotebook(starter), "task", manifest.id))],
    await licencesOf(source, given.id, manifest),
  ];
  for (const [name, text] of texts) files.set(name, utf8(text));
  const types: FileFacts["types"] = {
    train: typesOf(out.train),
    validation: typesOf(out.validation),
    test: typesOf(out.test),
    records: typesOf(out.records),
  };
  const sizes = Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.length]));
  const release = { version: "1.0.0", date, creator: about.credit.name.trim(), url: about.credit.url || "task.json" };
  files.set("croissant.json", utf8(json(croissantOf(manifest, { bytes: sizes, types }, release))));
  const rowsOf = new Map(
    Object.values(out).flatMap(({ table }) => [
      [table.parquet, table.rows],
      [table.csv ?? "", table.rows],
    ]),
  );
  const card = cardOf(manifest, {
    ...facts,
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, rows: rowsOf.get(name) })),
    left,
    app,
  });
  files.set("README.md", utf8(card));

  const testLabels = await testLabelsOf(source, given.id, converter);
  report("Packing the folder");
  const list = [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }));
  const packed = await importer.call(
    "zip",
    { folder: manifest.id, files: [...files].map(([name, bytes]) => ({ name, bytes })) },
    { signal },
  );
  return {
    manifest,
    archive: { name: `${manifest.id}.zip`, bytes: packed },
    files: list,
    testLabels: testLabels && { name: `${manifest.id}-test-labels.csv`, bytes: testLabels },
    left,
  };
}

/** The columns that readers get: the ids, what models read, and the label where it is public. */
function publicColumns(manifest: TaskManifest, table: SplitName | "records"): Set<string> {
  if (table === "records") return new Set(["id", ...manifest.columns.map((column) => column.name)]);
  const features = manifest.records ? ["left_id", "right_id"] : featureColumns(manifest).map((column) => column.name);
  return new Set(["id", ...features, ...(table === "test" ? [] : [manifest.label.column])]);
}

async function factsOf(
  converter: Converter,
  manifest: TaskManifest,
  name: "train" | "records",
  { relation }: TableOut,
  signal?: AbortSignal,
) {
  const modalities = new Map([
    ...manifest.columns.map((column) => [column.name, column.modality] as const),
    ...featureColumns(manifest).map((column) => [column.name, column.modality] as const),
  ]);
  const columns = relation.columns.flatMap(({ name: column, type }) => {
    const modality = modalities.get(column);
    return modality ? [{ name: column, modality, type }] : [];
  });
  const read = async (sql: string): Promise<Table> => tableFromArrow(await converter.query(sql, { signal }));
  const profile = numbers(await read(cardSql(name, columns)));
  const label = quoted(manifest.label.column);
  const counts = await read(
    `select ${label}::varchar as label, (count(*) filter (split = 0))::double as train, (count(*) filter (split = 1))::double as validation
from (select ${label}, 0 as split from train union all select ${label}, 1 as split from validation) group by all order by train desc, label`,
  );
  const [labels, train, validation] = counts.columns;
  return {
    rows: relation.rows,
    columns: columns.map((column, at) => ({
      name: column.name,
      missing: profile(at, "missing") ?? 0,
      distinct: profile(at, "different"),
      least: profile(at, "least"),
      most: profile(at, "most"),
      mean: profile(at, "mean"),
      letters: profile(at, "letters"),
    })),
    classes: Array.from({ length: counts.rows }, (_, row) => ({
      label: String(labels.values[row]),
      train: Number(train.values[row]),
      validation: Number(validation.values[row]),
    })),
  };
}

function numbers(table: Table): (row: number, column: string) => number | null {
  const byName = new Map(table.columns.map((column) => [column.name, column.values]));
  return (row, column) => {
    const value = byName.get(column)?.[row];
    return typeof value === "number" && !Number.isNaN(value) ? value : null;
  };
}

/** The licences in full where the task has them; otherwise what was said when it was published. */
async function licencesOf(source: TaskSource, from: string, made: TaskManifest): Promise<[string, string]> {
  try {
    return [LICENCES, await source.text(from, LICENCES)];
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "file-missing") throw error;
    const credits = made.attribution.map(({ name, licence, url }) => [name, licence, url].filter(Boolean).join(", "));
    return [
      LICENCES,
      `${[`${made.title}: licence of the data`, made.licence, ...credits, made.source].join("\n\n")}\n`,
    ];
  }
}

async function testLabelsOf(source: TaskSource, id: string, converter: Converter): Promise<Uint8Array | undefined> {
  const bytes = await source.testLabels(id);
  if (!bytes) return undefined;
  await converter.load({ table: "test_labels", file: TEST_LABELS, format: "parquet", bytes });
  return (await converter.csv("select * from test_labels")).bytes;
}

function typesOf(out: TableOut | undefined): Record<string, ReturnType<typeof fieldTypeOf>> {
  return Object.fromEntries(out?.relation.columns.map(({ name, type }) => [name, fieldTypeOf(type)]) ?? []);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
