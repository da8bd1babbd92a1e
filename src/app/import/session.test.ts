import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { zipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { converterInNode, importerInNode, sessionInNode } from "../../../tools/engine-in-node";
import { Fault } from "../../base";
import type { Converter } from "../../data";
import { rowsOf, tableFromArrow } from "../../table";
import { SPLIT_NAMES, type SplitName } from "../../tasks";
import { readTaskFolder } from "./folder";
import { placed } from "./paths";
import { type BroughtTask, createImportSession, type ImportSession } from "./session";

const never = new AbortController().signal;

// The whole way from files to Parquet with the real engine, in Node: only the workers are left out.
let converter: Converter;
beforeEach(async () => {
  converter = await converterInNode();
});

function open(): ImportSession {
  return createImportSession({}, { importer: importerInNode(), converter: () => converter });
}

const csv = (name: string, text: string): File => new File([text], name);

async function bring(
  files: Partial<Record<SplitName, File>>,
  about: Parameters<ImportSession["plan"]>[0],
): Promise<BroughtTask> {
  const session = open();
  for (const [role, file] of Object.entries(files)) await session.add(role as SplitName, file, about.label);
  return session.make(about, "mine");
}

/** A split of a brought task as the engine reads it back. */
async function rowsFrom(task: BroughtTask, split: SplitName): Promise<Record<string, unknown>[]> {
  const session = await sessionInNode();
  const bytes = task.files.get(task.manifest.splits[split].parquet) ?? new Uint8Array();
  await session.load({ table: split, file: split, format: "parquet", bytes }, never);
  return rowsOf(await tableFromArrow(await session.query(`from ${split}`, [], never)));
}

/** One after the other: the engine holds one database. */
async function allRows(task: BroughtTask): Promise<Record<string, unknown>[][]> {
  const rows: Record<string, unknown>[][] = [];
  for (const split of SPLIT_NAMES) rows.push(await rowsFrom(task, split));
  return rows;
}

/** A Parquet file by a current DuckDB. */
async function parquet(name: string, sql: string, options = ""): Promise<File> {
  const path = join(mkdtempSync(join(tmpdir(), "import-")), name);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`copy (${sql}) to '${path}' (format parquet${options})`);
  connection.closeSync();
  return new File([readFileSync(path)], name);
}

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("a task from CSV", () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) =>
      `${i},"thing ${i} of many, kind ${i % 3}",${i % 2 ? `"$ ${i}.50"` : `"$ 1,${i + 100}.00"`},${"abc"[i % 3]}`,
  );
  const text = ["id,name,price,kind", ...lines].join("\n");

  it("has a manifest, its three splits, a starter notebook, and test's labels apart", async () => {
    const task = await bring(
      { train: csv("things.csv", text) },
      { title: "Things", track: "classification", label: "kind" },
    );
    const { manifest } = task;
    expect(manifest).toMatchObject({
      id: "mine",
      track: "classification",
      metric: "accuracy",
      label: { column: "kind", classes: ["a", "b", "c"] },
    });
    expect(manifest.columns.map(({ name, modality }) => [name, modality])).toEqual([
      ["name", "text"],
      ["price", "numeric"],
    ]);
    expect(SPLIT_NAMES.map((name) => manifest.splits[name].rows)).toEqual([42, 9, 9]);
    const [train, validation, test] = await allRows(task);
    expect([...train, ...validation, ...test].map((row) => Number(row.id)).sort((a, b) => a - b)).toEqual(
      lines.map((_, i) => i),
    );
    expect(Object.keys(train[0])).toEqual(["id", "name", "price", "kind"]);
    expect(Object.keys(test[0])).toEqual(["id", "name", "price"]);
    for (const { id, price } of [...train, ...test])
      expect(price).toBe(Number(id) % 2 ? Number(id) + 0.5 : Number(id) + 1100);
    const labels = task.files.get("test-labels.parquet");
    expect(labels?.length).toBeGreaterThan(100);
    expect(task.texts.get("notebook.md")).toContain("task: mine");
  });

  it("comes out the same each time", async () => {
    const about = { title: "Things", track: "classification" as const, label: "kind" };
    const [a, b] = [
      await bring({ train: csv("things.csv", text) }, about),
      await bring({ train: csv("things.csv", text) }, about),
    ];
    expect(a.manifest).toEqual(b.manifest);
  });
});

