import { describe, expect, it } from "vitest";
import { settingsFault } from "./settings-check";

const cells = [
  { name: "features", kind: "ts" },
  { name: "sales", kind: "sql" },
  { name: "trees", kind: "model" },
] as const;
const around = {
  cells,
  manifest: undefined,
  columnsOf: (name: string) => (name === "sales" ? ["price", "vendor"] : undefined),
};
const fault = (kind: "chart" | "model" | "score", source: string) => settingsFault({ kind, name: "c", source }, around);

describe("a configuration cell as it is typed", () => {
  it("has no fault where nothing is wrong, nor where nothing is known", () => {
    expect(fault("chart", "source: sales\nx: price")).toBeUndefined();
    expect(fault("chart", "source: train\nx: whatever")).toBeUndefined();
    expect(fault("model", "learner: gbdt\ninputs: [features, trees, columns(a)]\nrounds: 50")).toBeUndefined();
    expect(fault("score", "predictions: [trees]\nmetric: anything")).toBeUndefined();
  });

  it.each([
    ["chart", "source: sale\nx: price", 1, 'No cell is named "sale"', "sales"],
    ["chart", "source: sales\ntype: bars\nx: price", 2, "type", ""],
    ["chart", "source: sales\nx: prise", 2, 'no column "prise"', "price"],
    ["chart", "source: sales\nx: price\ncolour: vendor", 3, 'no setting "colour"', "color"],
    ["chart", "source: sales\ntype: scatter\nx: price", 2, "needs a column for y", "y: price"],
    ["chart", "source: sales\nx: [price", 2, "Cannot read the settings", "key: value"],
    ["model", "learner: gbtd", 1, 'no learner "gbtd"', "gbdt"],
    ["model", "learner: gbdt\ninputs: [feature]", 2, 'No cell is named "feature"', "features"],
    ["model", "learner: gbdt\ninputs: [columns()]", 2, "columns()", "columns"],
    ["model", "learner: gbdt\nrounds: many", 2, "Cannot set rounds", "whole number"],
    ["model", "learner: gbdt\n\n# more\ndepth: 8", 4, 'no setting "depth"', ""],
    ["model", "inputs: [features]", undefined, "learner: linear", ""],
    ["score", "predictions: [tree]", 1, 'No model cell is named "tree"', "trees"],
    ["score", "predictions: trees\nsplit: tset", 2, "split", ""],
    ["score", "predictions: trees\nthreshold: 2", 2, "0 to 1", ""],
  ] as const)("%s %j is refused at its line", (kind, source, line, message, hint) => {
    const found = fault(kind, source);
    expect(found?.message).toContain(message);
    expect(found?.where?.line).toBe(line);
    expect(found?.hint ?? "").toContain(hint);
  });
});
