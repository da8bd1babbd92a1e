import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Fault, type Progress } from "../base";
import type { Table } from "../table";
import { runCell } from "./cell";
import { compile } from "./compile";
import { jobFor } from "./job";
import { loadParsers } from "./parsers";
import type { EmbeddedColumns, NeedsEmbeddings, Output, RunRequest, RunResult, SandboxTask } from "./protocol";
import { TOOLBOX_NAMES } from "./toolbox/names";
import { unpackJob } from "./wire";

beforeAll(loadParsers);

// The worker's whole work without the worker: modules are files instead of blobs, the scope is Node's own.
const folder = mkdtempSync(join(tmpdir(), "polytab-cell-"));
const { console: ownConsole } = globalThis;
const { random } = Math;
let files = 0;
afterEach(() => {
  Object.assign(globalThis, { console: ownConsole });
  Math.random = random;
});
afterAll(() => rmSync(folder, { recursive: true }));

const task: SandboxTask = {
  track: "classification",
  columns: [
    { name: "name", modality: "text" },
    { name: "price", modality: "numeric" },
  ],
  classes: ["a", "b"],
  label: "kind",
};

function shop(rows: number, prefix: string): Table {
  const at = <T>(make: (i: number) => T) => Array.from({ length: rows }, (_, i) => make(i));
  return {
    rows,
    columns: [
      { kind: "string", name: "id", values: at((i) => `${prefix}${i}`) },
      { kind: "string", name: "name", values: at((i) => (i === 2 ? null : `item ${i}`)) },
      { kind: "number", name: "price", values: Float64Array.from(at((i) => (i === 1 ? Number.NaN : i))) },
    ],
  };
}

const request: RunRequest = {
  cell: "features",
  source: "",
  task,
  splits: { train: shop(6, "t"), validation: shop(4, "v"), test: shop(3, "x") },
  trainLabels: ["a", "b", "a", "b", "a", "b"],
  tables: {},
  seed: 7,
};

interface Run {
  result: RunResult;
  heard: Output[];
  progress: Progress[];
}

class Needed extends Error {
  constructor(readonly needs: NeedsEmbeddings) {
    super(`it needs ${needs.columns}`);
  }
}

async function run(
  source: string,
  changes: Partial<RunRequest> = {},
  embedded?: Record<string, EmbeddedColumns>,
): Promise<Run> {
  const whole = { ...request, ...changes, source };
  const compiled = compile(source, TOOLBOX_NAMES);
  const { job, transfer } = jobFor(whole, compiled, new Map(Object.entries(embedded ?? {})));
  const heard: Output[] = [];
  const progress: Progress[] = [];
  try {
    const result = await runCell(unpackJob(structuredClone(job, { transfer: transfer as ArrayBuffer[] })), {
      scope: globalThis,
      reserved: new Set(["Map"]),
      moduleOf(code) {
        const path = join(folder, `cell${files++}.mjs`);
        writeFileSync(path, code);
        return path; // as Vitest spells it in stacks
      },
      load: (path) => import(/* @vite-ignore */ pathToFileURL(path).href),
      now: () => performance.now(),
      progress: (step) => progress.push(step),
      onOutput: (output) => heard.push(output),
    });
    if (result.kind === "needs") throw new Needed(result);
    return { result, heard, progress };
  } catch (error) {
    if (!(error instanceof Fault) || error.where?.line === undefined) throw error;
    const where = compiled.placeOf(error.where.line, error.where.column);
    throw new Fault(error.code, error.message, { hint: error.hint, where });
  }
}

async function faultOf(source: string, changes: Partial<RunRequest> = {}): Promise<Fault> {
  const outcome = await run(source, changes).catch((error: unknown) => error);
  if (!(outcome instanceof Fault)) throw new Error(`no fault: ${JSON.stringify(outcome)} ${outcome}`);
  return outcome;
}

function features({ result }: Run) {
  if (result.kind !== "features") throw new Error("no features");
  return result;
}

function values(ran: Run, column: string, split = "train"): unknown[] {
  const found = features(ran).splits[split].columns.find(({ name }) => name === column);
  return Array.from(found?.values as ArrayLike<unknown>, (v) => (v instanceof Float32Array ? Array.from(v) : v));
}

