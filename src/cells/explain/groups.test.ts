import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import type { Column } from "../../table";
import type { TaskManifest } from "../../tasks";
import { groupsOf, shuffleKey } from "./groups";
import { partOf } from "./refits";
import { correlation, cramer, relatedGroups } from "./related";

const manifest = (track: TaskManifest["track"]): TaskManifest =>
  ({
    track,
    columns: [
      { name: "name", modality: "text" },
      { name: "price", modality: "numeric" },
      { name: "tax", modality: "numeric" },
    ],
  }) as unknown as TaskManifest;

const names = (groups: ReturnType<typeof groupsOf>) => groups.map(({ level, name }) => `${level} ${name}`);

describe("what is shuffled together", () => {
  it("a model of columns has columns and modalities, and its columns are its features", () => {
    const groups = groupsOf({
      inputs: ["name", "price"],
      manifest: manifest("classification"),
      features: false,
      related: [],
    });
    expect(names(groups)).toEqual(["column name", "column price", "modality text", "modality numeric"]);
    expect(groups[0]).toMatchObject({ inputs: ["name"], columns: [] });
    // `price` is the only numeric column that is read: shuffled once, told twice.
    expect(shuffleKey(groups[1])).toBe(shuffleKey(groups[3]));
  });

  it("columns reach features: every column of the task is shuffled where features are read, and they are computed again", () => {
    const groups = groupsOf({
      inputs: ["made.length", "price"],
      manifest: manifest("classification"),
      features: true,
      related: [],
    });
    expect(names(groups)).toEqual([
      "feature made.length",
      "feature price",
      "column name",
      "column price",
      "column tax",
      "modality text",
      "modality numeric",
    ]);
    expect(groups[1]).toMatchObject({ inputs: ["price"], columns: [] });
    expect(groups[3]).toMatchObject({ inputs: ["price"], columns: ["price"] });
    expect(groups[6]).toMatchObject({ inputs: ["price"], columns: ["price", "tax"] });
  });

  it("both sides of a pair's column move together", () => {
    const inputs = ["left_name", "left_price", "right_name", "right_price"];
    const groups = groupsOf({ inputs, manifest: manifest("matching"), features: false, related: [["name", "price"]] });
    expect(names(groups)).toEqual([
      "related name + price",
      "column name",
      "column price",
      "modality text",
      "modality numeric",
    ]);
    expect(groups[0].inputs).toEqual(["left_name", "right_name", "left_price", "right_price"]);
    expect(groups[1].inputs).toEqual(["left_name", "right_name"]);
  });
});

describe("inputs that tell the same", () => {
  const random = createRandom("related");
  const price = Float64Array.from({ length: 300 }, () => random() * 100);
  const coin = Array.from(price, () => random() < 0.5);
  const columns: Column[] = [
    { kind: "number", name: "price", values: price },
    { kind: "number", name: "gross", values: price.map((value) => Math.exp(value / 30) + random() * 0.01) },
    { kind: "number", name: "noise", values: price.map(() => random()) },
    { kind: "string", name: "side", values: Array.from(coin, (heads) => (heads ? "heads" : "tails")) },
    { kind: "boolean", name: "heads", values: coin },
    { kind: "string", name: "band", values: Array.from(price, (value) => (value < 50 ? "low" : "high")) },
    { kind: "string", name: "empty", values: Array.from(price, () => null) },
  ];

  it("are found by rank, whatever the shape of what binds them, and by category", () => {
    // The band is told by the price, not the other way round: the price stands in for it, so it belongs there.
    expect(relatedGroups(columns)).toEqual([
      ["price", "gross", "band"],
      ["side", "heads"],
    ]);
    expect(relatedGroups(columns).flat()).not.toContain("noise");
    expect(relatedGroups(columns.slice(2, 3))).toEqual([]);
  });

  it("agree with values worked out by hand", () => {
    expect(correlation(Float64Array.of(1, 2, 3, Number.NaN), Float64Array.of(2, 4, 6, 1))).toBeCloseTo(1, 12);
    expect(correlation(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2))).toBeCloseTo(0.5, 12);
    const [a, b] = [Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 0, 1)];
    expect(cramer(a, a)).toBeCloseTo(1, 12);
    expect(cramer(a, b)).toBe(0);
  });
});

describe("a part of the training rows", () => {
  const labels = Int32Array.from({ length: 120 }, (_, row) => (row % 10 === 0 ? 2 : row % 2));
  it("has the same share of each class, lies in a larger part, and is the same for the same seed", () => {
    const [half, quarter] = [partOf(labels, 3, 0.5, 7), partOf(labels, 3, 0.25, 7)];
    expect([0, 1, 2].map((k) => half.filter((row) => labels[row] === k).length)).toEqual([24, 30, 6]);
    expect(quarter.every((row) => half.includes(row))).toBe(true);
    expect(partOf(labels, 3, 0.5, 7)).toEqual(half);
    expect(partOf(labels, 3, 0.5, 8)).not.toEqual(half);
  });
});
