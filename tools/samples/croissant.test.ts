import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CroissantFile, croissantIssues, RULES, type Rule } from "./croissant-rules";
import { sha256Of } from "./publish";
import { placesOf, taskIds } from "./suite";

vi.setConfig({ testTimeout: 60_000 });

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

/** What lies in a task's folder. A CSV's columns are its twin's. */
async function filesOf(id: string): Promise<Map<string, CroissantFile>> {
  const folder = placesOf(id).served;
  const files = new Map<string, CroissantFile>();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const columns: Record<string, string> = {};
    if (name.endsWith(".parquet")) {
      const described = await connection.runAndReadAll(`describe select * from '${path}'`);
      for (const row of described.getRowObjectsJson()) columns[String(row.column_name)] = String(row.column_type);
    }
    files.set(name, { bytes: statSync(path).size, sha256: sha256Of(path), columns });
  }
  return files;
}

const documentOf = (id: string) => JSON.parse(readFileSync(join(placesOf(id).served, "croissant.json"), "utf8"));

it.each(taskIds())("the croissant of %s keeps every rule, and leaves no column of a file out", async (id) => {
  const files = await filesOf(id);
  const document = documentOf(id);
  expect(croissantIssues(document, files)).toEqual([]);
  const read = new Map<string, string[]>();
  for (const { source } of document.recordSet.flatMap((set: { field: unknown[] }) => set.field))
    if (source?.extract.column !== undefined)
      read.set(source.fileObject["@id"], [...(read.get(source.fileObject["@id"]) ?? []), source.extract.column]);
  for (const [name, { columns }] of files)
    if (name.endsWith(".parquet")) expect(read.get(name), name).toEqual(Object.keys(columns));
  const data = [...files.keys()].filter((name) => /\.(parquet|csv)$/.test(name));
  expect(document.distribution.map((file: { name: string }) => file.name).sort()).toEqual(data.sort());
});