const define = (body: string) =>
  `import { defineFeatures, text } from "polytab";\nexport default defineFeatures((row: any) => (${body}));`;

describe("embeddings", () => {
  const uses = (body: string) =>
    `import { defineFeatures, embedding, similarity } from "polytab";\nexport default defineFeatures(${body});`;
  const vectors = (name: string, ...values: (number[] | null)[]) => ({
    kind: "vector" as const,
    name,
    values: values.map((value) => value && Float32Array.from(value)),
  });
  const names = {
    train: [vectors("name", [0], [1], null, [3], [4], [5])],
    validation: [vectors("name", [6], [7], null, [9])],
    test: [vectors("name", [10], [11], null)],
  };

  it("that were not sent are asked for, whatever comes of the run, also if the cell caught what it was told", async () => {
    const needs = { needs: { kind: "needs", columns: ["name"] } };
    await expect(run(uses(`(row: any) => ({ a: embedding(row, "name") })`))).rejects.toMatchObject(needs);
    const caught = `(row: any) => { try { embedding(row, "name"); } catch {} return { a: 1 }; }`;
    await expect(run(uses(caught))).rejects.toMatchObject(needs);
    const learnt = `{ fit: (rows: any[]) => embedding(rows[0], "name"), features: () => ({ a: 1 }) }`;
    await expect(run(uses(learnt))).rejects.toMatchObject(needs);
  });

  it("are vectors, to keep or to compare, in fit as well; the row shows nothing of them", async () => {
    const source = uses(`{
      fit: (rows: any[]) => embedding(rows[1], "name"),
      features: (row: any, first: any) => ({
        own: embedding(row, "name"),
        near: similarity.cosine(embedding(row, "name"), first),
        keys: Object.keys(row).join(" "),
      }),
    }`);
    const ran = await run(source, {}, { name: names });
    expect(values(ran, "own")).toEqual([[0], [1], null, [3], [4], [5]]);
    expect(values(ran, "own", "test")).toEqual([[10], [11], null]);
    expect(values(ran, "near")).toEqual([0, 1, Number.NaN, 1, 1, 1]);
    expect(values(ran, "keys")[0]).toBe("id name price");
  });

  it("are those of a column whatever it is called", async () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const given = { task: { ...task, columns: [{ name, modality: "text" as const }] } };
      const source = uses(`(row: any) => ({ a: embedding(row, "${name}") })`);
      await expect(run(source, given)).rejects.toMatchObject({ needs: { kind: "needs", columns: [name] } });
      const sent = { train: [vectors(name, [0], [1], null, [3], [4], [5])], validation: [], test: [] };
      const ran = await run(source, { ...given, rows: 6 }, { [name]: sent });
      expect(values(ran, "a")).toEqual([[0], [1], null, [3], [4], [5]]);
    }
  });

  it("are those of the record of a pair", async () => {
    const pairs = (rows: number): Table => ({
      rows,
      columns: ["left_name", "right_name"].map((name) => ({ kind: "string", name, values: Array(rows).fill("x") })),
    });
    const both = (...values: number[]) => [
      vectors("left_name", ...values.map((x) => [x])),
      vectors("right_name", ...values.map((x) => [-x])),
    ];
    const ran = await run(
      uses(`(row: any) => ({ l: embedding(row.left, "name")![0], r: embedding(row.right, "name")![0] })`),
      {
        task: { ...task, track: "matching" },
        splits: { train: pairs(2), validation: pairs(1), test: pairs(1) },
        trainLabels: ["0", "1"],
      },
      { name: { train: both(1, 2), validation: both(3), test: both(4) } },
    );
    expect(values(ran, "l")).toEqual([1, 2]);
    expect(values(ran, "r", "validation")).toEqual([-3]);
  });

  it("of what has none, or of something else than a row, are faults", async () => {
    expect(await faultOf(uses(`(row: any) => ({ a: embedding(row, "nam") })`))).toMatchObject({
      code: "code-embedding",
      message: expect.stringContaining('There is no column "nam" to embed'),
      hint: expect.stringContaining("name"),
      where: { line: 2 },
    });
    expect(await faultOf(uses(`(row: any) => ({ a: embedding(row, "price") })`))).toMatchObject({
      message: expect.stringContaining("it is numeric"),
    });
    const other = run(uses(`(row: any) => ({ a: embedding({}, "name") })`), {}, { name: names });
    await expect(other).rejects.toMatchObject({ hint: expect.stringContaining('embedding(row, "name")') });
  });

  it("are not made in vain for what has none: another table's row, a copy, the row of a pair", async () => {
    const said = { message: expect.stringContaining("embedding was given something else than") };
    expect(await faultOf(uses(`(row: any) => ({ a: embedding({ ...row }, "name") })`))).toMatchObject(said);
    const upstream = `import { embedding } from "polytab";\nexport default upstream.map((row: any) => embedding(row, "name"));`;
    await expect(run(upstream, { tables: { upstream: shop(2, "u") } })).rejects.toMatchObject(said);
    const pair = run(uses(`(row: any) => ({ a: embedding(row, "name") })`), { task: { ...task, track: "matching" } });
    await expect(pair).rejects.toMatchObject({ hint: expect.stringContaining('embedding(row.left, "name")') });
  });

  it("are never those of the label, also where a task has it among its columns", async () => {
    const columns = [...task.columns, { name: "label", modality: "categorical" as const }];
    const asked = run(uses(`(row: any) => ({ a: embedding(row, "label") })`), {
      task: { ...task, columns, label: "label" },
    });
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('no column "label" to embed') });
  });
});

