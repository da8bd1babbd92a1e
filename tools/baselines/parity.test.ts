import { describe, expect, it } from "vitest";
import { checkParity, checkRounding } from "./parity";

const own = Float64Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 0.25 : 0.75));
/** With the first rows off by so much. */
const off = (rows: number, by: number) =>
  own.map((value, i) => (i < rows * 2 ? value + (i % 2 === 0 ? by : -by) : value));
const check = (file: Float64Array, stacks: boolean) => () => checkParity("a", file, own, { classes: 2, stacks });

describe("a file's parity with the model", () => {
  it("allows a rounding error, and of a single value no more", () => {
    expect(check(off(2000, 9e-6), false)).not.toThrow();
    expect(check(off(1, 1.1e-5), false)).toThrow("a: the ONNX file is off by up to 0.00001");
    expect(check(off(1, Number.NaN), false)).toThrow("in 1 rows of 2000");
    expect(check(own.slice(2), false)).toThrow("Infinity");
  });

  it("allows one row in a thousand to cross a threshold where trees stack, and not by much", () => {
    expect(check(off(2, 2.4e-5), true)).not.toThrow();
    expect(check(off(3, 2.4e-5), true)).toThrow("in 3 rows of 2000");
    expect(check(off(1, 0.02), true)).toThrow("off by up to 0.02");
    expect(check(off(1, Number.NaN), true)).toThrow("off by up to NaN");
  });

  it("allows rounded weights some thousandths in the mean", () => {
    expect(() => checkRounding("a", off(2000, 0.0029), own, 2)).not.toThrow();
    expect(() => checkRounding("a", off(2000, 0.0031), own, 2)).toThrow("off by 0.006");
    expect(() => checkRounding("a", off(1, Number.NaN), own, 2)).toThrow("off by NaN");
  });
});
