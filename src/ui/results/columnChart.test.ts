import { describe, expect, it } from "vitest";
import { isCellName, looseConfig } from "../../notebook";
import { chartCell } from "./columnChart";

describe("a column as a chart cell", () => {
  it("is a histogram of numbers, and bars of names", () => {
    expect(chartCell("sales", { name: "price", kind: "number" })).toEqual({
      name: "price_chart",
      source: "source: sales\ntype: histogram\nx: price",
    });
    expect(chartCell("sales", { name: "vendor", kind: "string" }).source).toContain("type: bar");
  });

  it("has a name and a setting that can be read, whatever the column is called", () => {
    for (const name of [
      "no",
      "y",
      "a: b",
      '"',
      "count(*)",
      "1st",
      "größe",
      "日本",
      "#",
      " x ",
      "null",
      "1",
      "-",
      "a\nb",
    ]) {
      const cell = chartCell("sales", { name, kind: "number" });
      expect(isCellName(cell.name), cell.name).toBe(true);
      expect(looseConfig(cell.source).x, name).toBe(name);
    }
  });
});
