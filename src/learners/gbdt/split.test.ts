import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import type { Feature, FeatureTable } from "../feature-table";
import { KernelMemory } from "../kernels/memory";
import { runToEnd } from "../steps";
import { fitGbdt } from "./fit";
import { FEATURE_BYTES, gbdtKernel } from "./kernel";
import { type GbdtModel, setHas } from "./model";
import type { GbdtOptions } from "./options";

/** One split, by the gradients that the class shares leave. */
const STUMP: GbdtOptions = { rounds: 1, leaves: 2, rate: 1, leastRows: 5, l2: 0.5, bins: 255, seed: 1 };

const FREE = { smooth: 0, l2: 0, most: 255, leastRows: 1, stepRows: 1 };

function gainOf(isLeft: readonly boolean[], labels: Int32Array, share: number, { l2, leastRows }: GbdtOptions): number {
  const sides = [true, false].map((side) => {
    const rows = isLeft.flatMap((left, row) => (left === side ? [row] : []));
    const gradient = rows.reduce((sum, row) => sum + share - labels[row], 0);
    return { rows: rows.length, score: gradient ** 2 / (rows.length * share * (1 - share) + l2) };
  });
  if (sides.some(({ rows }) => rows < leastRows)) return 0;
  const gradient = labels.reduce((sum, label) => sum + share - label, 0);
  const all = gradient ** 2 / (labels.length * share * (1 - share) + l2);
  return sides[0].score + sides[1].score - all;
}

/** Which rows the model's only split sends left. */
function sidesOf({ trees, features }: GbdtModel, table: FeatureTable): boolean[] {
  expect(trees.left[0]).toBe(1);
  const feature = table.features[trees.feature[0]];
  const fitted = features[trees.feature[0]];
  const missingLeft = trees.missingLeft[0] === 1;
  return Array.from({ length: table.rows }, (_, row) => {
    if (feature.kind === "category" && fitted.kind === "category") {
      return setHas(trees.sets, trees.set[0], fitted.bins[feature.codes[row]] ?? 0);
    }
    if (feature.kind !== "number" || fitted.kind !== "number") throw new Error("kinds differ");
    const value = feature.values[row];
    return Number.isNaN(value) ? missingLeft : value <= (fitted.edges[trees.bin[0] - 1] ?? Infinity);
  });
}

const shareOf = (labels: Int32Array): number =>
  (labels.reduce((sum, label) => sum + label, 0) + 1) / (labels.length + 2);

function numbers(name: string, rows: number, random: () => number, missing: number): Feature {
  const draw = (): number => (random() < missing ? NaN : Math.floor(random() * 60) / 7);
  return { kind: "number", name, values: Float32Array.from({ length: rows }, draw) };
}