describe("the task", () => {
  it("gives a cell its columns by modality, which it cannot change", async () => {
    const ran = await run(
      `import { defineFeatures, task } from "polytab";
       export default defineFeatures((row: any) => Object.fromEntries([
         ...task.columns.text.map((name) => [name + "_length", row[name]?.length]),
         ...task.columns.numeric.map((name) => [name + "_doubled", row[name] * 2]),
         ...task.columns.image.map((name) => [name, 1]),
         ["frozen", Object.isFrozen(task.columns.text) && Object.isFrozen(task.columns) && Object.isFrozen(task)],
         ["modalities", task.columns.all.map(({ name, modality }) => name + " " + modality).join(", ")],
         ["kind", task.track + " " + task.classes.join(" or ") + " " + task.sides.length],
       ]));`,
    );
    expect(features(ran).columns.map(({ name }) => name)).toEqual([
      "name_length",
      "price_doubled",
      "frozen",
      "modalities",
      "kind",
    ]);
    expect(values(ran, "price_doubled", "test")).toEqual([0, Number.NaN, 4]);
    expect(values(ran, "frozen")[0]).toBe(true);
    expect(values(ran, "modalities")[0]).toBe("name text, price numeric");
    expect(values(ran, "kind")[0]).toBe("classification a or b 0");
  });

  it("is also there without an import, unless a cell has its name", async () => {
    const source = "export default [{ said: Array.isArray(task) ? task[0].name : task.columns.text[0] }];";
    const said = async (tables: RunRequest["tables"]) => {
      const { result } = await run(source, { tables });
      return result.kind === "plain" && result.table?.columns[0].values[0];
    };
    expect(await said({})).toBe("name");
    expect(await said({ task: shop(2, "t") })).toBe("item 0");
  });

  it("names the columns that both records of a pair have", async () => {
    const pairs = (rows: number): Table => {
      const { columns } = shop(rows, "p");
      const [id, ...own] = columns;
      const sides = ["left", "right"].flatMap((side) => own.map((each) => ({ ...each, name: `${side}_${each.name}` })));
      return { rows, columns: [id, ...sides] };
    };
    const ran = await run(
      `import { defineFeatures, task } from "polytab";
       export default defineFeatures((row: any) => Object.fromEntries(
         task.sides.flatMap((side) => task.columns.text.map((name) => [side + "_" + name, row[side][name]]))));`,
      {
        task: { ...task, track: "matching", classes: ["0", "1"] },
        splits: { train: pairs(6), validation: pairs(4), test: pairs(3) },
      },
    );
    expect(values(ran, "right_name", "test")).toEqual(["item 0", "item 1", null]);
  });
});

