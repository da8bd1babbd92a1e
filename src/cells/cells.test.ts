import { beforeAll, describe, expect, it } from "vitest";
import type { DataEngine } from "../data";
import { loadParsers, type RunResult } from "../sandbox";
import { type Table, tableToArrow } from "../table";
import type { TaskManifest } from "../tasks";
import { CELL_DEFINITIONS, type CellValue, createCellContext, createTaskData, type Engines } from ".";
import { few } from "./onnx-model";
import { modelSchema, namesInSetting, readInput } from "./settings";

beforeAll(loadParsers);

const strings = (name: string, ...values: string[]): Table["columns"][number] => ({ kind: "string", name, values });
const tables: Record<string, Table> = {
  train: { rows: 2, columns: [strings("id", "a", "b"), strings("name", "x", "y"), strings("label", "cat", "dog")] },
  validation: { rows: 1, columns: [strings("id", "c"), strings("name", "z"), strings("label", "dog")] },
  test: { rows: 1, columns: [strings("id", "d"), strings("name", "w")] },
};
const manifest = {
  id: "pets",
  track: "classification",
  metric: "accuracy",
  label: { column: "label", classes: ["cat", "dog"] },
  columns: [{ name: "name", modality: "text", description: "" }],
  splits: Object.fromEntries(
    Object.entries(tables).map(([name, { rows }]) => [
      name,
      { rows, parquet: "", csv: "", sha256: { parquet: "0".repeat(64), csv: "" } },
    ]),
  ),
} as unknown as TaskManifest;

/** An engine that answers whole tables, remembers what it was asked, and a sandbox that answers `result`. */
function context(result?: RunResult) {
  const asked: string[] = [];
  const requests: { splits: Record<string, Table>; tables: Record<string, Table>; trainLabels: (string | null)[] }[] =
    [];
  const engine = {
    query: async (sql: string) => {
      asked.push(sql);
      return tableToArrow(tables[/from "(\w+)"/.exec(sql)?.[1] ?? ""]);
    },
    keep: async (name: string, sql: string) => {
      asked.push(`keep ${sql}`);
      return { name, rows: 1, columns: [] };
    },
    alias: async (name: string, target: string) => void asked.push(`alias ${name} ${target}`),
  } as unknown as DataEngine;
  const engines = {
    sandbox: () => ({
      run: async (request: (typeof requests)[number]) => {
        requests.push(request);
        return result;
      },
    }),
  } as unknown as Engines;
  return { context: createCellContext(createTaskData(manifest, engine), engines), asked, requests };
}

const options = { signal: new AbortController().signal, onProgress: () => {}, key: "k".repeat(64) };
const cell = (kind: "sql" | "ts" | "model" | "score", source: string) =>
  ({ id: "c1", kind, name: "it", source, lead: "", tail: "", open: "", close: "", hollow: false }) as const;
const features: RunResult = {
  kind: "features",
  splits: { train: { rows: 2, columns: [] }, validation: { rows: 1, columns: [] }, test: { rows: 1, columns: [] } },
  columns: [],
  output: [],
  tookMs: 1,
};

describe("leak-proof by construction", () => {
  it("the sandbox gets no split's labels but those of train, apart", async () => {
    const { context: cells, requests } = context(features);
    await CELL_DEFINITIONS.ts.evaluate(cell("ts", "export default validation"), new Map(), cells, options);
    const [request] = requests;
    for (const split of Object.values(request.splits))
      expect(split.columns.map((column) => column.name)).not.toContain("label");
    expect(request.tables.validation.columns.map((column) => column.name)).toEqual(["id", "name"]);
    expect(request.trainLabels).toEqual(["cat", "dog"]);
  });
  it.each([
    ["select * from train", false],
    ["select * from validation", true],
    ["select 'validation' as word from train", false],
  ])("%s is leaky: %s", async (source, leaky) => {
    const { context: cells } = context();
    expect(await CELL_DEFINITIONS.sql.evaluate(cell("sql", source), new Map(), cells, options)).toMatchObject({
      leaky,
    });
  });
  it("a feature cell refuses to read what was made from scored labels, also at second hand; a plain cell may", async () => {
    const leaky: CellValue = { kind: "relation", relation: { name: "validation", rows: 1, columns: [] }, leaky: true };
    const evaluate = (result: RunResult) =>
      CELL_DEFINITIONS.ts.evaluate(
        cell("ts", "export default peek"),
        new Map([["peek", leaky]]),
        context(result).context,
        options,
      );
    await expect(evaluate(features)).rejects.toMatchObject({
      code: "label-leak",
      message: expect.stringContaining('"peek"'),
    });
    expect(await evaluate({ kind: "plain", output: [], tookMs: 1 })).toMatchObject({ leaky: true });
  });
  it("scoring test says that its labels are not here", async () => {
    const score = CELL_DEFINITIONS.score.evaluate(
      cell("score", "predictions: m\nsplit: test"),
      new Map(),
      context().context,
      options,
    );
    await expect(score).rejects.toMatchObject({ code: "labels-hidden" });
  });
});

describe("model inputs", () => {
  it.each([
    ["features", { kind: "cell", name: "features" }],
    ["columns", { kind: "columns", names: undefined }],
    ["columns(a, b)", { kind: "columns", names: ["a", "b"] }],
  ])("%s", (text, expected) => expect(readInput(text, "m")).toEqual(expected));
  it("with commas in its brackets is one, as YAML does not know", () => {
    const { inputs } = modelSchema.parse({ learner: "linear", inputs: ["columns(a", "b)", "features", "columns(c)"] });
    expect(inputs).toEqual(["columns(a, b)", "features", "columns(c)"]);
    expect(namesInSetting("learner: linear\ninputs: [columns(a, b, c), features]", "inputs")).toEqual(["features"]);
  });
  it.each(["columns()", "embed text", "a-b"])("%s is refused with the way out", (text) =>
    expect(() => readInput(text, "m")).toThrow(
      expect.objectContaining({ code: "input-form", hint: expect.any(String) }),
    ),
  );
  it("a misspelt column is named with the nearest", async () => {
    const model = CELL_DEFINITIONS.model.evaluate(
      cell("model", "learner: linear\ninputs: [columns(nmae)]"),
      new Map(),
      context().context,
      options,
    );
    await expect(model).rejects.toMatchObject({
      code: "column-missing",
      message: 'Cannot train "it" on "nmae": the task has name',
    });
  });
  it("a model cell needs a learner or a model, not both", async () => {
    const model = async () =>
      CELL_DEFINITIONS.model.evaluate(
        cell("model", "learner: linear\nmodel: x"),
        new Map(),
        context().context,
        options,
      );
    await expect(model()).rejects.toMatchObject({ code: "config" });
  });
});

it("of many classes a few are named, and the one that differs is among them", () => {
  const classes = ["a", "b", "c", "d", "e", "f"];
  expect(few(classes, -1)).toBe("a, b, c, d and 2 more");
  expect(few(classes, 1)).toBe("a, b, c, d and 2 more");
  expect(few(classes, 4)).toBe("…, b, c, d, e and 1 more");
  expect(few(["0", "1"], 0)).toBe("0, 1");
});

it("a SQL cell reads its inputs under their names before its own statement runs", async () => {
  const { context: cells, asked } = context();
  const input: CellValue = { kind: "relation", relation: { name: "r_1", rows: 1, columns: [] }, leaky: false };
  await CELL_DEFINITIONS.sql.evaluate(cell("sql", "from a"), new Map([["a", input]]), cells, options);
  expect(asked).toEqual(["alias a r_1", "keep from a"]);
});