describe("a task's own folder", () => {
  it("comes out of an archive as it went in, under another id where its own is taken", async () => {
    const task = await bring(
      { train: csv("t.csv", ["x,k", ...Array.from({ length: 40 }, (_, i) => `${i * i},${"ab"[i % 2]}`)].join("\n")) },
      { title: "Folder", track: "classification", label: "k" },
    );
    const text = (value: string): Uint8Array => new TextEncoder().encode(value);
    const folder = {
      "mine/task.json": text(JSON.stringify(task.manifest)),
      "mine/notebook.md": text(task.texts.get("notebook.md") ?? ""),
      "__MACOSX/mine/._task.json": text("x"),
      ...Object.fromEntries([...task.files].map(([name, bytes]) => [`mine/${name}`, bytes])),
    };
    const files = await open().unzip(new File([zipSync(folder) as Uint8Array<ArrayBuffer>], "mine.zip"));
    expect(files.map((file) => file.name).sort()).toEqual([
      "notebook.md",
      "task.json",
      "test-labels.parquet",
      "test.parquet",
      "train.parquet",
      "validation.parquet",
    ]);
    const again = await readTaskFolder(files, (id) => `${id}-2`);
    expect(again.manifest).toEqual({ ...task.manifest, id: "mine-2" });
    expect(again.texts.get("notebook.md")).toContain("task: mine-2\n");
    expect(await rowsFrom(again, "validation")).toEqual(await rowsFrom(task, "validation"));

    const without = files.filter((file) => file.name !== "test.parquet");
    await expect(readTaskFolder(without, (id) => id)).rejects.toMatchObject({
      code: "file-missing",
      where: { file: "test.parquet" },
    });
    const other = [...without, new File(["no"], "test.parquet")];
    await expect(readTaskFolder(other, (id) => id)).rejects.toMatchObject({
      code: "file-damaged",
      where: { file: "test.parquet" },
    });
    await expect(open().unzip(new File(["PK\u0003\u0004broken"], "b.zip"))).rejects.toMatchObject({
      code: "file-damaged",
    });
  });
});