describe("features", () => {
  it("become one typed column a name, on every split", async () => {
    const ran = await run(
      define(
        `{ size: row.name?.length, cheap: row.price < 3, brand: row.name && "acme", words: text(row.name), pair: [row.price || 0, 1] }`,
      ),
    );
    expect(features(ran).columns).toEqual([
      { name: "size", type: "numeric" },
      { name: "cheap", type: "boolean" },
      { name: "brand", type: "categorical" },
      { name: "words", type: "text" },
      { name: "pair", type: "vector" },
    ]);
    expect(Object.entries(features(ran).splits).map(([name, { rows }]) => [name, rows])).toEqual([
      ["train", 6],
      ["validation", 4],
      ["test", 3],
    ]);
    expect(values(ran, "size")).toEqual([6, 6, Number.NaN, 6, 6, 6]);
    expect(values(ran, "brand", "test")).toEqual(["acme", "acme", null]);
    expect(values(ran, "words", "test")).toEqual(["item 0", "item 1", null]);
    expect(values(ran, "pair", "test")).toEqual([
      [0, 1],
      [0, 1],
      [2, 1],
    ]);
  });

  it("see what fit learned from the training rows and their labels, and no label themselves", async () => {
    const ran = await run(`import { defineFeatures, average } from "polytab";
      export default defineFeatures({
        fit: (rows) => ({ mean: average(rows.filter((row) => row.label === "a").map((row) => row.price)), rows: rows.length }),
        features: (row, { mean, rows }) => ({ above: row.price - mean, rows, label: "label" in row }),
      });`);
    expect(values(ran, "above", "test")).toEqual([-2, Number.NaN, 0]);
    expect(values(ran, "rows", "validation")).toEqual([6, 6, 6, 6]);
    expect(values(ran, "label")).toEqual(Array(6).fill(false));
    for (const name of ["label", "kind"]) {
      const fault = await faultOf(define(`{ leak: row.${name} }`));
      expect(fault).toMatchObject({ code: "code-unknown-column", hint: expect.stringContaining("never see labels") });
    }
  });

  it("cannot read labels from the task's tables, where a plain cell can", async () => {
    const labelled: Table = {
      rows: 1,
      columns: [...shop(1, "v").columns, { kind: "string", name: "kind", values: ["a"] }],
    };
    const tables = { train: labelled, validation: labelled, test: labelled };
    for (const name of Object.keys(tables)) {
      const fault = await faultOf(define(`{ leak: ${name}[0].kind }`), { tables });
      expect(fault.message).toContain(`no "kind" in the table ${name}`);
      expect(fault.hint).toContain("never see labels");
      expect(values(await run(define(`{ seen: ${name}[0].price }`), { tables }), "seen")).toEqual(Array(6).fill(0));
    }
    const plain = await run(`export default validation.map((row) => ({ kind: row.kind }));`, { tables });
    expect(plain.result).toMatchObject({ kind: "plain", table: { rows: 1 } });
  });

  it("of a pair are made from row.left and row.right", async () => {
    const pairs: Table = {
      rows: 2,
      columns: [
        { kind: "string", name: "id", values: ["p0", "p1"] },
        { kind: "string", name: "left_name", values: ["red shirt", "hat"] },
        { kind: "string", name: "right_name", values: ["shirt", null] },
      ],
    };
    const matching = {
      task: { ...task, track: "matching" as const, classes: ["0", "1"], label: "label" },
      splits: { train: pairs, validation: pairs, test: pairs },
    };
    const ran = await run(define(`{ same: similarity.jaccard(row.left.name, row.right.name), id: row.id }`), matching);
    expect(values(ran, "same")).toEqual([0.5, Number.NaN]);
    expect(values(ran, "id")).toEqual(["p0", "p1"]);
    expect((await faultOf(define(`{ a: row.left_name }`), matching)).hint).toBe("Write row.left.name.");
    expect((await faultOf(define(`{ a: row.name }`), matching)).hint).toContain("row.left.name or row.right.name");
    expect((await faultOf(define(`{ a: row.left.nmae }`), matching)).hint).toBe(`Did you mean "name"?`);
  });

  it("may be asynchronous, and draw the same random numbers on every run", async () => {
    const source = (kind: string) =>
      `export default defineFeatures(${kind} (row) => ({ r: Math.random(), id: row.id }));`;
    const sync = await run(source(""));
    const late = await run(`export default defineFeatures(async (row) => {
      await new Promise((done) => setTimeout(done, row.id === "t0" ? 5 : 0));
      return { r: Math.random(), id: row.id };
    });`);
    expect(values(late, "r")).toEqual(values(sync, "r"));
    expect(values(await run(source("async")), "id", "test")).toEqual(["x0", "x1", "x2"]);
    expect(values(await run(source(""), { seed: 8 }), "r")).not.toEqual(values(sync, "r"));
    expect(new Set(values(sync, "r")).size).toBe(6);
  });

  it("are computed for the first rows only in a preview, which still fits on all of them", async () => {
    const ran = await run(
      `export default defineFeatures({ fit: (rows) => rows.length, features: (row, n) => ({ n, name: row.id }) });`,
      { rows: 2 },
    );
    expect(Object.keys(features(ran).splits)).toEqual(["train"]);
    expect(values(ran, "n")).toEqual([6, 6]);
    expect(values(await run(define(`{ id: row.id }`), { rows: 99 }), "id")).toHaveLength(6);
  });

  it("reuse of one array for every row does not mix the rows up", async () => {
    const ran = await run(
      `const one = [0];\nexport default defineFeatures((row) => { one[0] = row.price || 0; return { one }; });`,
    );
    expect(values(ran, "one")).toEqual([[0], [0], [2], [3], [4], [5]]);
  });
});

