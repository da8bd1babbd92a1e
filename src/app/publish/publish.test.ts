import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import Ajv2020 from "ajv/dist/2020";
import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { converterInNode, importerInNode } from "../../../tools/engine-in-node";
import { type CroissantFile, croissantIssues } from "../../../tools/samples/croissant-rules";
import { Fault, hashOf } from "../../base";
import { type ImportAbout, publishDraft, type SplitName } from "../../tasks";
import { readTaskFolder } from "../import/folder";
import { type BroughtTask, createImportSession } from "../import/session";
import type { TaskSource } from "../task-source";
import { type Published, publishTask } from "./publish";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function bring(files: Partial<Record<SplitName, string>>, about: ImportAbout): Promise<BroughtTask> {
  const converter = await converterInNode();
  const session = createImportSession({}, { importer: importerInNode(), converter: () => converter });
  for (const [role, text] of Object.entries(files))
    await session.add(role as SplitName, new File([text], `${role}.csv`), about.label);
  return session.make(about, "mine");
}

function sourceOf(task: BroughtTask): TaskSource {
  return {
    list: async () => [],
    manifest: async () => task.manifest,
    bytes: async (_, file) => task.files.get(file) ?? new Uint8Array(),
    text: async (_, file) => {
      const text = task.texts.get(file);
      if (text === undefined) throw new Fault("file-missing", `there is no ${file}`);
      return text;
    },
    testLabels: async () => task.files.get("test-labels.parquet"),
  };
}

async function publish(task: BroughtTask, change: Partial<ReturnType<typeof publishDraft>> = {}): Promise<Published> {
  return publishTask(
    { source: sourceOf(task), converter: await converterInNode(), importer: importerInNode() },
    task.manifest,
    { ...publishDraft(task.manifest), licence: "CC-BY-4.0", credit: { name: "The shop", url: "" }, ...change },
    { app: "https://polytab.example/", date: "2026-11-30" },
  );
}

const folderOf = ({ archive, manifest }: Published): Map<string, Uint8Array> =>
  new Map(
    Object.entries(unzipSync(archive.bytes)).map(([path, bytes]) => {
      expect(path.startsWith(`${manifest.id}/`), path).toBe(true);
      return [path.slice(manifest.id.length + 1), bytes];
    }),
  );

const text = (folder: ReadonlyMap<string, Uint8Array>, name: string): string =>
  new TextDecoder().decode(folder.get(name));

/** The files as another program sees them: a current DuckDB. */
async function described(folder: ReadonlyMap<string, Uint8Array>) {
  const place = mkdtempSync(join(tmpdir(), "publish-"));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const files = new Map<string, CroissantFile>();
  const rows = new Map<string, Record<string, unknown>[]>();
  for (const [name, bytes] of folder) {
    const path = join(place, name);
    writeFileSync(path, bytes);
    const columns: Record<string, string> = {};
    if (/\.(parquet|csv)$/.test(name)) {
      const answer = await connection.runAndReadAll(`from '${path}'`);
      rows.set(name, answer.getRowObjectsJson());
      answer.columnNames().forEach((column, at) => {
        columns[column] = String(answer.columnTypes()[at]).replaceAll('"', "");
      });
    }
    files.set(name, { bytes: bytes.length, sha256: hashOf(bytes), columns });
  }
  connection.closeSync();
  return { files, rows };
}

const things = [
  "id,name,price,weight,sold,photo,serial,kind",
  ...Array.from(
    { length: 60 },
    (_, i) =>
      `${i},"thing ${i} | of ""many""",${i}.5,${i % 5 ? i : ""},2024-01-${String((i % 28) + 1).padStart(2, "0")},"data:image/png;base64,${PNG}",SN-${i}-${i * 7},${"abc"[i % 3]}`,
  ),
].join("\n");
const about: ImportAbout = {
  title: "Things",
  track: "classification",
  label: "kind",
  id: "id",
  modalities: { serial: "ignored" },
};

