import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { KernelMemory } from "../kernels/memory";
import { edgesOf, fitBins, rowsForBins } from "./bins";
import { gbdtKernel, sorter } from "./kernel";

const sorted = (values: number[]): Float32Array => Float32Array.from(values).sort();

/** How many of the values fall into each bin. */
function counts(values: Float32Array, edges: Float32Array): number[] {
  const found = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) found[edges.filter((edge) => edge < value).length]++;
  return found;
}

describe("the bins of numbers", () => {
  it("part neighbouring distinct values in the middle where they are few", () => {
    expect([...edgesOf(sorted([3, 1, 1, 2, 7]), 10)]).toEqual([1.5, 2.5, 5]);
    expect([...edgesOf(sorted([4, 4, 4]), 10)]).toEqual([]);
    expect([...edgesOf(sorted([]), 10)]).toEqual([]);
  });

  it("hold about as many rows each where they are many", () => {
    const random = createRandom(1);
    const values = sorted(Array.from({ length: 5000 }, () => random() ** 3));
    const rows = counts(values, edgesOf(values, 16));
    expect(rows.length).toBe(16);
    for (const count of rows) expect(Math.abs(count - 5000 / 16)).toBeLessThan(40);
  });

  it("give a frequent value its own, and spend the others on the rest", () => {
    const random = createRandom(2);
    const values = sorted(Array.from({ length: 4000 }, () => (random() < 0.7 ? 0 : random() - 0.5)));
    const edges = edgesOf(values, 20);
    const rows = counts(values, edges);
    expect(rows.length).toBeGreaterThan(15);
    expect(Math.max(...rows)).toBe(values.filter((value) => value === 0).length);
  });

  it("separate neighbouring single-precision numbers, and infinities from all finite ones", () => {
    const one = 1;
    const after = Math.fround(1 + 2 ** -23);
    const largest = 3.4028234663852886e38;
    const values = sorted([-Infinity, -largest, one, after, largest, Infinity]);
    expect(counts(values, edgesOf(values, 10))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("never are more than asked for", () => {
    const random = createRandom(3);
    for (let most = 2; most < 40; most++) {
      const values = sorted(Array.from({ length: 300 }, () => Math.floor(random() ** 4 * 80)));
      expect(edgesOf(values, most).length).toBeLessThan(most);
    }
  });
});

describe("the sort of numbers", () => {
  it("is the engine's own, with infinities and tiny numbers", () => {
    const random = createRandom(4);
    const memory = new KernelMemory();
    const sort = sorter(memory, gbdtKernel(memory), 3000);
    for (const length of [0, 1, 2, 3000]) {
      const values = Float32Array.from({ length }, () => (random() - 0.5) * 10 ** Math.floor(random() * 90 - 45));
      if (length > 2) values.set([Infinity, -Infinity, 0, 1e-45, -1e-45, 3.4e38, 5, 5, 5], 100);
      expect(sort(values.slice())).toEqual(values.slice().sort());
    }
  });
});

describe("the bins of categories", () => {
  it("go to the most frequent, at most 255, and 0 to the rest", () => {
    const codes = Int32Array.from([...Array.from({ length: 300 }, (_, i) => i), 299, 299, 5, -1]);
    const rows = Uint32Array.from(codes.keys());
    const binned = fitBins({ kind: "category", name: "c", codes, categories: 301 }, rows, 16, (values) =>
      values.sort(),
    );
    if (binned.kind !== "category") throw new Error("another kind");
    expect([binned.bins[299], binned.bins[5], binned.bins[0], binned.bins[253]]).toEqual([1, 2, 3, 255]);
    expect([binned.bins[254], binned.bins[298], binned.bins[300]]).toEqual([0, 0, 0]);
  });
});

describe("the rows that decide the bins", () => {
  it("are all, or a seeded choice of many, in order", () => {
    expect([...rowsForBins(4, createRandom(1))]).toEqual([0, 1, 2, 3]);
    const rows = rowsForBins(500_000, createRandom(1));
    expect(rows.length).toBe(200_000);
    expect(rows.every((row, i) => i === 0 || row >= rows[i - 1])).toBe(true);
    expect(rows[rows.length - 1]).toBeLessThan(500_000);
  });
});