describe("feature values", () => {
  it("that are infinite become the training rows' finite range, with a warning", async () => {
    const ran = await run(define(`{ ratio: row.price === 3 ? 1 / 0 : row.price === 4 ? -1 / 0 : row.price }`));
    expect(values(ran, "ratio")).toEqual([0, Number.NaN, 2, 5, 0, 5]);
    expect(ran.result.output).toMatchObject([
      { kind: "log", level: "warn", text: expect.stringContaining(`3 rows, first in row "t3" of train`) },
    ]);
  });

  it("of two types are a fault that names both rows", async () => {
    const fault = await faultOf(define(`{ x: row.price > 2 ? "dear" : row.price }`));
    expect(fault.code).toBe("code-mixed-types");
    expect(fault.message).toBe(`The feature "x" is a number in row "t0" of train and a string in row "t3" of train`);
    expect((await faultOf(define(`{ x: row.price > 2 ? text("a") : "b" }`))).hint).toContain("text(…) on every row");
    expect((await faultOf(define(`{ x: row.price > 2 ? [1] : [1, 2] }`))).message).toContain("2 numbers in");
    // also where the types differ between the splits only
    expect((await faultOf(define(`{ x: row.id === "x2" ? "s" : 1 }`))).message).toContain(`row "x2" of test`);
  });

  it.each([
    [`{ x: { deep: 1 } }`, `The feature "x" is an object in row "t0" of train`, "a number, a boolean"],
    [`{ x: new Date(0) }`, "is a Date", "dateParts"],
    [`{ x: 10n }`, "is a bigint", "Number(…)"],
    [`{ x: () => 1 }`, "is a function", "parentheses"],
    [`{ x: Promise.resolve(1) }`, "is an object", "await"],
    [`{ x: [1, Number.NaN] }`, `has NaN at position 1 in row "t0"`, "finite numbers only"],
    [`{ x: [] }`, "vector of 0 numbers", "null where it is missing"],
    [`{ ["__proto__"]: 1 }`, `cannot be called "__proto__"`, "another name"],
    [`row.price`, `returned 0 for row "t0" of train`, "must return a record"],
    [`[row.price]`, "returned an array", "must return a record"],
    [`{}`, "no feature on any row", "at least one value"],
    [`{ x: undefined }`, `"x" is undefined on all 6 rows of train`, "misspelt"],
  ])("%s is a fault", async (body, message, hint) => {
    const fault = await faultOf(define(body));
    expect(fault.message).toContain(message);
    expect(fault.hint).toContain(hint);
  });

  it("that are NaN everywhere are told of: arithmetic with a misspelt property throws nothing", async () => {
    const ran = await run(define(`{ x: (row.name ?? "").lenght / 2 }`));
    expect(ran.result.output[0].text).toContain(`"x" is NaN on all 6 rows of train`);
    const preview = await run(define(`{ x: (row.name ?? "").lenght }`), { rows: 2 });
    expect(preview.result.output[0].text).toContain(`"x" is undefined on all 2 rows`);
  });
});