describe("the first split", () => {
  it.each([0, 0.2])(
    "is the best of all thresholds and sides for missing values (a share of %f is missing)",
    (missing) => {
      for (let seed = 1; seed <= 15; seed++) {
        const random = createRandom(seed);
        const rows = 80;
        const table = { rows, features: ["a", "b", "c"].map((name) => numbers(name, rows, random, missing)) };
        const labels = Int32Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0));
        const share = shareOf(labels);
        let most = 0;
        for (const feature of table.features) {
          if (feature.kind !== "number") continue;
          for (const threshold of new Set(feature.values)) {
            for (const missingLeft of [true, false]) {
              const isLeft = [...feature.values].map((v) => (Number.isNaN(v) ? missingLeft : v <= threshold));
              most = Math.max(most, gainOf(isLeft, labels, share, STUMP));
            }
          }
        }
        const model = runToEnd(fitGbdt(table, labels, 2, STUMP));
        const gain = gainOf(sidesOf(model, table), labels, share, STUMP);
        expect(gain).toBeCloseTo(most, 4);
        expect(model.importance.reduce((sum, value) => sum + value, 0)).toBeCloseTo(gain, 3);
      }
    },
  );

  it("is the best of all sets of categories, the missing ones among them", () => {
    const options = { ...STUMP, category: FREE };
    for (let seed = 1; seed <= 15; seed++) {
      const random = createRandom(seed);
      const rows = 120;
      const codes = Int32Array.from({ length: rows }, () => Math.floor(random() * 8) - 1);
      const table: FeatureTable = { rows, features: [{ kind: "category", name: "c", codes, categories: 7 }] };
      const labels = Int32Array.from(codes, (code) => (random() < 0.2 + ((code * 5 + 7) % 8) / 14 ? 1 : 0));
      const share = shareOf(labels);
      let most = 0;
      for (let set = 1; set < 255; set++) {
        const isLeft = [...codes].map((code) => ((set >> (code + 1)) & 1) === 1);
        most = Math.max(most, gainOf(isLeft, labels, share, options));
      }
      const model = runToEnd(fitGbdt(table, labels, 2, options));
      expect(gainOf(sidesOf(model, table), labels, share, options)).toBeCloseTo(most, 4);
    }
  });

  it("leaves out categories of few rows, which go with the rest", () => {
    const rows = 400;
    const codes = Int32Array.from({ length: rows }, (_, row) => (row < 4 ? 9 : row % 9));
    const labels = Int32Array.from(codes, (code) => (code === 9 || code < 3 ? 1 : 0));
    const table: FeatureTable = { rows, features: [{ kind: "category", name: "c", codes, categories: 10 }] };
    const category = { ...FREE, most: 3, leastRows: 5 };
    const isLeft = sidesOf(runToEnd(fitGbdt(table, labels, 2, { ...STUMP, category })), table);
    const free = sidesOf(runToEnd(fitGbdt(table, labels, 2, { ...STUMP, category: FREE })), table);
    expect(isLeft[0]).toBe(isLeft[8]); // row 8 is of category 8, label 0
    expect(free[0]).toBe(free[9]); // row 9 is of category 0, label 1
  });

  it("sends what is missing only in new rows with the most rows", () => {
    const values = Float32Array.from({ length: 50 }, (_, row) => row);
    const table: FeatureTable = { rows: 50, features: [{ kind: "number", name: "x", values }] };
    for (const [edge, missingLeft] of [
      [15, 0],
      [35, 1],
    ]) {
      const labels = Int32Array.from(values, (value) => (value < edge ? 1 : 0));
      expect(runToEnd(fitGbdt(table, labels, 2, STUMP)).trees.missingLeft[0]).toBe(missingLeft);
    }
  });
});

describe("histograms", () => {
  const rows = 3000;
  const random = createRandom(5);
  const memory = new KernelMemory();
  const kernel = gbdtKernel(memory);
  const width = 64;
  const bins = memory.put(Uint8Array.from({ length: rows * width }, () => Math.floor(random() * 256)));
  const pairs = memory.put(Int32Array.from({ length: rows * 2 }, () => Math.floor((random() - 0.5) * 2 ** 18)));
  const wanted = memory.put(new Uint8Array(8).fill(1));
  const bytes = width * FEATURE_BYTES;
  const ordered = memory.room(Int32Array, rows * 2);
  const histogramOf = (list: number[]): number => {
    const histogram = memory.room(Uint8Array, bytes);
    memory.view(Uint8Array, histogram, bytes).fill(7); // what another node left there
    const listed = memory.put(Uint32Array.from(list));
    kernel.order(pairs, listed, list.length, ordered);
    kernel.accumulate(bins, width, wanted, listed, list.length, ordered, histogram, true);
    return histogram;
  };
  const all = Array.from({ length: rows }, (_, row) => row);
  const some = all.filter(() => random() < 0.3);
  const rest = all.filter((row) => !some.includes(row));

  it("hold the sums over the rows of a bin", () => {
    const entries = memory.view(Int32Array, histogramOf(some), bytes / 4).slice();
    const expected = new Int32Array(bytes / 4);
    const own = memory.view(Uint8Array, bins, rows * width);
    const both = memory.view(Int32Array, pairs, rows * 2);
    for (const row of some) {
      for (let feature = 0; feature < width; feature++) {
        const at = (feature * FEATURE_BYTES) / 4 + own[row * width + feature] * 4;
        expected[at] += both[row * 2];
        expected[at + 1] += both[row * 2 + 1];
        expected[at + 2]++;
      }
    }
    expect(entries).toEqual(expected);
  });

  it("of a sibling are exactly what its brother's leave of the parent's", () => {
    const parent = histogramOf(all);
    const brother = histogramOf(some);
    const direct = histogramOf(rest);
    const list = memory.put(Uint32Array.from({ length: width }, (_, feature) => feature));
    const counts = memory.put(new Int32Array(width).fill(255));
    const kinds = memory.put(new Uint8Array(width));
    const [totals, out, scratch] = [16, 288, 2048].map((room) => memory.room(Uint8Array, room));
    kernel.bound(1, 1, 0, 0, 0, 32, 1, 1);
    kernel.split(parent, brother, list, width, counts, kinds, totals, out, scratch);
    const view = (at: number) => memory.view(Int32Array, at, bytes / 4);
    expect(view(parent)).toEqual(view(direct));
  });
});