describe("each rule bites", () => {
  // Read from JSON, to be broken in every way.
  type Document = ReturnType<typeof documentOf>;
  const setOf = (document: Document, id: string) => document.recordSet.find((set: Document) => set["@id"] === id);
  const fieldOf = (document: Document, id: string) =>
    setOf(document, id.split("/")[0]).field.find((field: Document) => field["@id"] === id);

  const breaks: [rule: Rule, what: string, change: (document: Document) => void][] = [
    ["context", "a term that means something else", (d) => Object.assign(d["@context"], { recordSet: "cr:recordset" })],
    ["context", "a missing term", (d) => delete d["@context"].references],
    ["dataset type", "another type", (d) => Object.assign(d, { "@type": "sc:DataCatalog" })],
    ["conformsTo", "no version", (d) => delete d.conformsTo],
    [
      "conformsTo",
      "a version that is not there",
      (d) => Object.assign(d, { conformsTo: "http://mlcommons.org/croissant/9" }),
    ],
    ...["name", "description", "license", "url", "creator", "datePublished", "distribution"].map(
      (name): (typeof breaks)[number] => ["required", `no ${name}`, (d) => delete d[name]],
    ),
    ["required", "an empty description", (d) => Object.assign(d, { description: "" })],
    ["recommended", "no citation", (d) => delete d.citeAs],
    ["license", "a licence by its name", (d) => Object.assign(d, { license: "MIT AND Apache-2.0" })],
    ["creator", "a creator without a type", (d) => Object.assign(d, { creator: { name: "Polytab" } })],
    ["date", "a date as one writes it", (d) => Object.assign(d, { datePublished: "22 November 2026" })],
    ["date", "a day that is none", (d) => Object.assign(d, { datePublished: "2026-13-45" })],
    ["version", "a version of two numbers", (d) => Object.assign(d, { version: "1.0" })],
    ["url", "words for a url", (d) => Object.assign(d, { url: "see the page" })],
    ["property", "a misspelt property", (d) => Object.assign(d, { recordSets: d.recordSet })],
    [
      "property",
      "a misspelt property of a field",
      (d) => Object.assign(fieldOf(d, "train/id"), { datatype: "sc:Text" }),
    ],
    ["id unique", "two nodes of one id", (d) => Object.assign(d.distribution[1], { "@id": d.distribution[0]["@id"] })],
    ["id unique", "a node without an id", (d) => delete d.distribution[1]["@id"]],
    ["id spaces", "an id with a space", (d) => Object.assign(d.distribution[1], { "@id": "train csv" })],
    [
      "id of field",
      "a field named for another set",
      (d) => Object.assign(fieldOf(d, "records/title"), { "@id": "title" }),
    ],
    ["node type", "a file by schema.org's name", (d) => Object.assign(d.distribution[0], { "@type": "sc:FileObject" })],
    [
      "node type",
      "a field by the old namespace",
      (d) => Object.assign(fieldOf(d, "train/id"), { "@type": "ml:Field" }),
    ],
    [
      "reference",
      "a source that is nowhere",
      (d) => Object.assign(fieldOf(d, "train/id").source, { fileObject: { "@id": "training.parquet" } }),
    ],
    [
      "reference",
      "a reference to a file",
      (d) => Object.assign(fieldOf(d, "train/left_id"), { references: { field: { "@id": "records.parquet" } } }),
    ],
    ["file mandatory", "no format", (d) => delete d.distribution[0].encodingFormat],
    ["file mandatory", "no address", (d) => delete d.distribution[0].contentUrl],
    ["file checksum", "no checksum", (d) => delete d.distribution[0].sha256],
    [
      "file format",
      "a format that no reader knows",
      (d) => Object.assign(d.distribution[0], { encodingFormat: "application/vnd.apache.parquet" }),
    ],
    [
      "file content",
      "another file's checksum",
      (d) => Object.assign(d.distribution[0], { sha256: d.distribution[1].sha256 }),
    ],
    ["file content", "another size", (d) => Object.assign(d.distribution[0], { contentSize: "12 B" })],
    [
      "file content",
      "a file that is not there",
      (d) => Object.assign(d.distribution[0], { contentUrl: "training.parquet" }),
    ],
    ["fields", "a record set without fields", (d) => Object.assign(setOf(d, "records"), { field: [] })],
    ["key", "a key of another set", (d) => Object.assign(setOf(d, "train"), { key: { "@id": "test/id" } })],
    ["key", "no key", (d) => delete setOf(d, "train").key],
    ["data", "data without a field", (d) => delete setOf(d, "splits").data[1]["splits/url"]],
    ["data", "no line of data", (d) => Object.assign(setOf(d, "splits"), { data: [] })],
    [
      "join",
      "two files without a join",
      (d) => {
        for (const field of setOf(d, "records").field.slice(1)) field.source.fileObject["@id"] = "train.parquet";
      },
    ],
    ["description", "a field without a description", (d) => delete fieldOf(d, "records/title").description],
    ["description", "a record set without a description", (d) => delete setOf(d, "train").description],
    ["data type", "no type", (d) => delete fieldOf(d, "train/id").dataType],
    [
      "data type",
      "a meaning without a type to read it as",
      (d) => Object.assign(fieldOf(d, "train/label"), { dataType: "cr:Label" }),
    ],
    ["data type", "a type that there is not", (d) => Object.assign(fieldOf(d, "train/id"), { dataType: "sc:String" })],
    ["source", "no source", (d) => delete fieldOf(d, "train/id").source],
    ["source", "two sources", (d) => Object.assign(fieldOf(d, "train/id").source, { field: { "@id": "test/id" } })],
    [
      "extract",
      "two ways to extract",
      (d) => Object.assign(fieldOf(d, "train/id").source.extract, { jsonPath: "$.id" }),
    ],
    [
      "extract",
      "a property that no file has",
      (d) => Object.assign(fieldOf(d, "train/split").source.extract, { fileProperty: "fileName" }),
    ],
    [
      "transform",
      "a transform of no kind",
      (d) => Object.assign(fieldOf(d, "records/image").source, { transform: { path: "bytes" } }),
    ],
    [
      "transform",
      "a pattern that is none",
      (d) => Object.assign(fieldOf(d, "train/split").source, { transform: { regex: "(train" } }),
    ],
    [
      "transform",
      "a pattern without a group",
      (d) => Object.assign(fieldOf(d, "train/split").source, { transform: { regex: "train" } }),
    ],
    [
      "column",
      "a column that the file lacks",
      (d) => Object.assign(fieldOf(d, "train/id").source.extract, { column: "identity" }),
    ],
    ["column", "a text as a number", (d) => Object.assign(fieldOf(d, "records/title"), { dataType: "sc:Integer" })],
    ["split", "no record set of splits", (d) => delete setOf(d, "splits").dataType],
    ["split", "a split that does not say so", (d) => setOf(d, "train").field.pop()],
    ["label", "a label that is none", (d) => Object.assign(fieldOf(d, "train/label"), { dataType: "sc:Integer" })],
    [
      "label",
      "a label of test",
      (d) => setOf(d, "test").field.push({ ...fieldOf(d, "train/label"), "@id": "test/label" }),
    ],
  ];
  // It has every kind of node: records apart, pictures, whole numbers, missing values.
  const files = filesOfLater("emoji-languages");

  it.each(breaks)("%s: %s", async (rule, _, change) => {
    const document = documentOf("emoji-languages");
    change(document);
    const issues = croissantIssues(document, await files());
    expect(issues.map((issue) => issue.rule)).toContain(rule);
  });

  it("and none is left out here", () => {
    expect([...new Set(breaks.map(([rule]) => rule))].sort()).toEqual(Object.keys(RULES).sort());
  });

  it("something that is no document at all is told by rules, not by a crash", () => {
    for (const nothing of [null, [], "croissant", { recordSet: "train", distribution: 3 }])
      expect(croissantIssues(nothing, new Map()).length).toBeGreaterThan(5);
  });
});

function filesOfLater(id: string): () => Promise<Map<string, CroissantFile>> {
  let files: Promise<Map<string, CroissantFile>> | undefined;
  return () => {
    files ??= filesOf(id);
    return files;
  };
}