describe("an error", () => {
  it("of a misspelt column names the nearest one and its place in the TypeScript source", async () => {
    const fault = await faultOf(`import { defineFeatures } from "polytab";
interface Shop { nmae: string }
export default defineFeatures((row: any) => {
  const typed = row as Shop; return { a: (typed as Shop).nmae };
});`);
    expect(fault).toMatchObject({
      code: "code-unknown-column",
      message: `There is no "nmae" in the rows of train (row "t0" of train)`,
      hint: `Did you mean "name"?`,
      where: { line: 4, column: 58 },
    });
  });

  it("on a missing value names the row and the column that is missing there", async () => {
    const fault = await faultOf(define(`{ size: row.name.length }`));
    expect(fault.code).toBe("code-threw");
    expect(fault.message).toBe(`TypeError: Cannot read properties of null (reading 'length') (row "t2" of train)`);
    expect(fault.hint).toContain("row.name is missing (null): write row.name?.length");
    expect(fault.where).toEqual({ line: 2, column: 63 });
  });

  it("inside the toolbox is placed where the cell called it", async () => {
    const fault = await faultOf(
      `import { images } from "polytab";\n\n  images.histogram(new Uint8ClampedArray(4), 0);`,
    );
    expect(fault).toMatchObject({ code: "code-argument", where: { line: 3, column: 10 } });
  });

  it("while the module runs, in fit, and after an await are placed too", async () => {
    expect((await faultOf(`const a: number = 1;\nnoSuchThing(a);`)).where).toEqual({ line: 2, column: 1 });
    const inFit = await faultOf(
      `export default defineFeatures({\n fit: (rows) => { throw new Error("no"); }, features: (row) => ({ a: 1 }) });`,
    );
    expect(inFit).toMatchObject({ message: "Error: no", where: { line: 2 } });
    const late = await faultOf(
      `export default defineFeatures(async (row) => {\n await null;\n throw new Error("late"); });`,
    );
    expect(late).toMatchObject({ message: `Error: late (row "t0" of train)`, where: { line: 3 } });
  });

  it("of an unknown name suggests one that is there", async () => {
    expect((await faultOf(`simlarity.jaccard("a", "b");`)).hint).toBe(`Did you mean "similarity"?`);
    const fault = await faultOf(`export default totals.length;`, { tables: { total: shop(1, "") } });
    expect(fault).toMatchObject({ message: "ReferenceError: totals is not defined", hint: `Did you mean "total"?` });
  });

  it.each([
    ["row.price.toLowerCase()", "row.price is a number (0): String(row.price).toLowerCase takes it as a text."],
    ["row.name.toFixed(1)", 'row.name is a text ("item 0"): Number(row.name).toFixed takes it as a number.'],
    ["row.name.map((x: any) => x)", 'row.name.split(" ").map goes through its words'],
    ["row.name.toLowercase()", 'Did you mean "toLowerCase"?'],
    ['similarity.jacard(row.name, "a")', 'Did you mean "jaccard"?'],
    ["row.price()", "row.price is a value: leave out the parentheses"],
    ["[...row.price].length", "Only lists and texts can be spread"],
    ["JSON.parse(row.name).x", "parse only where it is"],
    ['row.name.search(new RegExp("(" + row.name))', "write \\\\ before one that is meant itself"],
    ['"x".repeat(-1).length', "negative, not whole, or too large"],
    ["([] as any[]).reduce((sum, x) => sum + x)", "give reduce a value to begin with"],
    ["(BigInt(1) as any) + row.price", "Number(…) makes an ordinary number"],
  ])("of the language, in %s, says the way out", async (code, hint) => {
    const fault = await faultOf(`export default defineFeatures((row: any) => ({ a: ${code} }));`);
    expect(fault.code).toBe("code-threw");
    expect(fault.hint).toContain(hint);
  });

  it("of a declaration says where it belongs", async () => {
    expect((await faultOf("const a: number = 1;\n(a as any) = 2;")).hint).toContain("let in place of const");
    expect((await faultOf("b.length;\nconst b = [1];")).hint).toContain("b is used above the line that declares it");
    expect((await faultOf("const f = (): number => f();\nf();")).hint).toBe("A function calls itself without an end.");
  });

  it("of the author's own says what the author said", async () => {
    const fault = await faultOf(`throw new Error("no JSON, and x is not defined");`);
    expect(fault).toMatchObject({ message: "Error: no JSON, and x is not defined" });
    expect(fault.hint).toBeUndefined();
  });

  it("that is no Error is shown as it is", async () => {
    expect((await faultOf(`throw "enough";`)).message).toBe(`The code threw "enough"`);
  });

  it("of defineFeatures' own argument says what to write", async () => {
    expect(await faultOf(`export default defineFeatures({ feature: 1 });`)).toMatchObject({
      code: "code-features",
      where: { line: 1, column: 16 },
    });
  });
});

