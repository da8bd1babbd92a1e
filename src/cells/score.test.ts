import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import type { DataEngine } from "../data";
import { rowsOf, type Table, tableToArrow } from "../table";
import type { TaskManifest } from "../tasks";
import {
  CELL_DEFINITIONS,
  type CellValue,
  createCellContext,
  createTaskData,
  type Engines,
  predictedClass,
  SCORE_COLUMNS,
  type Threshold,
} from ".";
import { predictionsTable } from "./values";

type Predictions = Extract<CellValue, { kind: "predictions" }>;
type Score = Extract<CellValue, { kind: "score" }>;

const ROWS = 240;

function taskOf(track: "matching" | "classification", classes: string[], labels: string[]) {
  const table = (rows: string[], withLabel: boolean): Table => ({
    rows: rows.length,
    columns: [
      { kind: "string", name: "id", values: rows.map((_, row) => `r${row}`) },
      ...(withLabel ? [{ kind: "string" as const, name: "label", values: rows }] : []),
    ],
  });
  const tables: Record<string, Table> = {
    train: table(labels.slice(0, 4), true),
    validation: table(labels, true),
    test: table(["x"], false),
  };
  const manifest = {
    id: "t",
    track,
    metric: track === "matching" ? "f1" : "accuracy",
    label: { column: "label", classes },
    columns: [],
    splits: Object.fromEntries(
      Object.entries(tables).map(([name, { rows }]) => [name, { rows, sha256: { parquet: "0".repeat(64) } }]),
    ),
  } as unknown as TaskManifest;
  const engine = {
    query: async (sql: string) => tableToArrow(tables[/from "(\w+)"/.exec(sql)?.[1] ?? ""]),
  } as unknown as DataEngine;
  return createCellContext(createTaskData(manifest, engine), {} as Engines);
}

const info = {
  title: "linear",
  width: 3,
  trainRows: 4,
  fitMs: 5,
  predictMs: 1,
  notes: [],
  baseline: false,
  reproducible: true,
};

function matchingOf(threshold?: Threshold, skill = 0.5) {
  const random = createRandom(`model ${skill}`);
  const labels = Array.from({ length: ROWS }, (_, row) => (row % 4 === 0 ? "1" : "0"));
  const probabilities = Float64Array.from(
    labels.flatMap((label) => {
      const score = 0.1 + 0.35 * random() + (label === "1" ? skill * random() : 0);
      return [1 - score, score];
    }),
  );
  const value: Predictions = {
    kind: "predictions",
    classes: ["0", "1"],
    probabilities: { train: new Float64Array(8).fill(0.5), validation: probabilities, test: Float64Array.of(1, 0) },
    info,
    leaky: true,
    ...(threshold && { threshold }),
  };
  return { labels, value };
}

const run = (context: ReturnType<typeof taskOf>, source: string, inputs: Record<string, CellValue>) =>
  CELL_DEFINITIONS.score.evaluate(
    {
      id: "c1",
      kind: "score",
      name: "result",
      source,
      lead: "",
      tail: "",
      open: "",
      close: "",
      hollow: false,
    },
    new Map(Object.entries(inputs)),
    context,
    { signal: new AbortController().signal, onProgress: () => {}, key: "k".repeat(64) },
  ) as Promise<Score>;

describe("where a match is declared", () => {
  const chosen: Threshold = { value: 0.37, from: "out-of-fold", folds: 5 };
  const { labels, value } = matchingOf(chosen);
  const context = taskOf("matching", ["0", "1"], labels);

  it.each([
    ["", chosen, { ...chosen }],
    ["\nthreshold: auto", undefined, { value: 0.5, from: "default" }],
    ["\nthreshold: 0.25", chosen, { value: 0.25, from: "cell", own: chosen }],
    ["\nthreshold: 0.25", undefined, { value: 0.25, from: "cell" }],
  ])("with the setting %j and the model's %j it is %j", async (setting, own, expected) => {
    const { value: model } = matchingOf(own);
    const { entries } = await run(context, `predictions: m${setting}`, { m: model });
    expect(entries[0].threshold).toEqual(expected);
    expect(entries[0].scored.threshold).toBe(expected.value);
  });

  it("each of several models keeps its own", async () => {
    const { entries } = await run(context, "predictions: [m, plain]", { m: value, plain: matchingOf().value });
    expect(entries.map((entry) => entry.scored.threshold)).toEqual([0.37, 0.5]);
  });

  it("is the same for the score, for a row's prediction and for the table of predictions", async () => {
    const { entries } = await run(context, "predictions: m", { m: value });
    const { confusion } = entries[0].scored;
    const said = labels.map((_, row) => predictedClass(value.probabilities.validation, 2, row, value.threshold?.value));
    expect(said.reduce((sum, k) => sum + k, 0)).toBe(confusion[0][1] + confusion[1][1]);
    const table = predictionsTable(value, [
      { name: "validation", ids: labels.map((_, row) => `r${row}`), labels: labels.map(String) },
    ]);
    const rows = rowsOf(table);
    expect(rows.map((row) => row.prediction)).toEqual(said.map(String));
    expect(rows.filter((row) => row.label === "1" && row.prediction === "1")).toHaveLength(confusion[1][1]);
    // Between the threshold and a half the likeliest class would say otherwise.
    expect(rows.some((row) => row.prediction === "1" && Number(row.p_1) < 0.5)).toBe(true);
  });

  it("exactly on the threshold is a match", () => {
    expect(predictedClass(Float64Array.of(0.5, 0.5), 2, 0, 0.5)).toBe(1);
    expect(predictedClass(Float64Array.of(0.5, 0.5), 2, 0)).toBe(0);
  });

  it.each(["1.5", "half"])("%s is refused at its line", async (setting) => {
    await expect(run(context, `predictions: m\nthreshold: ${setting}`, { m: value })).rejects.toMatchObject({
      code: "config",
      message: expect.stringContaining("`auto` or a number from 0 to 1"),
      where: { line: 2 },
    });
  });

  it("is refused for a classification", async () => {
    const three = taskOf("classification", ["a", "b", "c"], ["a", "b", "c"]);
    await expect(run(three, "predictions: m\nthreshold: 0.4", {})).rejects.toMatchObject({
      code: "config",
      hint: expect.stringContaining("Take `threshold` out"),
    });
  });
});

