import { describe, expect, it } from "vitest";
import { offsetOf } from "./places";

describe("a line and column as an offset", () => {
  const text = "select\n  x,\n\nfrom y";
  it("counts from 1", () => {
    expect(offsetOf(text, 1, 1)).toBe(0);
    expect(text.slice(offsetOf(text, 2, 3))[0]).toBe("x");
    expect(text.slice(offsetOf(text, 4, 6))).toBe("y");
  });
  it("stays within the line and the text", () => {
    expect(offsetOf(text, 1, 99)).toBe(6);
    expect(offsetOf(text, 3, 5)).toBe(12);
    expect(offsetOf(text, 9, 1)).toBe(text.length);
  });
});