it("a published folder has what its manifest, its schema and its croissant say, for other programs too", async () => {
  const published = await publish(await bring({ train: things }, about), { id: "shop-things" });
  const folder = folderOf(published);
  expect([...folder.keys()].sort()).toEqual(
    [
      ...["train", "validation", "test"].flatMap((split) => [`${split}.parquet`, `${split}.csv`]),
      ...["LICENCES.txt", "README.md", "croissant.json", "notebook.md", "task.json", "task.schema.json"],
    ].sort(),
  );
  const manifest = JSON.parse(text(folder, "task.json"));
  const valid = new Ajv2020().compile(JSON.parse(text(folder, "task.schema.json")));
  expect(valid(manifest), JSON.stringify(valid.errors)).toBe(true);
  expect(manifest).toMatchObject({ id: "shop-things", licence: "CC-BY-4.0", attribution: [{ name: "The shop" }] });
  const { files, rows } = await described(folder);
  expect(croissantIssues(JSON.parse(text(folder, "croissant.json")), files)).toEqual([]);
  for (const split of ["train", "validation", "test"]) {
    expect(manifest.splits[split].sha256).toEqual({
      parquet: files.get(`${split}.parquet`)?.sha256,
      csv: files.get(`${split}.csv`)?.sha256,
    });
    const [parquet, csv] = [rows.get(`${split}.parquet`) ?? [], rows.get(`${split}.csv`) ?? []];
    expect(parquet).toHaveLength(manifest.splits[split].rows);
    expect(csv.map((row) => row.name)).toEqual(parquet.map((row) => row.name));
    expect(csv.map((row) => row.weight)).toEqual(parquet.map((row) => row.weight));
    expect(csv.every((row) => row.photo === `data:image/png;base64,${PNG}`)).toBe(true);
  }
});

it("what no model reads and what test's labels are stays out of the folder, and is told", async () => {
  const published = await publish(await bring({ train: things }, about));
  const folder = folderOf(published);
  expect(published.left).toEqual(["serial"]);
  expect(text(folder, "README.md")).toContain("Not published, since no model reads them: serial.");
  const { files } = await described(folder);
  for (const name of ["test.parquet", "test.csv"]) {
    expect(Object.keys(files.get(name)?.columns ?? {})).toEqual(["id", "name", "price", "weight", "sold", "photo"]);
  }
  for (const [name, bytes] of folder) expect(new TextDecoder().decode(bytes), name).not.toContain("SN-");
  const labels = new TextDecoder().decode(published.testLabels?.bytes).trim().split("\n");
  expect(labels[0]).toBe("id,kind");
  expect(labels).toHaveLength(published.manifest.splits.test.rows + 1);
  expect(published.testLabels?.name).toBe("mine-test-labels.csv");
});

it("the card has the profile, the classes, the licence and how to open it", async () => {
  const card = text(folderOf(await publish(await bring({ train: things }, about))), "README.md");
  expect(card).toMatch(/^# Things\n/);
  expect(card).toMatch(/\| `weight` \| numeric \| \d\d\.\d % \| \d+ \| \d to 59, mean [\d.]+ \|/);
  expect(card).toMatch(/\| `name` \| text \| 0\.0 % \| \d+ \| [\d.]+ letters on average \|/);
  expect(card).toMatch(/\| a \| \d+ \(\d+\.\d %\) \| \d+ \(/);
  expect(card).toContain("CC-BY-4.0.");
  expect(card).toContain("* The shop, CC-BY-4.0");
  expect(card).toContain("https://polytab.example/#task=");
  expect(card).not.toContain("kept in this browser");
});

it("the folder comes back in as the very same task, its files to the byte", async () => {
  const task = await bring({ train: things }, { ...about, modalities: { serial: "text" } });
  const published = await publish(task);
  expect(published.left).toEqual([]);
  // Nothing is left out, so the Parquet files are those that are kept: scores here and there are of one data.
  expect(published.manifest.splits.train.sha256.parquet).toBe(task.manifest.splits.train.sha256.parquet);
  const folder = folderOf(published);
  const back = await readTaskFolder(
    [...folder].map(([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name)),
    (id) => id,
  );
  expect(back.manifest.splits).toEqual(published.manifest.splits);
  for (const [name, bytes] of back.files) expect(bytes).toEqual(folder.get(name));
  expect(back.texts.get("notebook.md")).toContain("task: mine\n");
});

it("a matching task is published with the columns of both records", async () => {
  const pairs = [
    "id,label,left_title,left_price,right_title,right_price",
    ...Array.from(
      { length: 80 },
      (_, i) => `${i},${i % 4 === 0 ? 1 : 0},thing ${i},${i},thing ${i + (i % 4)},${i * 2}`,
    ),
  ].join("\n");
  const published = await publish(await bring({ train: pairs }, { title: "Pairs", track: "matching", label: "label" }));
  const folder = folderOf(published);
  expect(text(folder, "README.md")).toMatch(/\| `left_price` \| numeric .*\n\| `right_title`/);
  const { files } = await described(folder);
  expect(croissantIssues(JSON.parse(text(folder, "croissant.json")), files)).toEqual([]);
});

it("nothing is published without a title, a name, a licence and a credit", async () => {
  const task = await bring({ train: things }, about);
  for (const [change, words] of [
    [{ title: " " }, "no title"],
    [{ id: "My Things" }, '"My Things"'],
    [{ licence: "" }, "no licence"],
    [{ credit: { name: "", url: "" } }, "Nobody is credited"],
    [{ credit: { name: "x", url: "javascript:alert(1)" } }, "no address"],
  ] as const)
    await expect(publish(task, change)).rejects.toThrow(words);
});
