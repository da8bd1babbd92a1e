import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { Graph } from "./graph";
import { addTrees, type TreeGraph } from "./tree-graph";

ort.env.wasm.numThreads = 1;

async function run(part: TreeGraph, rows: number[][]): Promise<number[][]> {
  const features = rows[0].length;
  const graph = new Graph("trees");
  const probabilitiesOf = addTrees(graph, part, graph.input("x", "float32", ["N", features]));
  graph.node("Identity", [probabilitiesOf], {}, "probabilities");
  graph.output("probabilities", "float32", ["N", Math.max(2, part.base.length)]);
  const session = await ort.InferenceSession.create(graph.build());
  const x = new ort.Tensor("float32", Float32Array.from(rows.flat()), [rows.length, features]);
  const { probabilities } = await session.run({ x });
  const width = probabilities.dims[1];
  const data = Array.from(probabilities.data as Float32Array);
  return rows.map((_, row) => data.slice(row * width, (row + 1) * width));
}

const logit = (p: number): number => Math.log(p / (1 - p));

describe("trees in ONNX Runtime", () => {
  it("send numbers up to the threshold, and missing ones where they are told to", async () => {
    for (const missingYes of [true, false]) {
      const nodes: TreeGraph["trees"][number]["nodes"] = [
        { kind: "at-most", feature: 1, threshold: 0.1, missingYes, yes: 1, no: 2 },
        { kind: "leaf", value: logit(0.2) },
        { kind: "leaf", value: logit(0.7) },
      ];
      const rows = [0.1, 0.100001, NaN, -Infinity, Infinity].map((value) => [5, value]);
      const probabilities = await run({ base: [0], trees: [{ output: 0, nodes }] }, rows);
      const expected = [0.2, 0.7, missingYes ? 0.2 : 0.7, 0.2, 0.7];
      for (const [row, p] of expected.entries()) {
        expect(probabilities[row][0]).toBeCloseTo(1 - p, 6);
        expect(probabilities[row][1]).toBeCloseTo(p, 6);
      }
    }
  });

  it("send a set of values to one node by a chain of equals", async () => {
    const nodes: TreeGraph["trees"][number]["nodes"] = [
      { kind: "equal", feature: 0, value: 3, yes: 1, no: 3 },
      { kind: "leaf", value: 2 },
      { kind: "leaf", value: -1 },
      { kind: "equal", feature: 0, value: 40, yes: 1, no: 4 },
      { kind: "equal", feature: 0, value: 250, yes: 1, no: 2 },
    ];
    const trees = [{ output: 1, nodes }];
    const values = [3, 40, 250, 0, 4, 249];
    const probabilities = await run(
      { base: [0, 0, 1], trees },
      values.map((value) => [value]),
    );
    for (const [row, value] of values.entries()) {
      const scores = [0, [3, 40, 250].includes(value) ? 2 : -1, 1];
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      for (const [k, score] of scores.entries()) expect(probabilities[row][k]).toBeCloseTo(Math.exp(score) / total, 6);
    }
  });
});
