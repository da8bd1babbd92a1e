import { describe, expect, it } from "vitest";
import { moveTo } from "./useRoving";

describe("the arrow keys", () => {
  it("go along a row of buttons, and no further", () => {
    const row = { count: 3, columns: 1, has: () => true };
    expect(moveTo("ArrowRight", 0, row)).toBe(1);
    expect(moveTo("ArrowDown", 1, row)).toBe(2);
    expect(moveTo("ArrowRight", 2, row)).toBeUndefined();
    expect(moveTo("ArrowLeft", 0, row)).toBeUndefined();
    expect(moveTo("Home", 2, row)).toBe(0);
    expect(moveTo("End", 0, row)).toBe(2);
    expect(moveTo("a", 0, row)).toBeUndefined();
  });

  it("go up and down in a table, past the places without a button", () => {
    // x . x
    // . . x
    // x x .
    const there = new Set([0, 2, 5, 6, 7]);
    const table = { count: 9, columns: 3, has: (place: number) => there.has(place) };
    expect(moveTo("ArrowDown", 0, table)).toBe(6);
    expect(moveTo("ArrowUp", 6, table)).toBe(0);
    expect(moveTo("ArrowRight", 0, table)).toBe(2);
    expect(moveTo("ArrowDown", 5, table)).toBeUndefined();
    expect(moveTo("End", 0, table)).toBe(7);
    expect(moveTo("Home", 7, table)).toBe(0);
  });
});
