import { describe, expect, it } from "vitest";
import type { Table } from "../../table";
import { binEdges, chartData } from "./chartData";

const table: Table = {
  rows: 4,
  columns: [
    { kind: "string", name: "label", values: ["a", "b", "a", null] },
    { kind: "number", name: "n", values: Float64Array.of(3, 1, 2, Number.NaN) },
    { kind: "number", name: "t", values: Float64Array.of(2, 0, 1, 3) },
    { kind: "string", name: "split", values: ["train", "train", "test", "test"] },
  ],
};

describe("the marks of a chart", () => {
  it("adds up rows of the same x, and says so", () => {
    const data = chartData({ type: "bar", x: "label", y: "n" }, table);
    expect(data.points).toEqual([
      { x: "a", n: 5 },
      { x: "b", n: 1 },
    ]);
    expect(data.note).toContain("added up");
    expect(data.summary).toContain("most a with 5, least b with 1");
  });

  it("gives each colour its series", () => {
    const data = chartData({ type: "bar", x: "label", y: "n", color: "split" }, table);
    expect(data.series.sort()).toEqual(["test", "train"]);
    expect(data.points[0]).toEqual({ x: "a", train: 3, test: 2 });
    expect(data.note).toBeUndefined();
  });

  it("draws a line in the order of a numeric x", () => {
    const data = chartData({ type: "line", x: "t", y: "n" }, table);
    expect(data.points.map((point) => point.x)).toEqual([0, 1, 2]);
  });

  it("counts every row of a histogram once, and says what is missing", () => {
    const data = chartData({ type: "histogram", x: "n" }, table);
    expect(data.points.reduce((sum, point) => sum + Number(point.rows), 0)).toBe(3);
    expect(data.note).toBe("1 missing left out");
  });

  it("counts names where a histogram's x is no number, the most frequent first", () => {
    const data = chartData({ type: "histogram", x: "label" }, table);
    expect(data.points.map((point) => [point.x, point.rows])).toEqual([
      ["a", 2],
      ["b", 1],
      ["missing", 1],
    ]);
  });

  it("thins out a scatter of many rows, evenly", () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const many: Table = { rows: 10_000, columns: [{ kind: "number", name: "v", values }] };
    const data = chartData({ type: "scatter", x: "v", y: "v" }, many);
    expect(data.points.length).toBe(3000);
    expect(data.note).toBe("3,000 of 10,000 rows, evenly spaced");
    expect(Number(data.points[2999].x)).toBeGreaterThan(9990);
  });

  it("puts the ninth and later series together", () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${i % 12}`);
    const values = Float64Array.from(names, () => 1);
    const many: Table = {
      rows: 30,
      columns: [
        { kind: "string", name: "c", values: names },
        { kind: "number", name: "v", values },
      ],
    };
    const data = chartData({ type: "scatter", x: "v", y: "v", color: "c" }, many);
    expect(data.series.length).toBe(8);
    expect(data.series.at(-1)).toBe("other");
  });

  it("names the column that is not there, and the nearest one", () => {
    expect(() => chartData({ type: "bar", x: "lable", y: "n" }, table)).toThrow('no column "lable"');
    expect(() => chartData({ type: "bar", x: "label", y: "split" }, table)).toThrow("holds no numbers");
    expect(() => chartData({ type: "line", x: "t" }, table)).toThrow("needs a column for y");
  });
});

describe("the edges of bins", () => {
  it("are round, equal, and hold every value", () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.sqrt(i) / 10).sort((a, b) => a - b);
    const edges = binEdges(values);
    expect(edges[0]).toBeLessThanOrEqual(values[0]);
    expect(edges.at(-1)).toBeGreaterThan(values.at(-1)!);
    expect(edges.length).toBeGreaterThan(8);
    expect(edges.length).toBeLessThanOrEqual(42);
    expect(edges.slice(0, 3)).toEqual([0, 0.2, 0.4]);
  });
  it("stand around a single value", () => {
    expect(binEdges([7, 7])).toEqual([6.5, 7.5]);
    expect(binEdges([])).toEqual([]);
  });
});
