import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { Ajv2020 } from "ajv/dist/2020";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { featureColumns, readCatalogue, readManifest, SPLIT_NAMES, type TaskManifest } from "../../src/tasks";
import { SCHEMA_FILE } from "../../src/tasks/folder/schema";
import { parquetBytes } from "./catalogue";
import { checkMade } from "./checks";
import { digestsOf, readDigests } from "./digests";
import { layOut } from "./layout";
import { publish, sha256Of } from "./publish";
import { madeFrom, refreshNotebook, sourcesOf, staleReason, writeStamp } from "./stamp";
import { loadTask, placesOf, SERVED, taskFile, taskIds } from "./suite";
import { createTableWriter } from "./tables";
import { familyOf } from "./tasks/emoji-aisle";

// Reading 100 MB back and making a task take seconds, and many on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** What `npm run samples` made, read back as others will read it. */
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}
async function numberOf(sql: string): Promise<number> {
  return Number(Object.values((await rowsOf(sql))[0])[0]);
}
const served = (id: string, file = "") => join(placesOf(id).served, file);
const manifestOf = (id: string): TaskManifest =>
  readManifest(JSON.parse(readFileSync(served(id, "task.json"), "utf8")), id);

/** Every table of a task: its splits, and the records of a matching task that keeps them apart. */
function tablesOf(task: TaskManifest) {
  return [...Object.entries(task.splits), ...(task.records ? [["records", task.records] as const] : [])].map(
    ([name, files]) => ({ name, ...files }),
  );
}

