import { describe, expect, it } from "vitest";
import type { ChartAnswer, ChartSpec } from "../../cells";
import type { Column, Table } from "../../table";
import { chartData } from "./chartData";
import { labelsOf, numberAxis, placeOn, ticksOf } from "./marks/scales";

const num = (name: string, ...values: number[]): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
});
const str = (name: string, ...values: string[]): Column => ({ kind: "string", name, values });
const answer = (columns: Column[], facts: Partial<ChartAnswer["facts"]> = {}): ChartAnswer => ({
  table: { rows: columns[0].values.length, columns },
  facts: { rows: 10, drawn: 10, ...facts },
});
const spec = (type: ChartSpec["type"], rest: Partial<ChartSpec> = {}): ChartSpec => ({
  source: "s",
  type,
  x: "x1",
  ...rest,
});
const names = ({ columns }: Table): string[] => columns.map(({ name }) => name);

describe("the marks of a chart", () => {
  it("are one bar a name, a value a series, and none where there is none", () => {
    const data = chartData(
      spec("bar", { y: "n1", color: "c1" }),
      answer([str("x", "a", "a", "b"), str("series", "p", "q", "p"), num("y", 3, 1, 2), num("n", 5, 4, 1)], {
        added: true,
      }),
    );
    expect(data.series).toEqual(["p", "q"]);
    expect(data.marks).toMatchObject({
      kind: "bars",
      names: ["a", "b"],
      values: [
        [3, 2],
        [1, Number.NaN],
      ],
    });
    expect(data.note).toBe("rows with the same x1 are added up");
    expect(data.summary).toContain("most a with 4, least b with 2");
    expect(names(data.table)).toEqual(["x1", "c1", "n1", "rows"]);
  });

  it("are as many bars as bins, the empty ones too, and bins have words in the table", () => {
    const data = chartData(
      spec("histogram"),
      answer([num("x", 0, 2), str("series", "", ""), num("n", 3, 4)], { rows: 9, drawn: 7, xEdges: [0, 5, 10, 15] }),
    );
    expect(data.marks).toMatchObject({ values: [[3, 0, 4]], names: ["0 – 5", "5 – 10", "10 – 15"] });
    expect(data.note).toBe("2 missing left out");
    expect(data.table.columns[0].values).toEqual(["0 – 5", "10 – 15"]);
  });

  it("say what a scatter and a line left out", () => {
    const points = [num("x", 1, 2), num("y", 3, 4), str("series", "", ""), num("n", 1, 1)];
    const dots = chartData(spec("scatter", { y: "y1" }), answer(points, { drawn: 10_000, rows: 10_000, dots: 3_000 }));
    expect(dots.note).toBe("3,000 of 10,000 rows, evenly spaced");
    expect(dots.summary).toBe("Scatter of 3,000 points: x1 from 1 to 2, y1 from 3 to 4.");
    const line = chartData(spec("line", { y: "y1" }), answer(points, { values: 9_000, steps: 250 }));
    expect(line.note).toBe("9,000 values of x1 in 250 steps, each the mean of its values");
    expect(line.marks).toEqual({ kind: "lines", lines: [{ x: [1, 2], y: [3, 4] }] });
  });

  it("place a heat map's cells by bin or by name, `other` last", () => {
    const data = chartData(
      spec("heat", { y: "y1" }),
      answer([num("x", 1, 0), str("y", "other", "b"), num("value", 7, 2), num("n", 7, 2)], {
        xEdges: [0, 1, 2],
        values: 40,
      }),
    );
    expect(data.marks).toMatchObject({
      x: { edges: [0, 1, 2] },
      y: { names: ["b", "other"] },
      cells: [
        { column: 1, row: 1, value: 7 },
        { column: 0, row: 0, value: 2 },
      ],
    });
    expect(data.note).toContain("all others as one");
  });

  it("keep columns apart that would have one name", () => {
    const data = chartData(
      spec("bar", { x: "rows" }),
      answer([str("x", "a"), str("series", ""), num("y", 1), num("n", 1)]),
    );
    expect(new Set(names(data.table)).size).toBe(names(data.table).length);
  });

  it("are none of nothing, and say so", () => {
    const none = answer([num("x"), str("series"), num("n")], { rows: 0, drawn: 0, xEdges: [] });
    expect(chartData(spec("histogram"), none).summary).toContain("without any value");
    expect(chartData(spec("histogram"), none).marks).toMatchObject({ names: [], values: [] });
  });
});

describe("an axis", () => {
  it("has ticks at round numbers", () => {
    expect(ticksOf(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticksOf(-0.07, 0.31, 4)).toEqual([0, 0.1, 0.2, 0.3]);
  });
  it("reaches to zero where bars stand on it, and has room around a single value", () => {
    expect(numberAxis(3, 9, { zero: true })).toMatchObject({ low: 0 });
    const one = numberAxis(5, 5);
    expect(one.kind === "numbers" && one.low < 5 && one.high > 5).toBe(true);
    expect(placeOn(one, 100)(5)).toBeCloseTo(50, 6);
  });
  it("leaves out labels that would stand over each other", () => {
    const axis = { kind: "names", names: Array.from({ length: 40 }, (_, i) => `name ${i}`) } as const;
    const labels = labelsOf(axis, 300, true);
    expect(labels.length).toBeLessThan(8);
    expect(labels.length).toBeGreaterThan(2);
  });
});
