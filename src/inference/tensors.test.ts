import { describe, expect, it } from "vitest";
import { joinRows, largestDifference, type Tensor } from "./tensors";

const of = (dims: number[], ...values: number[]): Tensor => ({
  type: "float32",
  dims,
  data: Float32Array.from(values),
});

describe("tensors", () => {
  it("join row after row, texts and big integers too", () => {
    expect(joinRows([of([1, 2], 1, 2), of([2, 2], 3, 4, 5, 6)])).toEqual(of([3, 2], 1, 2, 3, 4, 5, 6));
    expect(
      joinRows([
        { type: "string", dims: [1], data: ["a"] },
        { type: "string", dims: [1], data: ["b"] },
      ]),
    ).toEqual({ type: "string", dims: [2], data: ["a", "b"] });
    expect(
      joinRows([
        { type: "int64", dims: [1], data: BigInt64Array.of(1n) },
        { type: "int64", dims: [1], data: BigInt64Array.of(2n ** 60n) },
      ]).data,
    ).toEqual(BigInt64Array.of(1n, 2n ** 60n));
  });

  it("differ by the largest of all differences", () => {
    expect(largestDifference({ a: of([2], 1, 2) }, { a: of([2], 1.5, 2.25) })).toBe(0.5);
    expect(largestDifference({ a: of([1], Number.NaN) }, { a: of([1], Number.NaN) })).toBe(0);
    expect(largestDifference({ a: of([1], Number.NaN) }, { a: of([1], 0) })).toBe(Number.POSITIVE_INFINITY);
    expect(largestDifference({ a: of([1], Number.POSITIVE_INFINITY) }, { a: of([1], Number.POSITIVE_INFINITY) })).toBe(
      0,
    );
    expect(largestDifference({ a: of([2], 1, 2) }, { a: of([1, 2], 1, 2) })).toBe(Number.POSITIVE_INFINITY);
    expect(largestDifference({ a: of([1], 1) }, { b: of([1], 1) })).toBe(Number.POSITIVE_INFINITY);
    const word = (text: string): Tensor => ({ type: "string", dims: [1], data: [text] });
    expect(largestDifference({ a: word("x") }, { a: word("y") })).toBe(Number.POSITIVE_INFINITY);
  });
});
