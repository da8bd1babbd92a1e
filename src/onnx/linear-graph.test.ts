import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import { Graph } from "./graph";
import { addLinear, type LinearGraph } from "./linear-graph";
import { dequantiseRows, quantiseRows } from "./quantise";

ort.env.wasm.numThreads = 1;

const random = createRandom(11);
const noise = (length: number) => Float32Array.from({ length }, () => random() * 4 - 2);

const model = (part: Partial<LinearGraph> = {}): LinearGraph => ({
  classes: 3,
  sparse: noise(50 * 3),
  dense: noise(3 * 7),
  bias: noise(3),
  quantised: false,
  ...part,
});

const N = 5;
const L = 4;
const ids = Int32Array.from({ length: N * L }, () => Math.floor(random() * 50));
const weights = noise(N * L);
const dense = noise(N * 7);

function linearToOnnx(asked: LinearGraph): Uint8Array {
  const graph = new Graph("test");
  const dense = asked.dense.length > 0 ? graph.input("dense", "float32", ["N", 7]) : undefined;
  const bag =
    asked.sparse.length > 0
      ? { ids: graph.input("ids", "int32", ["N", "L"]), weights: graph.input("weights", "float32", ["N", "L"]) }
      : {};
  const probabilities = addLinear(graph, asked, { ...bag, dense });
  graph.node("Identity", [probabilities], {}, "probabilities");
  graph.output("probabilities", "float32", ["N", 3]);
  return graph.build();
}

/** The model in double precision, straight from its definition. */
function expected({ classes, sparse, dense: table, bias }: LinearGraph): Float64Array {
  const out = new Float64Array(N * classes);
  for (let row = 0; row < N; row++) {
    const logits = Array.from({ length: classes }, (_, k) => {
      let sum = bias[k];
      if (sparse.length > 0)
        for (let i = row * L; i < (row + 1) * L; i++) sum += weights[i] * sparse[ids[i] * classes + k];
      if (table.length > 0) for (let i = 0; i < 7; i++) sum += dense[row * 7 + i] * table[i * 3 + k];
      return sum;
    });
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    for (let k = 0; k < classes; k++) out[row * classes + k] = Math.exp(logits[k]) / total;
  }
  return out;
}

async function run(asked: LinearGraph): Promise<{ session: ort.InferenceSession; data: Float32Array }> {
  const session = await ort.InferenceSession.create(linearToOnnx(asked));
  const feeds: Record<string, ort.Tensor> = {};
  if (asked.sparse.length > 0) {
    feeds.ids = new ort.Tensor("int32", ids, [N, L]);
    feeds.weights = new ort.Tensor("float32", weights, [N, L]);
  }
  if (asked.dense.length > 0) feeds.dense = new ort.Tensor("float32", dense, [N, 7]);
  const { probabilities } = await session.run(feeds);
  expect(probabilities.dims).toEqual([N, 3]);
  return { session, data: probabilities.data as Float32Array };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

describe("a linear model in ONNX Runtime", () => {
  it.each<[string, Partial<LinearGraph>]>([
    ["sparse and dense", {}],
    ["sparse alone", { dense: new Float32Array(0) }],
    ["dense alone", { sparse: new Float32Array(0) }],
  ])("gives the probabilities of its definition: %s", async (_, part) => {
    const asked = model(part);
    const { session, data } = await run(asked);
    expect(largestDifference(data, expected(asked))).toBeLessThan(1e-6);
    const wanted = [
      ...(asked.sparse.length > 0 ? ["ids", "weights"] : []),
      ...(asked.dense.length > 0 ? ["dense"] : []),
    ];
    expect([...session.inputNames].sort()).toEqual(wanted.sort());
  });

  it("quantised gives the probabilities of the rounded weights, near those of the exact ones, in a quarter of the size", async () => {
    const asked = model({ sparse: noise(4000 * 3), quantised: true });
    const { data } = await run(asked);
    const rounded = { ...asked, sparse: dequantiseRows(quantiseRows(asked.sparse, 3)) };
    expect(largestDifference(data, expected(rounded))).toBeLessThan(1e-6);
    expect(largestDifference(data, expected(asked))).toBeLessThan(0.02);
    expect(largestDifference(data, expected(asked))).toBeGreaterThan(1e-6);
    // 3 bytes and a scale of 4 instead of 12 bytes a row
    expect(linearToOnnx(asked).length).toBeLessThan(0.65 * linearToOnnx({ ...asked, quantised: false }).length);
  });

  it("pads with id 0 and weight 0 without a trace", async () => {
    const asked = model({ dense: new Float32Array(0) });
    const session = await ort.InferenceSession.create(linearToOnnx(asked));
    const probabilities = async (list: number[], loads: number[]) => {
      const dims = [1, list.length];
      const feeds = {
        ids: new ort.Tensor("int32", Int32Array.from(list), dims),
        weights: new ort.Tensor("float32", Float32Array.from(loads), dims),
      };
      return Array.from((await session.run(feeds)).probabilities.data as Float32Array);
    };
    expect(await probabilities([7, 0, 0], [1.5, 0, 0])).toEqual(await probabilities([7], [1.5]));
  });
});

describe("quantised rows", () => {
  it("are off by at most half a step of the row, and exact for rows of zeros", () => {
    const values = Float32Array.from([0, 0, 0, 1, -2, 0.5, 1e-6, 2e-6, -3e-6]);
    const back = dequantiseRows(quantiseRows(values, 3));
    expect(Array.from(back.subarray(0, 3))).toEqual([0, 0, 0]);
    for (let row = 1; row < 3; row++) {
      const own = values.subarray(row * 3, row * 3 + 3);
      const step = Math.max(...own.map(Math.abs)) / 127;
      expect(largestDifference(back.subarray(row * 3, row * 3 + 3), own)).toBeLessThanOrEqual(step * 0.5001);
    }
  });
});

describe("the graph builder", () => {
  it("refuses a tensor whose values do not fill its shape", () => {
    expect(() => new Graph("g").constant("float32", [2, 2], [1, 2, 3])).toThrow("cannot hold 3 values");
  });
});
