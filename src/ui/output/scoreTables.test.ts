import { describe, expect, it } from "vitest";
import { SCORE_COLUMNS } from "../../cells";
import { namesRead } from "../../data";
import { rowsOf } from "../../table";
import { confusionTable, curveTable, partQuery, reliabilityTable } from "./scoreTables";

describe("the statement behind a drawing", () => {
  it.each(["confusion", "classes", "curve", "reliability"] as const)(
    "%s reads the score cell and its columns",
    (part) => {
      const sql = partQuery("result", "trees", part, "it's");
      expect(namesRead(sql, ["result", "train"])).toEqual(["result"]);
      expect(sql).toContain(`part = '${part}' and predictions = 'trees' and class = 'it''s'`);
      const columns = /^select (.*)$/m.exec(sql)?.[1].split(", ") ?? [];
      expect(columns.length).toBeGreaterThan(2);
      for (const column of columns) expect(SCORE_COLUMNS.map(({ name }) => name)).toContain(column);
    },
  );
});

describe("what is drawn, as a table", () => {
  it("counts that are not zero, the largest first", () => {
    const table = confusionTable(
      [
        [5, 0],
        [3, 9],
      ],
      ["a", "b"],
    );
    expect(rowsOf(table)).toEqual([
      { class: "b", prediction: "b", rows: 9 },
      { class: "a", prediction: "a", rows: 5 },
      { class: "b", prediction: "a", rows: 3 },
    ]);
  });

  it("a curve, whose end has no threshold", () => {
    const curve = {
      thresholds: Float64Array.of(0.2, 0.7),
      precision: Float64Array.of(0.5, 1, 1),
      recall: Float64Array.of(1, 0.5, 0),
      steps: true,
      averagePrecision: 0.75,
      share: 0.5,
    };
    expect(rowsOf(curveTable(curve))).toEqual([
      { threshold: 0.2, precision: 0.5, recall: 1 },
      { threshold: 0.7, precision: 1, recall: 0.5 },
      { threshold: null, precision: 1, recall: 0 },
    ]);
  });

  it("bins with their counts", () => {
    const bin = { low: 0.8, high: 0.9, rows: 12, confidence: 0.85, accuracy: 0.75 };
    expect(rowsOf(reliabilityTable([bin]))).toEqual([bin]);
  });
});