describe("a task from Parquet", () => {
  const image = `{'bytes': from_base64('${PNG}'), 'path': 'x.png'}`;

  it("keeps pictures in their structs, and reads every plain type", async () => {
    const sql = `select range::ubigint as id, 'name ' || range as title, ${image} as image, range::decimal(9,2) / 4 as price,
      date '2024-01-01' + range::int as day, timestamp '2024-01-01 10:00:00' + to_hours(range::int) as seen, range % 2 = 0 as even,
      ['a', 'b' || range] as tags, [range::float, 1.5] as vec, {'a': range, 'b': 'x'} as deep,
      ('k' || range % 3)::enum('k0','k1','k2') as grade, 9007199254740993 + range as big, range % 4 as label from range(80)`;
    const task = await bring(
      { train: await parquet("all.parquet", sql) },
      { title: "All", track: "classification", label: "label" },
    );
    const modality = Object.fromEntries(task.manifest.columns.map((column) => [column.name, column.modality]));
    expect(modality).toMatchObject({
      title: "text",
      image: "image",
      price: "numeric",
      day: "text",
      seen: "text",
      even: "categorical",
      tags: "text",
      grade: "categorical",
    });
    expect(modality).not.toHaveProperty("deep");
    expect(modality).not.toHaveProperty("vec");
    expect(modality).not.toHaveProperty("big");
    const [row] = await rowsFrom(task, "test");
    const n = Number(row.id);
    expect(row).toMatchObject({
      title: `name ${n}`,
      tags: `a, b${n}`,
      big: String(9007199254740993n + BigInt(n)),
      even: String(n % 2 === 0),
      price: n / 4,
    });
    expect(row.image).toEqual(new Uint8Array(Buffer.from(PNG, "base64")));
    expect(Array.from(row.vec as Float32Array)).toEqual([n, 1.5]);
    expect(row.day).toMatch(/^2024-0[1-3]-\d\d$/);
    expect(String(row.seen)).toMatch(/^2024-01-0[1-5]T\d\d:00:00/);
  });

  it("takes plain blobs of pictures, counts damaged ones as missing, and says so", async () => {
    const sql = `select range as id, case when range = 3 then 'damaged'::blob when range = 4 then null else from_base64('${PNG}') end as photo,
      'word ' || range % 7 as w, 'ab'[1 + range % 2] as label from range(40)`;
    const task = await bring(
      { train: await parquet("p.parquet", sql) },
      { title: "P", track: "classification", label: "label" },
    );
    expect(task.manifest.columns.find((column) => column.name === "photo")?.modality).toBe("image");
    expect(task.manifest.description).toContain(
      '1 picture of "photo" in p.parquet cannot be shown and counts as missing: row 4',
    );
    const rows = (await allRows(task)).flat();
    expect(
      rows
        .filter((row) => row.photo === null)
        .map((row) => Number(row.id))
        .sort(),
    ).toEqual([3, 4]);
  });

  it.each(["snappy", "zstd", "gzip", "uncompressed"])("packed with %s", async (codec) => {
    const file = await parquet(
      "c.parquet",
      "select range as id, 'n' || range as t, range % 2 as label from range(50)",
      `, compression ${codec}`,
    );
    const work = bring({ train: file }, { title: "C", track: "classification", label: "label" });
    await expect(work.then((task) => task.manifest.splits.train.rows)).resolves.toBe(34);
  });

  it.each([
    ["lz4", "LZ4"],
    ["brotli", "BROTLI"],
  ])("names the codec %s, which the engine lacks", async (codec, name) => {
    const file = await parquet(
      "c.parquet",
      "select range as id, range % 2 as label from range(50)",
      `, compression ${codec}`,
    );
    const work = bring({ train: file }, { title: "C", track: "classification", label: "label" });
    await expect(work).rejects.toMatchObject({ message: expect.stringContaining(name), code: "file-unsupported" });
  });

  // How they were made: fixtures/README.md.
  const stranger = (name: string): File => new File([readFileSync(join(import.meta.dirname, "fixtures", name))], name);
  const about = { title: "S", track: "classification" as const, label: "label" };

  it.each(["polars-snappy.parquet", "polars-zstd.parquet"])("written by polars: %s", async (name) => {
    const task = await bring({ train: stranger(name) }, about);
    expect(Object.fromEntries(task.manifest.columns.map((column) => [column.name, column.modality]))).toEqual({
      name: "categorical",
      text: "text",
      price: "numeric",
      flag: "categorical",
      when: "text",
      tags: "categorical",
    });
    const rows = (await allRows(task)).flat();
    expect(rows).toHaveLength(200);
    for (const { id, name: word, text, price, flag, when, tags } of rows) {
      const n = Number(id);
      expect({ word, text, price, flag, tags }).toEqual({
        word: `name ${n % 17}`,
        text: n % 5 ? `a longer text about ${n}` : null,
        price: n / 3,
        flag: String(n % 2 === 0),
        tags: `x, t${n % 3}`,
      });
      expect(String(when).slice(0, 10)).toBe(new Date(1e12 + n * 864e5).toISOString().slice(0, 10));
    }
  });

  it("written by arrow-rs, with dictionaries, large strings and Hugging Face's pictures", async () => {
    const task = await bring({ train: stranger("arrow-rs.parquet") }, about);
    expect(Object.fromEntries(task.manifest.columns.map((column) => [column.name, column.modality]))).toMatchObject({
      name: "categorical",
      text: "text",
      f: "numeric",
      image: "image",
      flag: "categorical",
    });
    expect(task.manifest.label.classes).toEqual(["0", "1", "2", "3"]);
    const [row] = await rowsFrom(task, "validation");
    expect(row).toMatchObject({ name: `name ${Number(row.id) % 17}`, text: `a longer text about ${row.id}` });
    expect(row.image).toEqual(new Uint8Array(Buffer.from(PNG, "base64")));
  });

  it("written by hyparquet-writer, with pictures as plain bytes", async () => {
    const task = await bring({ train: stranger("hyparquet.parquet") }, about);
    expect(task.manifest.columns.find((column) => column.name === "image")?.modality).toBe("image");
    expect(task.manifest.label.classes).toEqual(["a", "b", "c"]);
    expect((await allRows(task)).map((rows) => rows.length)).toEqual([140, 30, 30]);
  });

  it("names a file without rows, and a codec of polars that the engine lacks", async () => {
    await expect(bring({ train: stranger("polars-empty.parquet") }, about)).rejects.toMatchObject({
      code: "file-empty",
    });
    await expect(bring({ train: stranger("polars-lz4.parquet") }, about)).rejects.toMatchObject({
      code: "file-unsupported",
    });
  });

  it("mixes with CSV, a split each", async () => {
    const train = await parquet(
      "train.parquet",
      "select range as id, range * 1.5 as price, 'word ' || range % 9 as w, range % 2 as label from range(60)",
    );
    const validation = csv(
      "validation.csv",
      `id,price,w,label\n${Array.from({ length: 10 }, (_, i) => `${i},"$ ${i}.5",word 3,${i % 2}`).join("\n")}\n`,
    );
    const task = await bring({ train, validation }, { title: "Mixed", track: "classification", label: "label" });
    expect(task.manifest.columns.map((column) => column.modality)).toEqual(["numeric", "categorical"]);
    expect(SPLIT_NAMES.map((name) => task.manifest.splits[name].rows)).toEqual([60, 10, 0]);
    expect((await rowsFrom(task, "validation"))[1]).toEqual({ id: "1", price: 1.5, w: "word 3", label: 1 });
  });

  it("names what is damaged", async () => {
    const good = new Uint8Array(
      await (await parquet("d.parquet", "select range as id, range % 2 as label from range(1000)")).arrayBuffer(),
    );
    for (const bytes of [
      good.slice(0, good.length - 40),
      good.map((byte, i) => (i > 30 && i < 400 ? byte ^ 0x5a : byte)),
    ]) {
      const work = bring(
        { train: new File([bytes], "d.parquet") },
        { title: "D", track: "classification", label: "label" },
      );
      await expect(work).rejects.toBeInstanceOf(Fault);
      await expect(work).rejects.toMatchObject({ code: "file-damaged", where: { file: "d.parquet" } });
    }
  });
});

