import { describe, expect, it } from "vitest";
import type { Fault } from "../base";
import type { TaskManifest } from "./manifest";
import { checkTables, type LoadedTable } from "./tables";

const split = (name: string, rows: number) => ({
  rows,
  parquet: `${name}.parquet`,
  csv: `${name}.csv`,
  sha256: { parquet: "", csv: "" },
});
const task = {
  track: "classification",
  columns: [{ name: "price", modality: "numeric", description: "" }],
  label: { column: "kind", classes: ["a", "b"] },
  splits: { train: split("train", 1200), validation: split("validation", 2), test: split("test", 2) },
} as unknown as TaskManifest;
const table = (name: string, rows: number, ...columns: string[]): LoadedTable => ({
  name,
  rows,
  columns: columns.map((each) => ({ name: each })),
});
const good = [
  table("train", 1200, "id", "price", "kind"),
  table("validation", 2, "id", "price", "kind", "more"),
  table("test", 2, "id", "price"),
];
const faultOf = (tables: LoadedTable[], of: TaskManifest = task): Fault => {
  try {
    checkTables(of, tables);
  } catch (error) {
    return error as Fault;
  }
  return expect.fail("no fault");
};

describe("the tables of a task", () => {
  it("may hold more than the manifest says, and test has no label", () => checkTables(task, good));

  it("have to hold its columns, each split", () => {
    expect(faultOf([good[0], table("validation", 2, "id", "prise", "kind"), good[2]])).toMatchObject({
      code: "task-mismatch",
      message: 'validation.parquet has no column "price", which task.json describes',
      hint: expect.stringContaining('Did you mean "prise"?'),
      where: { file: "validation.parquet" },
    });
    expect(faultOf([table("train", 1200, "id", "price"), good[1], good[2]]).message).toContain('no column "kind"');
    expect(faultOf([table("train", 1200, "price", "kind"), good[1], good[2]]).message).toContain('no column "id"');
  });

  it("have to have its rows", () => {
    expect(faultOf([table("train", 1300, "id", "price", "kind"), good[1], good[2]]).message).toBe(
      "train.parquet has 1,300 rows, and task.json says 1,200",
    );
    expect(faultOf([good[0], good[1]]).message).toBe('test.parquet gave no table "test"');
  });

  it("of pairs have both sides", () => {
    const pairs = { ...task, track: "matching", label: { column: "label" } } as TaskManifest;
    const sides = (name: string, rows: number, ...more: string[]) =>
      table(name, rows, "id", "left_price", "right_price", ...more);
    const [train, validation, test] = [
      sides("train", 1200, "label"),
      sides("validation", 2, "label"),
      sides("test", 2),
    ];
    checkTables(pairs, [train, validation, test]);
    expect(faultOf([train, validation, table("test", 2, "id", "left_price")], pairs).message).toContain(
      '"right_price"',
    );
  });
});
