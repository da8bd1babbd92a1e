import * as ort from "onnxruntime-web";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom, Fault } from "../../base";
import type { DataEngine } from "../../data";
import {
  encodeForModel,
  exportPlan,
  type FitRequest,
  type InputColumn,
  prepareColumns,
  runFitPredict,
  runToEnd,
} from "../../learners";
import { loadParsers, type RunRequest } from "../../sandbox";
import { dropOf, type Judged } from "../../scoring";
import { columnOf, type Table, tableToArrow, takeRows } from "../../table";
import { SPLIT_NAMES, type TaskManifest } from "../../tasks";
import type { Engines } from "../context";
import { createCellContext } from "../context";
import { CELL_DEFINITIONS } from "../kinds";
import { createTaskData, type TaskData } from "../task-data";
import type { CellValue } from "../values";
import type { Predictions } from "./asked";
import type { Explanation } from "./explanation";

beforeAll(loadParsers);

ort.env.wasm.numThreads = 1;

/** The label depends on `signal`; `twin` tells the same; the rest is noise. */
function tableOf(rows: number, seed: string): Table {
  const random = createRandom(seed);
  const labels = Array.from({ length: rows }, () => (random() < 0.5 ? "yes" : "no"));
  const signal = Float64Array.from(labels, (label) => (label === "yes" ? 1 : 0) + (random() - 0.5) * 1.4);
  return {
    rows,
    columns: [
      { kind: "string", name: "id", values: labels.map((_, row) => `${seed}${row}`) },
      { kind: "number", name: "signal", values: signal },
      { kind: "number", name: "twin", values: signal.map((value) => 3 * value + 0.05 * random()) },
      { kind: "number", name: "noise", values: signal.map(() => random()) },
      { kind: "string", name: "vendor", values: labels.map(() => ["acme", "bolt", "crux"][Math.floor(random() * 3)]) },
      { kind: "string", name: "label", values: labels },
    ],
  };
}

const tables: Record<string, Table> = {
  train: tableOf(320, "train"),
  validation: tableOf(240, "held"),
  test: takeRows(tableOf(8, "test"), Int32Array.of(0, 1, 2)),
};
const manifest = {
  id: "t",
  track: "classification",
  metric: "accuracy",
  label: { column: "label", classes: ["no", "yes"] },
  columns: [
    { name: "signal", modality: "numeric" },
    { name: "twin", modality: "numeric" },
    { name: "noise", modality: "numeric" },
    { name: "vendor", modality: "categorical" },
  ],
  splits: Object.fromEntries(
    Object.entries(tables).map(([name, { rows }]) => [name, { rows, sha256: { parquet: "0".repeat(64) } }]),
  ),
} as unknown as TaskManifest;

const turns = { now: () => performance.now(), pause: async () => {} };

/** The learners of this thread and ONNX Runtime as they are; only the workers are left out. */
function engines(): Engines {
  const sessions = new Map<string, ort.InferenceSession>();
  const fitPredict = (request: FitRequest) => runFitPredict(request, turns, {});
  return {
    sandbox: () => ({
      run: async ({ splits }: RunRequest) => ({
        kind: "features",
        columns: [{ name: "twice", type: "numeric" }],
        output: [],
        splits: Object.fromEntries(
          Object.entries(splits).map(([name, table]) => {
            const values = columnOf(table, "signal")?.values as Float64Array;
            const twice = { kind: "number" as const, name: "twice", values: values.map((value) => 2 * value) };
            return [name, { rows: table.rows, columns: [twice] }];
          }),
        ),
      }),
    }),
    learners: () => ({
      fitPredict,
      exportModel: async ({ request }: { request: FitRequest }, name: string) => {
        const { fitted } = await fitPredict({ ...request, keep: true });
        if (!fitted) throw new Error("not kept");
        const inputs = request.train.map((column) => ({ name: column.name, as: column.as }));
        return exportPlan(fitted, { name, inputs, quantised: false });
      },
    }),
    encoders: () => ({
      hold: async ({ sidecar, columns }: Parameters<ReturnType<Engines["encoders"]>["hold"]>[0]) => ({
        encode: async ({
          order,
          shuffled,
          replaced,
        }: {
          order: Int32Array;
          shuffled: string[];
          replaced: InputColumn[];
        }) => {
          const changed = columns.map((column) => {
            const other = replaced.find(({ name }) => name === column.name);
            if (other || !shuffled.includes(column.name)) return other ?? column;
            return { ...column, column: takeRows({ rows: order.length, columns: [column.column] }, order).columns[0] };
          });
          return runToEnd(encodeForModel(sidecar, await prepareColumns(changed, async () => {})));
        },
        release: () => {},
      }),
      drop: async ({
        base,
        shuffled,
        labels,
        classes,
        metric,
        seed,
      }: Parameters<ReturnType<Engines["encoders"]>["drop"]>[0]) => {
        const judged = (probabilities: Float32Array): Judged => ({
          labels,
          classes,
          probabilities: Float64Array.from(probabilities),
        });
        const steps = dropOf(judged(base), shuffled.map(judged), metric, seed);
        for (;;) {
          const step = steps.next();
          if (step.done) return step.value;
        }
      },
    }),
    inference: () => ({
      load: async ({ id, bytes }: { id: string; bytes: Uint8Array }) =>
        void sessions.set(id, await ort.InferenceSession.create(bytes)),
      run: async (id: string, feeds: Record<string, { type: "float32"; data: Float32Array; dims: number[] }>) => {
        const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [
          name,
          new ort.Tensor(type, data, dims),
        ]);
        const found = await sessions.get(id)?.run(Object.fromEntries(tensors));
        return { outputs: found };
      },
      release: async () => {},
    }),
  } as unknown as Engines;
}

