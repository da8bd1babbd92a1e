import { describe, expect, it } from "vitest";
import type { Feature } from "./feature-table";
import { featuresOf, fitFeatures } from "./features";
import type { PreparedColumn } from "./inputs";
import { fitRates, predictRates } from "./rates";
import { runToEnd } from "./steps";

const run = (train: PreparedColumn[], rows = train): Feature[] =>
  runToEnd(featuresOf(runToEnd(fitFeatures(train)), rows)).features;
const categories = (values: (string | null)[]): PreparedColumn => ({ name: "c", as: "categorical", values });
const values = (feature: Feature) => Array.from(feature.kind === "number" ? feature.values : feature.codes);

describe("features for trees", () => {
  it("are a number's single precision, with NaN where it is missing", () => {
    const [feature] = run([
      { name: "n", as: "numeric", values: Float64Array.of(0.1, Number.NaN, Number.POSITIVE_INFINITY) },
    ]);
    expect(values(feature)).toEqual([Math.fround(0.1), Number.NaN, Number.POSITIVE_INFINITY]);
  });

  it("are a category's code by falling count; what is rare or new shares one, what is missing has none", () => {
    const train = categories(["b", "a", "b", "a", "b", "once", null]);
    const [feature] = run([train]);
    expect(values(feature)).toEqual([0, 1, 0, 1, 0, 2, -1]);
    expect(values(run([train], [categories(["new", null, "a"])])[0])).toEqual([2, -1, 1]);
    expect(feature).toMatchObject({ kind: "category", categories: 3 });
  });

  it("are facts of a text", () => {
    const text: PreparedColumn = { name: "t", as: "text", values: ["AB-12 c", null] };
    const facts = Object.fromEntries(run([text]).map((feature) => [feature.name, values(feature)[0]]));
    expect(facts["t.length"]).toBe(7);
    expect(facts["t.words"]).toBe(2);
    expect(facts["t.digits"]).toBeCloseTo(2 / 7);
    expect(facts["t.capitals"]).toBeCloseTo(2 / 7);
    expect(facts["t.marks"]).toBeCloseTo(1 / 7);
    expect(run([text]).every((feature) => Number.isNaN(values(feature)[1]))).toBe(true);
  });

  it("of another kind than in training are refused", () => {
    expect(() => run([categories(["a", "a"])], [{ name: "c", as: "numeric", values: Float64Array.of(1) }])).toThrow(
      'Cannot encode "c": it was category in training and is numeric now',
    );
  });
});

describe("class rates", () => {
  const labels = Int32Array.of(0, 0, 1, 1, 1, 0);
  const column = ["x", "x", "y", "y", null, "z"];
  const rows = Int32Array.of(0, 1, 2, 3, 4);

  it("are drawn towards the prior where a category is rare, and are the prior where it was not seen", () => {
    const model = fitRates(column, labels, 2, rows);
    const [x, y, missing, unseen] = ["x", "y", null, "z"].map((value) => predictRates(model, [value])[0]);
    expect(missing).toBe(unseen);
    expect(x).toBeGreaterThan(missing);
    expect(y).toBeLessThan(missing);
    expect(missing).toBeCloseTo(3 / 7, 6);
    expect(x).toBeCloseTo((2 + 10 * missing) / 12, 6);
  });
});
