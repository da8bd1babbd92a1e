import { describe, expect, it } from "vitest";
import { moved } from "./gridKeys";

const size = { rows: 100, columns: 5, page: 12 };
const press = (key: string, from = { row: 10, column: 2 }, ctrl = false) => moved(from, { key, ctrl }, size);

describe("the grid's keys", () => {
  it("step, and stop at the edges", () => {
    expect(press("ArrowDown")).toEqual({ row: 11, column: 2 });
    expect(press("ArrowDown", { row: 99, column: 2 })).toEqual({ row: 99, column: 2 });
    expect(press("ArrowLeft", { row: 0, column: 0 })).toEqual({ row: 0, column: 0 });
  });
  it("go by pages, to the row's ends, and with Control to the corners", () => {
    expect(press("PageDown")).toEqual({ row: 22, column: 2 });
    expect(press("PageUp")).toEqual({ row: 0, column: 2 });
    expect(press("End")).toEqual({ row: 10, column: 4 });
    expect(press("End", undefined, true)).toEqual({ row: 99, column: 4 });
    expect(press("Home", undefined, true)).toEqual({ row: 0, column: 0 });
  });
  it("leave every other key alone", () => {
    expect(press("Tab")).toBeUndefined();
    expect(press("a")).toBeUndefined();
  });
});