const engine = {
  query: async (sql: string) => tableToArrow(tables[/from "(\w+)"/.exec(sql)?.[1] ?? ""]),
} as unknown as DataEngine;
const context = createCellContext(createTaskData(manifest, engine), engines());
const options = { signal: new AbortController().signal, onProgress: () => {}, key: "k".repeat(64) };
const cell = (kind: "ts" | "model" | "explain", name: string, source: string) =>
  ({ id: name, kind, name, source, lead: "", tail: "", open: "", close: "", hollow: false }) as const;

async function explain(model: CellValue, source: string, given = options): Promise<Explanation> {
  const inputs = new Map([["m", model]]);
  const value = await CELL_DEFINITIONS.explain.evaluate(cell("explain", "why", source), inputs, context, given);
  if (value.kind !== "explanation") throw new Error("no explanation");
  return value;
}

const fitted = (source: string, inputs = new Map<string, CellValue>()) =>
  CELL_DEFINITIONS.model.evaluate(cell("model", "m", source), inputs, context, options);

describe("an explain cell", () => {
  let model: CellValue;
  beforeAll(async () => {
    model = await fitted("learner: linear\ninputs: columns\nseed: 7");
  });

  it("weighs what tells the label above zero, noise around it, and twins together above each alone", async () => {
    const { importance, complete } = await explain(model, "predictions: m\nshow: importance\nseed: 7");
    const drop = (level: string, name: string) =>
      importance?.items.find((item) => item.level === level && item.name === name)?.drop ?? {
        value: 0,
        low: 0,
        high: 0,
      };
    const twins = drop("related", "signal + twin");
    expect(twins.low).toBeGreaterThan(0.2);
    expect(twins.value).toBeGreaterThan(drop("column", "signal").value + 0.05);
    for (const name of ["noise", "vendor"]) {
      expect(drop("column", name).low).toBeLessThanOrEqual(0);
      expect(drop("column", name).high).toBeGreaterThanOrEqual(0);
    }
    expect(drop("modality", "numeric").low).toBeGreaterThan(0.2);
    expect(importance).toMatchObject({ rounds: 10, rows: 240 });
    expect(complete).toBe(true);
  });

  it("says the same for the same seed, and not for another", async () => {
    const source = (seed: number) => `predictions: m\nshow: [importance, curve]\nrounds: 2\nseed: ${seed}`;
    const first = await explain(model, source(1));
    expect(await explain(model, source(1))).toEqual(first);
    expect((await explain(model, source(2))).importance?.items).not.toEqual(first.importance?.items);
  });

  it("reaches the task's columns through features, which are computed again", async () => {
    const made = await CELL_DEFINITIONS.ts.evaluate(cell("ts", "made", "f"), new Map(), context, options);
    const other = await fitted("learner: linear\ninputs: [made, columns(noise)]\nseed: 7", new Map([["made", made]]));
    const { importance } = await explain(other, "predictions: m\nshow: importance\nrounds: 3");
    const items = new Map(importance?.items.map(({ level, name, drop }) => [`${level} ${name}`, drop]));
    expect(items.get("feature made.twice")?.low).toBeGreaterThan(0.2);
    expect(items.get("column signal")).toEqual(items.get("feature made.twice"));
    expect(items.get("column twin")).toEqual({ value: 0, low: 0, high: 0 });
    expect(items.get("modality categorical")).toEqual({ value: 0, low: 0, high: 0 });
  });

  it("asks a model that the reader brought again, about rows whose columns are shuffled", async () => {
    // It reads `signal` and nothing else, and is a cell with its result, as every model that was trained elsewhere.
    const brought = async (task: TaskData): Promise<Predictions> => {
      const given = await Promise.all(SPLIT_NAMES.map((split) => task.split(split, options.signal)));
      const yes = (value: number): number => 1 / (1 + Math.exp(4 - 8 * value));
      const said = given.map((table) => {
        const values = columnOf(table, "signal")?.values as Float64Array;
        return Float64Array.from(
          { length: 2 * table.rows },
          (_, i) => (i % 2 === 0 ? 1 : 0) + (i % 2 === 0 ? -1 : 1) * yes(values[i >> 1]),
        );
      });
      const [train, validation, test] = said;
      const info = { title: "mine.onnx", trainRows: 0, baseline: false, notes: [], reproducible: true };
      return {
        kind: "predictions",
        classes: ["no", "yes"],
        probabilities: { train, validation, test },
        info: { ...info, width: 0, fitMs: 0, predictMs: 0 },
        leaky: true,
        again: brought,
      };
    };
    const { importance, ablation, curve, notes } = await explain(
      await brought(context.task),
      "predictions: m\nshow: [importance, ablation, curve]\nrounds: 3",
    );
    const items = new Map(importance?.items.map(({ level, name, drop }) => [`${level} ${name}`, drop]));
    expect(items.get("column signal")?.low).toBeGreaterThan(0.2);
    expect(items.get("modality numeric")).toEqual(items.get("column signal"));
    for (const name of ["column twin", "column noise", "modality categorical"])
      expect(items.get(name)).toEqual({ value: 0, low: 0, high: 0 });
    expect([ablation, curve]).toEqual([undefined, undefined]);
    expect(notes).toEqual([
      expect.stringMatching(/trained elsewhere.*what each modality adds/),
      expect.stringMatching(/trained elsewhere.*learning curve/),
    ]);
  });

  it("leaves out the shuffling of a model that blends one of others, and fails where nothing else is asked", async () => {
    if (model.kind !== "predictions") throw new Error("no model");
    const blended: CellValue = {
      ...model,
      exportModel: () => Promise.reject(new Fault("export", "It reads one that was not fitted here")),
    };
    const { importance, curve, notes } = await explain(blended, "predictions: m\nshow: [importance, curve]");
    expect(importance).toBeUndefined();
    expect(curve?.points).toHaveLength(4);
    expect(notes).toEqual([expect.stringMatching(/^"why" cannot shuffle what "m" reads.*one by one/)]);
    const alone = explain(blended, "predictions: m\nshow: importance");
    await expect(alone).rejects.toMatchObject({ code: "explain-foreign" });
  });

  it("fits again without each modality, and on parts of the rows", async () => {
    const { ablation, curve } = await explain(model, "predictions: m\nshow: [ablation, curve]\nseed: 7");
    const verdicts = Object.fromEntries(ablation?.items.map(({ name, change }) => [name, change.verdict]) ?? []);
    expect(verdicts.numeric).toBe("better");
    expect(verdicts.categorical).toBe("no difference seen");
    // Of two classes, each rounded.
    const off = curve?.points.map(({ rows }, i) => Math.abs(rows - 40 * 2 ** i)) ?? [];
    expect(off).toHaveLength(4);
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(curve?.points.every(({ score }) => score.low <= score.value && score.value <= score.high)).toBe(true);
    expect(curve?.last?.difference.value).toBeCloseTo(
      (curve?.points[3].score.value ?? 0) - (curve?.points[2].score.value ?? 0),
      12,
    );
  });

  it("keeps to its time, and says what it left out", async () => {
    const { importance, ablation, complete, notes } = await explain(
      model,
      "predictions: m\nshow: [importance, ablation]\nseconds: 0.000001",
    );
    expect(importance?.rounds).toBe(2);
    expect(ablation).toBeUndefined();
    expect(complete).toBe(false);
    expect(notes).toEqual([expect.stringContaining("numeric, categorical"), expect.stringMatching(/^2 of 10 rounds/)]);
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    const asked = explain(model, "predictions: m\nshow: importance", {
      ...options,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is a table for other cells", async () => {
    const value = await explain(model, "predictions: m\nshow: [importance, curve]\nrounds: 2");
    const table = await context.rows(value, options.signal);
    const parts = columnOf(table, "part")?.values ?? [];
    expect([...new Set(parts)]).toEqual(["importance", "curve"]);
    expect(columnOf(table, "name")?.values[0]).toBe("signal + twin");
  });
});
