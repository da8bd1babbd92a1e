import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { addTrees, Graph } from "../../onnx";
import type { FeatureTable } from "../feature-table";
import { runToEnd } from "../steps";
import { gbdtGraph, gbdtInput } from "./export";
import { fitGbdt } from "./fit";
import type { GbdtModel } from "./model";
import type { GbdtOptions } from "./options";
import { predictGbdt } from "./predict";

ort.env.wasm.numThreads = 1;

const OPTIONS: GbdtOptions = { rounds: 15, leaves: 12, rate: 0.2, leastRows: 3, l2: 0, bins: 40, seed: 3 };

/** Numbers with NaN and infinities, categories with missing ones, and labels that depend on all of them. */
function sample(rows: number, classes: number, seed: number): { table: FeatureTable; labels: Int32Array } {
  const random = createRandom(seed);
  const values = [0, 1].map(() =>
    Float32Array.from({ length: rows }, () => {
      const drawn = random();
      if (drawn < 0.1) return NaN;
      return drawn < 0.13 ? Infinity : drawn < 0.16 ? -Infinity : random() * 2 - 1;
    }),
  );
  const codes = Int32Array.from({ length: rows }, () => Math.floor(random() * 41) - 1);
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    const number = Number.isNaN(values[0][row]) ? 0.7 : Math.max(-1, Math.min(1, values[0][row]));
    const score = number + (values[1][row] > 0 ? 0.5 : 0) + ((codes[row] * 7) % 5) / 3 + random() * 0.3;
    return Math.min(classes - 1, Math.max(0, Math.floor((score + 1) * (classes / 4))));
  });
  const table: FeatureTable = {
    rows,
    features: [
      { kind: "number", name: "x", values: values[0] },
      { kind: "category", name: "colour", codes, categories: 40 },
      { kind: "number", name: "y", values: values[1] },
    ],
  };
  return { table, labels };
}

async function inRuntime(model: GbdtModel, table: FeatureTable): Promise<Float32Array> {
  const graph = new Graph("trees");
  const input = graph.input("features", "float32", ["N", model.features.length]);
  graph.node("Identity", [addTrees(graph, gbdtGraph(model), input)], {}, "probabilities");
  graph.output("probabilities", "float32", ["N", model.classes]);
  const session = await ort.InferenceSession.create(graph.build());
  const dims = [table.rows, table.features.length];
  const feeds = { features: new ort.Tensor("float32", gbdtInput(model, table), dims) };
  const { probabilities } = await session.run(feeds);
  expect(probabilities.dims).toEqual([table.rows, model.classes]);
  return probabilities.data as Float32Array;
}

async function largestDifference(model: GbdtModel, table: FeatureTable): Promise<number> {
  const own = runToEnd(predictGbdt(model, table));
  const theirs = await inRuntime(model, table);
  return own.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);
}

/** Every edge of the bins, the numbers next to it, what is no number, and categories that the fit never saw. */
function hardRows(model: GbdtModel): FeatureTable {
  const [x, colour, y] = model.features;
  if (x.kind !== "number" || y.kind !== "number" || colour.kind !== "category") throw new Error("other features");
  const around = [x, y].map(({ edges }) => [...edges].flatMap((edge) => [edge, edge + 1e-7, edge - 1e-7]));
  const values = [...around.flat(), NaN, Infinity, -Infinity, 3.4e38, 0, -0, 1e-45].map(Math.fround);
  const codes = [-1, 41, 1000, ...Array.from({ length: 40 }, (_, code) => code)];
  const pairs = values.flatMap((value) => codes.map((code) => ({ value, code })));
  const column = Float32Array.from(pairs, ({ value }) => value);
  return {
    rows: pairs.length,
    features: [
      { kind: "number", name: "x", values: column },
      { kind: "category", name: "colour", codes: Int32Array.from(pairs, ({ code }) => code), categories: 40 },
      { kind: "number", name: "y", values: column.slice().reverse() },
    ],
  };
}

describe("boosted trees in ONNX Runtime", () => {
  it.each([2, 3, 7])("give the tab's probabilities, with every odd value, for %i classes", async (classes) => {
    const { table, labels } = sample(900, classes, classes);
    const model = runToEnd(fitGbdt(table, labels, classes, OPTIONS));
    expect(model.trees.sets.length).toBeGreaterThan(0);
    expect(await largestDifference(model, table)).toBeLessThan(1e-5);
    expect(await largestDifference(model, hardRows(model))).toBeLessThan(1e-5);
  });

  it("give the class shares where there is no tree", async () => {
    const { table, labels } = sample(50, 3, 1);
    for (const classes of [2, 3]) {
      const model = runToEnd(
        fitGbdt(
          table,
          labels.map((label) => label % classes),
          classes,
          { ...OPTIONS, rounds: 0 },
        ),
      );
      expect(await largestDifference(model, table)).toBeLessThan(1e-6);
    }
  });

  it("give the tab's probabilities with the settings of a real fit", async () => {
    const { table, labels } = sample(4000, 5, 9);
    const model = runToEnd(
      fitGbdt(table, labels, 5, {
        ...OPTIONS,
        rounds: 100,
        leaves: 31,
        bins: 255,
        stop: { share: 0.1, patience: 100 },
      }),
    );
    expect(await largestDifference(model, table)).toBeLessThan(1e-5);
  });
});