describe("several predictions", () => {
  it("the first is compared with each other one", async () => {
    const [good, weak, same] = [matchingOf(undefined, 0.55), matchingOf(undefined, 0.2), matchingOf(undefined, 0.55)];
    const context = taskOf("matching", ["0", "1"], good.labels);
    const { comparisons } = await run(context, "predictions: [good, weak, same]", {
      good: good.value,
      weak: weak.value,
      same: same.value,
    });
    expect(comparisons.map(({ a, b, verdict }) => [a, b, verdict])).toEqual([
      ["good", "weak", "better"],
      ["good", "same", "no difference seen"],
    ]);
  });

  it("a model with a number that is no probability is named", async () => {
    const { labels, value } = matchingOf();
    const broken = {
      ...value,
      probabilities: { ...value.probabilities, validation: new Float64Array(2 * ROWS).fill(Number.NaN) },
    };
    const context = taskOf("matching", ["0", "1"], labels);
    await expect(run(context, "predictions: [m, broken]", { m: value, broken })).rejects.toMatchObject({
      message: 'Cannot score "broken": row 1 gives "0" the probability NaN',
    });
  });

  it("a stopped run ends between two slices", async () => {
    const { labels, value } = matchingOf();
    const controller = new AbortController();
    controller.abort();
    let at = 0;
    const now = performance.now;
    performance.now = () => (at += 100); // every step is a slice
    try {
      const cell = { id: "c1", kind: "score", name: "r", source: "predictions: m" } as never;
      await expect(
        CELL_DEFINITIONS.score.evaluate(
          cell,
          new Map([["m", { ...value, probabilities: { ...value.probabilities } } as CellValue]]),
          taskOf("matching", ["0", "1"], labels),
          { signal: controller.signal, onProgress: () => {}, key: "" },
        ),
      ).rejects.toMatchObject({ name: "AbortError" });
    } finally {
      performance.now = now;
    }
  });
});

describe("a score as a table", () => {
  const table = async (value: Score, context: ReturnType<typeof taskOf>) =>
    context.rows(value, new AbortController().signal);

  it("has a part for metrics, comparisons, classes, confusion, reliability and the curve of matches", async () => {
    const { labels, value } = matchingOf({ value: 0.37, from: "out-of-fold", folds: 5 });
    const context = taskOf("matching", ["0", "1"], labels);
    const score = await run(context, "predictions: [m, n]", { m: value, n: matchingOf(undefined, 0.2).value });
    const made = await table(score, context);
    expect(made.columns.map((column) => column.name)).toEqual(SCORE_COLUMNS.map((column) => column.name));
    const rows = rowsOf(made);
    const of = (part: string, predictions = "m") =>
      rows.filter((row) => row.part === part && row.predictions === predictions);
    const { scored } = score.entries[0];

    expect(Object.fromEntries(of("metrics").map((row) => [row.metric, row.value]))).toEqual(scored.metrics);
    expect(of("metrics")[0]).toMatchObject({
      metric: "f1",
      low: scored.primary.low,
      high: scored.primary.high,
      threshold: 0.37,
      class: null,
      rows: null,
    });
    expect(rows.filter((row) => row.metric === "f1")).toHaveLength(2);
    expect(of("comparisons")).toMatchObject([{ against: "n", verdict: score.comparisons[0].verdict, metric: null }]);
    expect(of("classes").map((row) => [row.class, row.rows])).toEqual([
      ["0", 180],
      ["1", 60],
    ]);
    const confusion = of("confusion");
    expect(confusion.reduce((sum, row) => sum + Number(row.rows), 0)).toBe(ROWS);
    for (const row of confusion) expect(row.rows).toBe(scored.confusion[Number(row.class)][Number(row.prediction)]);
    expect(of("reliability").reduce((sum, row) => sum + Number(row.rows), 0)).toBe(ROWS);
    const curve = of("curve");
    expect(curve.every((row) => row.class === "1")).toBe(true);
    expect(curve[0]).toMatchObject({ recall: 1, precision: expect.any(Number), threshold: expect.any(Number) });
    expect(curve.at(-1)).toMatchObject({ recall: 0, precision: 1, threshold: null });
  });

  it("has a curve a class for a classification, and no threshold of matches", async () => {
    const labels = ["a", "b", "c", "a", "b", "c"];
    const context = taskOf("classification", ["a", "b", "c"], labels);
    const model: Predictions = {
      ...matchingOf().value,
      classes: ["a", "b", "c"],
      probabilities: {
        train: new Float64Array(12),
        validation: Float64Array.from(labels.flatMap((label) => ["a", "b", "c"].map((k) => (k === label ? 0.8 : 0.1)))),
        test: Float64Array.of(1, 0, 0),
      },
    };
    const rows = rowsOf(await table(await run(context, "predictions: m", { m: model }), context));
    const curves = rows.filter((row) => row.part === "curve");
    expect([...new Set(curves.map((row) => row.class))]).toEqual(["a", "b", "c"]);
    expect(rows.find((row) => row.part === "metrics")).toMatchObject({ metric: "accuracy", value: 1, threshold: null });
    expect(rows.filter((row) => row.part === "confusion")).toHaveLength(3);
  });
});
