import { expect, it } from "vitest";
import { estimateOf, fitsInTab, type ParquetFooter, rowsThatFit } from "./footer";

const footer = (rows: number): ParquetFooter => ({
  rows,
  groups: [rows / 4, rows / 4, rows / 4, rows / 4],
  columns: [
    { name: "a", type: "VARCHAR", packed: 1000 * rows, unpacked: 4000 * rows },
    { name: "b", type: "DOUBLE", packed: 8 * rows, unpacked: 8 * rows },
  ],
});

it("what is read is of the chosen columns; of the first rows only their groups", () => {
  const { columns } = footer(1000);
  expect(columns).toHaveLength(2);
  expect(estimateOf(footer(1000), { columns: ["b"], rows: { kind: "all" } })).toMatchObject({ rows: 1000, read: 8000 });
  expect(estimateOf(footer(1000), { columns: ["b"], rows: { kind: "first", count: 10 } })).toMatchObject({
    rows: 10,
    read: 2000,
  });
  expect(estimateOf(footer(1000), { columns: ["b"], rows: { kind: "first", count: 251 } }).read).toBe(4000);
  expect(estimateOf(footer(1000), { columns: ["b"], rows: { kind: "sample", count: 10 } }).read).toBe(8000);
});

it("memory is of the rows that are taken, and a number of them that fits is proposed", () => {
  const large = footer(1_000_000);
  expect(fitsInTab(estimateOf(large, { columns: ["a", "b"], rows: { kind: "all" } }))).toBe(false);
  const fitting = rowsThatFit(large, ["a", "b"]);
  expect(fitting).toBe(100_000);
  expect(fitsInTab(estimateOf(large, { columns: ["a", "b"], rows: { kind: "first", count: fitting } }))).toBe(true);
  expect(rowsThatFit(footer(400), ["a"])).toBe(400);
});
