import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readManifest, SPLIT_NAMES, type SplitName, type TaskManifest } from "../../src/tasks";
import { croissantOf, type FileFacts } from "../../src/tasks/folder/croissant";
import { LABEL, type Layout, withoutLabel } from "./layout";
import { packageVersion, ROOT } from "./packages";
import { licenceOf, licencesText } from "./sources/source";
import type { OutTable, TableWriter } from "./tables";
import type { SampleTask } from "./task";

/** The suite's version and the day on which it came out: to be raised together when a task's rows change. */
const RELEASE = { version: "1.0.0", date: "2026-11-22", creator: "Polytab" } as const;

export const NOTEBOOK = "notebook.md";

/** Where a task's files go: what the site serves, and what it must not. */
export interface Places {
  served: string;
  unserved: string;
}

type Written = TaskManifest["splits"]["train"];

/** Writes a task's folder and its test labels. A half-written folder is never seen: it is moved into place at the end. */
export async function publish(
  task: SampleTask,
  layout: Layout,
  writer: TableWriter,
  places: Places,
): Promise<TaskManifest> {
  const draft = `${places.unserved}-draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const bytes: Record<string, number> = {};
  const write = async (name: string, table: OutTable): Promise<Written> => {
    const [parquet, csv] = [`${name}.parquet`, `${name}.csv`];
    await writer.write(table, join(draft, parquet), join(draft, csv));
    for (const file of [parquet, csv]) bytes[file] = statSync(join(draft, file)).size;
    return {
      rows: table.rows.length,
      parquet,
      csv,
      sha256: { parquet: sha256Of(join(draft, parquet)), csv: sha256Of(join(draft, csv)) },
    };
  };

  const { features, labels } = withoutLabel(layout.splits.test);
  const splits = {
    train: await write("train", layout.splits.train),
    validation: await write("validation", layout.splits.validation),
    test: await write("test", features),
  };
  const records = layout.records && (await write("records", layout.records));
  const manifest = manifestOf(task, layout, splits, records);
  writeFileSync(join(draft, "task.json"), json(manifest));
  writeFileSync(
    join(draft, "croissant.json"),
    json(
      croissantOf(
        manifest,
        { bytes, types: typesOf(layout) },
        // The task's page, from where the file lies: samples know nothing of the host that serves them.
        { ...RELEASE, url: `../../#/task/${task.id}` },
      ),
    ),
  );
  writeFileSync(join(draft, "LICENCES.txt"), licencesText(task.title, task.sources));
  writeFileSync(join(draft, NOTEBOOK), notebookText(task));

  mkdirSync(places.unserved, { recursive: true });
  const lines = labels.map(({ id, label }) => `${id},${label}`);
  writeFileSync(join(places.unserved, "test-labels.csv"), `${[`id,${LABEL}`, ...lines].join("\n")}\n`);
  mkdirSync(dirname(places.served), { recursive: true });
  rmSync(places.served, { recursive: true, force: true });
  renameSync(draft, places.served);
  return manifest;
}

function manifestOf(
  task: SampleTask,
  layout: Layout,
  splits: Record<SplitName, Written>,
  records?: Written,
): TaskManifest {
  const classes = task.track === "classification" ? { classes: classesIn(layout) } : {};
  const packages = task.sources.map((source) => `${source.package} ${packageVersion(source.package)}`);
  return readManifest(
    {
      format: "polytab-task/1",
      id: task.id,
      title: task.title,
      track: task.track,
      ...(task.kind && { kind: task.kind }),
      description: task.description,
      licence: licenceOf(task.sources),
      attribution: task.sources.map(({ name, licence, url, text, changes }) => ({ name, licence, url, text, changes })),
      source: `Made by Polytab's tools/samples from the npm packages ${packages.join(", ")}.`,
      columns: task.columns,
      label: { column: LABEL, ...classes },
      metric: task.metric,
      splits,
      ...(records && { records }),
      baselines: task.baselines,
      notebook: NOTEBOOK,
    },
    `${task.id}/task.json`,
  );
}

function typesOf({ splits, records }: Layout): FileFacts["types"] {
  const types = (table?: OutTable) => Object.fromEntries(table?.columns.map(({ name, type }) => [name, type]) ?? []);
  return {
    train: types(splits.train),
    validation: types(splits.validation),
    test: types(splits.test),
    records: types(records),
  };
}

function classesIn(layout: Layout): string[] {
  const classes = new Set<string>();
  for (const split of SPLIT_NAMES)
    for (const row of layout.splits[split].rows) classes.add(String(row[row.length - 1]));
  return [...classes].sort();
}

export function notebookFile(id: string): string {
  return join(ROOT, "tools/samples/notebooks", `${id}.md`);
}

/** The task's starter notebook: the one written for it, or a first look that any task can open with. */
export function notebookText(task: Pick<SampleTask, "id" | "title">): string {
  const file = notebookFile(task.id);
  if (existsSync(file)) return readFileSync(file, "utf8");
  return `---
polytab: 1
title: First look at ${task.title}
task: ${task.id}
---

# First look at ${task.title}

\`\`\`sql balance
select label, count(*) as n from train group by all order by n desc
\`\`\`
`;
}

export function sha256Of(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