describe("pictures beside a table", () => {
  const tail = (n: number): Uint8Array<ArrayBuffer> => Uint8Array.from([...Buffer.from(PNG, "base64"), n]);
  const rows = (count: number): string =>
    [
      "id,photo,label",
      ...Array.from({ length: count }, (_, i) => `${i},images/${"ab"[i % 2]}/${i >> 1}.png,${"xy"[i % 2]}`),
    ].join("\n");
  const entries = (count: number): Record<string, Uint8Array> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`shop/images/${"ab"[i % 2]}/${i >> 1}.png`, tail(i % 250)]),
    );
  const about = { title: "Photos", track: "classification" as const, label: "label" };

  it("come out of an archive into their rows, each into its own, and what is missing is told", async () => {
    const files = entries(80);
    delete files["shop/images/a/3.png"];
    const archive = zipSync({ ...files, "shop/train.csv": new TextEncoder().encode(rows(80)) });
    const session = open();
    const unpacked = await session.unzip(new File([archive as Uint8Array<ArrayBuffer>], "shop.zip"));
    const table = unpacked.filter(({ name }) => name === "train.csv");
    await session.add("train", table[0], "label");
    expect(await session.addPictures(unpacked.filter((file) => !table.includes(file)))).toMatchObject({ count: 79 });
    const task = await session.make(about, "mine");
    expect(task.manifest.columns).toMatchObject([{ name: "photo", modality: "image" }]);
    expect(task.warnings).toEqual([
      expect.stringContaining('1 picture of "photo" in train.csv counts as missing: line 8 (images/a/3.png is not'),
    ]);
    const all = (await allRows(task)).flat();
    expect(all).toHaveLength(80);
    for (const { id, photo } of all) expect(photo).toEqual(Number(id) === 6 ? null : tail(Number(id)));
  });

  it("go with Parquet too, and come before the table or after it", async () => {
    const sql = `select range as id, 'images/' || case when range % 2 = 0 then 'a/' else 'b/' end || (range // 2) || '.png' as photo,
      case when range % 2 = 0 then 'x' else 'y' end as label from range(60)`;
    const file = await parquet("photos.parquet", sql);
    const pictures = Object.entries(entries(60)).map(([path, bytes]) =>
      placed(new File([bytes as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf("/") + 1)), path),
    );
    const made: BroughtTask[] = [];
    for (const first of ["pictures", "table"]) {
      const session = open();
      if (first === "pictures") await session.addPictures(pictures);
      await session.add("train", file, "label");
      if (first === "table") await session.addPictures(pictures);
      made.push(await session.make(about, "mine"));
    }
    expect(made[0].manifest).toEqual(made[1].manifest);
    const all = (await allRows(made[0])).flat();
    for (const { id, photo } of all) expect(photo).toEqual(tail(Number(id)));
  });

  it("that no column names are told", async () => {
    const session = open();
    await session.addPictures([new File([tail(1)], "1.png")]);
    await session.add("train", csv("train.csv", rows(60).replaceAll(".png", "")), "label");
    const { notes } = await session.plan(about);
    expect(notes.map(({ text }) => text).join()).toContain("No column names the 1 picture that came as files");
  });

  it("belong to the records of pairs", async () => {
    const records = (side: string): string =>
      ["id,photo", ...Array.from({ length: 40 }, (_, i) => `${side}${i},images/a/${i}.png`)].join("\n");
    const pairs = [
      "left_id,right_id,label",
      ...Array.from({ length: 60 }, (_, i) => `l${i % 40},r${(i * 7) % 40},${i % 3 ? 0 : 1}`),
    ];
    const session = open();
    await session.addPictures(
      Object.entries(entries(80)).map(([path, bytes]) =>
        placed(new File([bytes as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf("/") + 1)), path),
      ),
    );
    await session.add("left", csv("tableA.csv", records("l")));
    await session.add("right", csv("tableB.csv", records("r")));
    await session.add("train", csv("pairs.csv", pairs.join("\n")), "label");
    const task = await session.make({ ...about, track: "matching" }, "mine");
    expect(task.manifest.columns.map(({ name, modality }) => [name, modality])).toContainEqual(["photo", "image"]);
    const [row] = await rowsFrom(task, "train");
    expect(row.left_photo).toBeInstanceOf(Uint8Array);
  });
});
