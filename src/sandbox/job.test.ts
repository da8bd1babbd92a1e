import { beforeAll, describe, expect, it } from "vitest";
import { type Table, unpackColumn } from "../table";
import { compile } from "./compile";
import { jobFor } from "./job";
import { loadParsers } from "./parsers";
import type { RunRequest } from "./protocol";
import { TOOLBOX_NAMES } from "./toolbox/names";

beforeAll(loadParsers);

const pictures = new Uint8Array(100_000);
const split = (rows: number): Table => ({
  rows,
  columns: [
    { kind: "number", name: "n", values: Float64Array.from({ length: rows }, (_, i) => i) },
    {
      kind: "bytes",
      name: "picture",
      values: Array.from({ length: rows }, (_, i) => (i === 1 ? null : pictures.subarray(i * 10, i * 10 + 10))),
    },
  ],
});
const request: RunRequest = {
  cell: "c",
  source: "",
  task: { track: "classification", columns: [], classes: [], label: "label" },
  splits: { train: split(9), validation: split(2), test: split(2) },
  trainLabels: Array(9).fill("a"),
  tables: { upstream: split(3) },
  seed: 1,
};
const job = (source: string, changes: Partial<RunRequest> = {}) =>
  jobFor({ ...request, ...changes }, compile(source, TOOLBOX_NAMES));
const labelsOf = (source: string) => unpackColumn(job(source).job.trainLabels).values;
const fitting = "export default defineFeatures({ fit: (rows) => 1, features: (row) => ({ a: 1 }) });";
const plain = "export default defineFeatures((row) => ({ a: 1 }));";

describe("a job", () => {
  it("moves copies: the request's own memory stays", () => {
    const { job: made, transfer } = job(fitting);
    structuredClone(made, { transfer: transfer as ArrayBuffer[] });
    expect(request.splits.train.columns[0].values).toHaveLength(9);
    expect(pictures).toHaveLength(100_000);
  });

  it("carries of the splits the columns that the features read, and whole tables", () => {
    const { job: made } = job("export default defineFeatures((row) => ({ a: row.n * upstream.length }));");
    for (const { table } of made.splits) expect(table.columns.map(({ name }) => name)).toEqual(["n"]);
    expect(made.tables.upstream.columns.map(({ name }) => name)).toEqual(["n", "picture"]);
    expect(made.columns).toEqual(["n", "picture"]);
  });

  it("carries vectors of the rows that it carries", () => {
    const vectors = (rows: number) => [
      { kind: "vector" as const, name: "n", values: Array.from({ length: rows }, (_, i) => Float32Array.of(i)) },
    ];
    const embedded = new Map([["n", { train: vectors(9), validation: vectors(2), test: vectors(2) }]]);
    const source = compile(plain, TOOLBOX_NAMES);
    const whole = jobFor(request, source, embedded).job;
    expect(whole.splits.map(({ vectors: { rows } }) => rows)).toEqual([9, 2, 2]);
    const shown = jobFor({ ...request, rows: 3 }, source, new Map([["n", { train: vectors(3) }]])).job;
    expect(unpackColumn(shown.splits[0].vectors.columns[0]).values).toHaveLength(3);
  });

  it("carries labels only where there is a fit", () => {
    expect(labelsOf(fitting)).toHaveLength(9);
    expect(labelsOf(plain)).toEqual([]);
  });

  it("of a preview carries the shown rows, and all training rows only for fit", () => {
    const shown = (source: string) => {
      const made = job(source, { rows: 2 }).job;
      return [made.splits.map(({ name, table }) => [name, table.rows]), made.trainRows, made.isPreview];
    };
    expect(shown(plain)).toEqual([[["train", 2]], 2, true]);
    expect(shown(fitting)).toEqual([[["train", 9]], 2, true]);
  });

  it("of a preview whose fit embeds carries its first 2,000 rows, and only they are embedded", () => {
    const splits = { ...request.splits, train: split(2_500) };
    const made = (changes: Partial<RunRequest>, source = fitting, embedded = new Map()) => {
      const { job, embeddable } = jobFor({ ...request, splits, ...changes }, compile(source, TOOLBOX_NAMES), embedded);
      return [job.splits[0].table.rows, embeddable];
    };
    const vectors = (rows: number) => [{ kind: "vector" as const, name: "n", values: Array(rows).fill(null) }];
    expect(made({ rows: 2 })).toEqual([2_500, { train: 2_000 }]);
    expect(made({ rows: 2 }, fitting, new Map([["n", { train: vectors(2_000) }]]))).toEqual([2_000, { train: 2_000 }]);
    expect(made({ rows: 2 }, plain)).toEqual([2, { train: 2 }]);
    expect(made({})).toEqual([2_500, { train: 2_500, validation: 2, test: 2 }]);
  });

  it("of a preview with a costly fit carries its first 2,000 rows", () => {
    const large: Table = { rows: 3000, columns: [{ kind: "bytes", name: "p", values: Array(3000).fill(pictures) }] };
    const splits = { ...request.splits, train: large };
    const costly = "export default defineFeatures({ fit: (rows) => rows[0], features: (row) => ({ a: 1 }) });";
    const trainLabels = Array(3000).fill("a");
    const made = jobFor({ ...request, splits, trainLabels, rows: 20 }, compile(costly, TOOLBOX_NAMES)).job;
    expect(made.splits[0].table.rows).toBe(2000);
    expect(unpackColumn(made.trainLabels).values).toHaveLength(2000);
  });
});