/** The files' columns and DuckDB's types for them. */
async function columnsOf(parquet: string): Promise<{ name: string; type: string }[]> {
  const described = await rowsOf(`describe select * from '${parquet}'`);
  return described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

const PICTURE = "STRUCT(bytes BLOB, path VARCHAR)";

it("the catalogue lists the suite: what lies in tasks/, each in a folder of its own, and nothing else is served", async () => {
  const { tasks } = readCatalogue(JSON.parse(readFileSync(join(SERVED, "index.json"), "utf8")), "index.json");
  expect(tasks.map((task) => task.id)).toEqual(taskIds());
  expect(readdirSync(SERVED).sort()).toEqual([...taskIds(), "index.json", SCHEMA_FILE].sort());
  for (const entry of tasks) {
    const task = manifestOf(entry.id);
    expect(entry.bytes).toBe(parquetBytes(task));
    expect(entry.rows).toEqual(Object.fromEntries(SPLIT_NAMES.map((name) => [name, task.splits[name].rows])));
    expect(entry.columns).toEqual(task.columns.map((column) => column.name));
    if (task.track === "classification") {
      expect(entry.positives).toBeUndefined();
      continue;
    }
    const matches = await numberOf(`select count(*) from '${served(entry.id, "train.parquet")}' where label = 1`);
    expect(entry.positives).toBeCloseTo(matches / task.splits.train.rows, 4);
  }
});

describe("the published JSON Schema", () => {
  const valid = new Ajv2020().compile(JSON.parse(readFileSync(join(SERVED, SCHEMA_FILE), "utf8")));
  const written = JSON.parse(readFileSync(served("emoji-aisle", "task.json"), "utf8"));

  it.each(taskIds())("is kept by %s", (id) => {
    expect(valid(JSON.parse(readFileSync(served(id, "task.json"), "utf8"))), JSON.stringify(valid.errors)).toBe(true);
  });
  it("does without what has a default, and not without the rest", () => {
    const { baselines, notebook, ...needed } = written;
    expect([baselines, notebook]).not.toContain(undefined);
    expect(valid(needed)).toBe(true);
    for (const key of ["columns", "splits", "label", "metric"])
      expect(valid({ ...written, [key]: undefined })).toBe(false);
    expect(valid({ ...written, metric: "charm" })).toBe(false);
    expect(valid({ ...written, columns: [{ name: "x", modality: "sound", description: "" }] })).toBe(false);
  });
});

describe.each(taskIds())("%s", (id) => {
  const task = manifestOf(id);
  const tables = tablesOf(task);

  it("has the files of its manifest, with the bytes that it says", () => {
    const files = tables.flatMap(({ parquet, csv }) => [parquet, csv]);
    const others = ["task.json", "croissant.json", "LICENCES.txt", task.notebook];
    expect(readdirSync(served(id)).sort()).toEqual([...files, ...others].sort());
    for (const { parquet, csv, sha256 } of tables) {
      expect(sha256Of(served(id, parquet))).toBe(sha256.parquet);
      expect(sha256Of(served(id, csv))).toBe(sha256.csv);
    }
  });

  it("is made of the very bytes that every other machine makes (after a change that was meant: npm run samples:verify -- --accept)", () => {
    expect(digestsOf(placesOf(id), readdirSync(served(id)))).toEqual(readDigests()[id]);
  });

  it("has its columns in each split: an id, the features, and a label but in test", async () => {
    const features = task.records ? ["left_id", "right_id"] : featureColumns(task).map(({ name }) => name);
    for (const split of SPLIT_NAMES) {
      const names = (await columnsOf(served(id, task.splits[split].parquet))).map(({ name }) => name);
      expect(names).toEqual(["id", ...features, ...(split === "test" ? [] : [task.label.column])]);
    }
    if (task.records) {
      const names = (await columnsOf(served(id, task.records.parquet))).map(({ name }) => name);
      expect(names).toEqual(["id", ...task.columns.map(({ name }) => name)]);
    }
  });

  it("has the same rows in Parquet and CSV, in the same order", async () => {
    for (const { parquet, csv, rows } of tables) {
      const columns = await columnsOf(served(id, parquet));
      const types = columns.map(({ name, type }) => `'${name}': '${type === PICTURE ? "VARCHAR" : type}'`);
      const shown = columns.map(({ name, type }) =>
        type === PICTURE ? `'data:image/png;base64,' || base64("${name}".bytes) as "${name}"` : `"${name}"`,
      );
      const fromParquet = `select row_number() over () as place, ${shown.join(", ")} from '${served(id, parquet)}'`;
      const fromCsv = `select row_number() over () as place, * from read_csv('${served(id, csv)}', header = true, columns = {${types}}, delim = ',', quote = '"', escape = '"')`;
      expect(await numberOf(`select count(*) from (${fromParquet})`)).toBe(rows);
      expect(await numberOf(`select count(*) from (${fromCsv})`)).toBe(rows);
      expect(await numberOf(`select count(*) from (${fromParquet} except ${fromCsv})`)).toBe(0);
    }
  });

  it("has ids that are all different and rows in their order or their records'", async () => {
    const union = SPLIT_NAMES.map((split) => `select id from '${served(id, task.splits[split].parquet)}'`).join(
      " union all ",
    );
    const all = SPLIT_NAMES.reduce((sum, split) => sum + task.splits[split].rows, 0);
    expect(await numberOf(`select count(distinct id) from (${union})`)).toBe(all);
    expect(await numberOf(`select count(*) from (${union}) where not regexp_full_match(id, '[0-9a-f]{12}')`)).toBe(0);
  });

  it("serves no test label: it is in no column, and test ids are in no file but the test split", async () => {
    const labels = readFileSync(join(placesOf(id).unserved, "test-labels.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const ids = labels.map((line) => line.slice(0, line.indexOf(",")));
    const inTest = await rowsOf(`select id from '${served(id, task.splits.test.parquet)}'`);
    expect(ids).toEqual(inTest.map((row) => row.id));
    const classes = new Set(task.label.classes ?? ["0", "1"]);
    for (const line of labels) expect(classes).toContain(line.slice(line.indexOf(",") + 1));
    const wanted = new Set(ids);
    for (const file of readdirSync(served(id))) {
      if (file === task.splits.test.csv || file === task.splits.test.parquet) continue;
      if (file.endsWith(".parquet")) {
        const held = await rowsOf(`select id from '${served(id, file)}'`);
        expect(held.filter((row) => wanted.has(String(row.id)))).toEqual([]);
      } else {
        const text = readFileSync(served(id, file), "utf8");
        expect([...text.matchAll(/\b[0-9a-f]{12}\b/g)].filter(([word]) => wanted.has(word))).toEqual([]);
      }
    }
  });

  it("says who made its data, under which licence, and what was changed", () => {
    expect(task.attribution.length).toBeGreaterThan(0);
    const text = readFileSync(served(id, "LICENCES.txt"), "utf8");
    for (const { name, licence, text: notice, changes } of task.attribution) {
      expect(text).toContain(name);
      expect(text).toContain(notice);
      if (licence.includes("CC-BY")) expect(changes).toBeTruthy();
      for (const spdx of licence.split(" AND ")) expect(task.licence.split(" AND ")).toContain(spdx);
      expect(licence).not.toMatch(/\b(NC|SA|ND)\b|GPL/);
    }
  });

  it("is read by the tab's engine, DuckDB 0.9.1", async () => {
    const engine = await openOldEngine();
    for (const { parquet, rows } of tables) {
      engine.register("table.parquet", readFileSync(served(id, parquet)));
      expect(engine.count("select count(*)::int as n from 'table.parquet'")).toBe(rows);
      const names = (await columnsOf(served(id, parquet))).map(({ name, type }) =>
        type === PICTURE ? `"${name}".bytes` : `"${name}"`,
      );
      const hashed = names.map((name) => `hash(${name})`).join(", ");
      expect(engine.count(`select count(distinct (${hashed}, id))::int as n from 'table.parquet'`)).toBe(rows);
      engine.drop("table.parquet");
    }
    engine.close();
  });
});

describe("nothing that belongs together lies in two splits", () => {
  const union = (id: string, columns: string) =>
    SPLIT_NAMES.map((split) => `select '${split}' as split, ${columns} from '${served(id, `${split}.parquet`)}'`).join(
      " union all ",
    );
  const torn = (id: string, entity: string) =>
    rowsOf(`select entity from (${union(id, `${entity} as entity`)}) where entity is not null
      group by entity having count(distinct split) > 1`);
  const recordSplits = (id: string) =>
    `select distinct split, r.* from (select split, unnest([left_id, right_id]) as record from (${union(id, "left_id, right_id")})) p
      join '${served(id, "records.parquet")}' r on r.id = p.record`;

  it("emoji families and pictures", async () => {
    const sides = new Map<string, string>();
    for (const { split, name } of await rowsOf(union("emoji-aisle", "name"))) {
      const family = familyOf(String(name));
      expect(`${family} in ${sides.get(family) ?? split}`).toBe(`${family} in ${split}`);
      sides.set(family, String(split));
    }
    expect(await torn("emoji-aisle", "md5(base64(image.bytes))")).toEqual([]);
  });
  it("icons of one name, and equal drawings", async () => {
    expect(await torn("icon-topic", "name")).toEqual([]);
    expect(await torn("icon-topic", "md5(base64(image.bytes))")).toEqual([]);
  });
  it("a vendor's products with one description or one model", async () => {
    expect(await torn("smart-home-type", "lower(vendor || ': ' || description)")).toEqual([]);
    expect(await torn("smart-home-type", "lower(vendor || ': ' || model)")).toEqual([]);
  });
  it("meanings with one definition", async () => {
    expect(await torn("word-sense", "definition")).toEqual([]);
  });
  it.each(["emoji-languages", "icon-styles"])("a record of %s, and its picture", async (id) => {
    const records = recordSplits(id);
    expect(await rowsOf(`select id from (${records}) group by id having count(*) > 1`)).toEqual([]);
    expect(
      await rowsOf(
        `select md5(base64(image.bytes)) as picture from (${records}) group by 1 having count(distinct split) > 1`,
      ),
    ).toEqual([]);
    expect(await numberOf(`select count(*) from (${records})`)).toBe(manifestOf(id).records?.rows);
  });
  it("icons whose names begin alike, in icon-styles", async () => {
    const heads = `select split, list_filter(string_split(title, ' '), word -> not regexp_full_match(word, '[0-9]+'))[1] as head from (${recordSplits("icon-styles")})`;
    expect(
      await rowsOf(`select head from (${heads}) where head is not null group by head having count(distinct split) > 1`),
    ).toEqual([]);
  });
  it("the entries of both encyclopaedias", async () => {
    expect(await torn("web-features", "'left ' || left_title")).toEqual([]);
    expect(await torn("web-features", "'right ' || right_title")).toEqual([]);
  });
  it("products of smart-home-variants", async () => {
    const sides = union("smart-home-variants", "left_vendor as v, left_description as d").concat(
      " union all ",
      union("smart-home-variants", "right_vendor, right_description"),
    );
    expect(
      await rowsOf(`select v, d from (${sides}) group by lower(v), lower(d), v, d having count(distinct split) > 1`),
    ).toEqual([]);
  });
});

describe("the share of positives is the same in every split", () => {
  it.each(taskIds().filter((id) => manifestOf(id).track === "matching"))("%s", async (id) => {
    const [train, validation] = await Promise.all(
      (["train", "validation"] as const).map((split) =>
        numberOf(`select avg(label) from '${served(id, `${split}.parquet`)}'`),
      ),
    );
    const labels = readFileSync(join(placesOf(id).unserved, "test-labels.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const test = labels.filter((line) => line.endsWith(",1")).length / labels.length;
    expect(Math.max(train, validation, test) - Math.min(train, validation, test)).toBeLessThan(0.01);
  });
});

describe("making a task", () => {
  it("gives the bytes that are served, again and elsewhere", async () => {
    const task = await loadTask("emoji-aisle");
    const made = task.make(() => {});
    checkMade(task, made);
    const folder = mkdtempSync(join(tmpdir(), "samples-"));
    const places = { served: join(folder, "served"), unserved: join(folder, "unserved") };
    const writer = await createTableWriter();
    try {
      await publish(task, layOut(task, made), writer, places);
      for (const file of readdirSync(places.served)) {
        expect(sha256Of(join(places.served, file)), file).toBe(sha256Of(served("emoji-aisle", file)));
      }
      writeStamp(places, "made");
      expect(refreshNotebook(task, places)).toBe(false);
      writeFileSync(join(places.served, "notebook.md"), "an older one");
      expect(refreshNotebook(task, places)).toBe(true);
      expect(sha256Of(join(places.served, "notebook.md"))).toBe(sha256Of(served("emoji-aisle", "notebook.md")));
      expect(staleReason(places, "made")).toBeUndefined();
      expect(staleReason(places, "otherwise made")).toBe("its sources changed");
      rmSync(join(places.served, "train.csv"));
      expect(staleReason(places, "made")).toBe("train.csv is missing");
    } finally {
      writer.dispose();
      rmSync(folder, { recursive: true });
    }
  });

  it("depends on a task's own file and all that it imports, not on another task's", async () => {
    const sources = [...sourcesOf(taskFile("icon-topic"))].map((file) =>
      file.slice(file.indexOf("tools/samples/") + 14),
    );
    expect(sources).toEqual(
      expect.arrayContaining(["tasks/icon-topic.ts", "topics.ts", "png.ts", "sources/iconify.ts"]),
    );
    expect(sources).not.toContain("tasks/emoji-aisle.ts");
    const [one, other] = await Promise.all([loadTask("icon-topic"), loadTask("emoji-aisle")]);
    expect(madeFrom(one, taskFile("icon-topic"))).not.toBe(madeFrom(other, taskFile("emoji-aisle")));
  });
});

interface OldEngine {
  register(name: string, bytes: Uint8Array): void;
  drop(name: string): void;
  count(sql: string): number;
  close(): void;
}

/** The tab's DuckDB, in its build for Node. */
async function openOldEngine(): Promise<OldEngine> {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs");
  const duckdb = require(file);
  const bundle = (name: string) => ({ mainModule: join(dirname(file), name), mainWorker: "" });
  const bundles = { mvp: bundle("duckdb-mvp.wasm"), eh: bundle("duckdb-eh.wasm") };
  const database = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await database.instantiate();
  database.open({});
  const connection = database.connect();
  return {
    register: (name, bytes) => database.registerFileBuffer(name, bytes),
    drop: (name) => database.dropFile(name),
    count: (sql) => Number(connection.query(sql).toArray()[0].toJSON().n),
    close: () => connection.close(),
  };
}
