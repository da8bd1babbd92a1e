import { describe, expect, it } from "vitest";
import { sampleFacts } from "./sample";

const labels = Array.from({ length: 400 }, (_, row) => (row % 4 < 2 ? "a" : "b"));
const numbers = (of: (row: number) => number) =>
  sampleFacts({ kind: "number", name: "n", values: Float64Array.from(labels, (_, row) => of(row)) }, labels);
const texts = (of: (row: number) => string | null) =>
  sampleFacts({ kind: "string", name: "t", values: labels.map((_, row) => of(row)) }, labels);

describe("a feature on a sample", () => {
  it("that knows the label reaches 1, one that knows nothing stays about where guessing is", () => {
    const knowing = numbers((row) => (labels[row] === "a" ? row : row + 1000))?.strength;
    expect(knowing?.score).toBeGreaterThan(0.99); // a row between the largest "a" and the smallest "b" of the other half
    expect(knowing?.chance).toBe(0.5);
    expect(texts((row) => labels[row].toUpperCase())?.strength?.score).toBe(1);
    expect(numbers((row) => (row * 7919) % 101)?.strength?.score).toBeLessThan(0.6);
    expect(numbers(() => 1)?.strength?.score).toBe(0.5);
  });
  it("a value that no other row has tells nothing, however many there are", () =>
    expect(texts((row) => `row ${row}`)?.strength?.score).toBe(0.5));
  it("is drawn by class: every row is in one bar, what is missing is counted apart", () => {
    const facts = numbers((row) => (row % 10 === 0 ? Number.NaN : row % 5));
    expect(facts).toMatchObject({ rows: 360, missing: 40, classes: ["a", "b"], bars: ["0", "1", "2", "3", "4"] });
    expect(facts?.counts.flat().reduce((sum, each) => sum + each, 0)).toBe(360);
    expect(facts?.counts[0]).toEqual([20, 40, 40, 40, 40]);
  });
  it("keeps infinite numbers at the ends, and names the rest of many values and classes", () => {
    expect(numbers((row) => (row === 0 ? Number.POSITIVE_INFINITY : row % 3))?.rows).toBe(400);
    expect(texts((row) => `v${row % 30}`)?.bars.at(-1)).toBe("other");
    const many = labels.map((_, row) => `c${row % 12}`);
    expect(
      sampleFacts({ kind: "boolean", name: "b", values: many.map((_, row) => row % 2 === 0) }, many)?.classes,
    ).toHaveLength(8);
  });
  it("is nothing to draw for a vector, or without a value", () => {
    expect(sampleFacts({ kind: "vector", name: "v", values: labels.map(() => null) }, labels)).toBe(undefined);
    expect(texts(() => null)).toBe(undefined);
  });
});