describe("a plain cell", () => {
  const tables = { prices: shop(3, "p"), Map: shop(1, "") };

  it("exports records as a table, whatever is in them", async () => {
    const { result } = await run(
      `export default prices.map((row, i) => ({ id: row.id, twice: row.price * 2, when: new Date(0), list: [i, 1], deep: { i }, odd: i ? "x" : 1 }));`,
      { tables },
    );
    if (result.kind !== "plain" || !result.table) throw new Error("no table");
    expect(result.table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["id", "string"],
      ["twice", "number"],
      ["when", "string"],
      ["list", "vector"],
      ["deep", "other"],
      ["odd", "other"],
    ]);
    expect(Array.from(result.table.columns[1].values as Float64Array)).toEqual([0, Number.NaN, 4]);
  });

  it("may await its export, display another value, and need no export at all", async () => {
    const later = await run(`export default Promise.resolve([{ a: null }, { b: true }]);`);
    expect(later.result).toMatchObject({
      table: { rows: 2, columns: [{ name: "a" }, { name: "b", kind: "boolean" }] },
    });
    const value = await run(`export default { answer: 42n };`);
    expect(value.result.output).toMatchObject([{ kind: "display", text: "{ answer: 42n }" }]);
    expect((await run(`1 + 1;`)).result).toMatchObject({ kind: "plain", output: [] });
  });

  it("does not let a table take the place of a standard name", async () => {
    const { result } = await run(`export default [{ n: new Map([[1, 2]]).size }];`, { tables });
    expect(result).toMatchObject({ table: { rows: 1 } });
  });

  it("logs and displays with the line that wrote it", async () => {
    const { result, heard } = await run(
      `type A = {};\nconsole.log("a", { b: [1, null] }, new Set([1]));\n\ndisplay([{ x: 1 }]);\nconsole.error(new Error("no"));`,
    );
    expect(result.output).toMatchObject([
      { kind: "log", level: "log", text: "a { b: [1, null] } Set {1}", line: 2 },
      { kind: "display", table: { rows: 1 }, line: 4 },
      { kind: "log", level: "error", text: "Error: no", line: 5 },
    ]);
    expect(heard).toEqual(result.output);
  });

  it("that logs without an end is counted, not kept", async () => {
    const { result } = await run(`const a: any = {}; a.a = a; for (let i = 0; i < 1000; i++) console.log(a);`);
    expect(result.output).toHaveLength(201);
    expect(result.output[0].text).toBe("{ a: [circular] }");
    expect(result.output[200].text).toBe("… and 800 more outputs");
  });
});

it("a long run tells how far it is, with numbers", async () => {
  const many = shop(3000, "m");
  const splits = { train: many, validation: many, test: many };
  const { progress } = await run(
    define(`(() => { const end = performance.now() + 0.1; while (performance.now() < end); return { a: 1 }; })()`),
    { splits, trainLabels: [] },
  );
  expect(progress.length).toBeGreaterThan(3);
  expect(progress[0].note).toMatch(/^train: [\d,]+ of 3,000 rows$/);
  for (let i = 1; i < progress.length; i++) expect(progress[i].done).toBeGreaterThan(progress[i - 1].done);
});
