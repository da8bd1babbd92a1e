import { describe, expect, it } from "vitest";
import { foldGroups } from "./groups";
import type { PreparedColumn } from "./inputs";

const text = (name: string, values: (string | null)[]): PreparedColumn => ({ name, as: "text", values });
const repeated = (from: number, families: number, each: number) =>
  Array.from({ length: families * each }, (_, row) => `family ${from + Math.floor(row / each)}`);

describe("fold groups", () => {
  it("keep families together that the split kept apart", () => {
    const groups = foldGroups([text("name", repeated(0, 30, 3))], [[text("name", repeated(100, 10, 3))]], false);
    expect(groups && [...groups]).toEqual(Array.from({ length: 90 }, (_, row) => row - (row % 3)));
  });

  it("are none where families cross the split, as in one by chance, and where there are none", () => {
    expect(foldGroups([text("name", repeated(0, 30, 3))], [[text("name", repeated(0, 30, 1))]], false)).toBeUndefined();
    expect(
      foldGroups([text("name", repeated(0, 90, 1))], [[text("name", repeated(100, 10, 1))]], false),
    ).toBeUndefined();
  });

  it("do not come of a value that most rows share, nor of missing ones", () => {
    const most = Array.from({ length: 90 }, (_, row) => (row < 60 ? "same" : `own ${row}`));
    expect(foldGroups([text("name", most)], [[text("name", ["other"])]], false)).toBeUndefined();
    const missing = Array.from({ length: 90 }, (_, row) => (row < 60 ? null : `own ${row}`));
    expect(foldGroups([text("name", missing)], [[text("name", ["other"])]], false)).toBeUndefined();
  });

  it("of pairs are their records, joined over both sides", () => {
    const train = [
      text("left_name", ["a", "a", "b", "c", "d", "e"]),
      text("right_name", ["x", "y", "y", "z", "w", "v"]),
    ];
    const validation = [text("left_name", ["f", "f"]), text("right_name", ["u", "t"])];
    // One group of half the rows is larger than folds can bear: only the left records hold.
    expect(foldGroups(train, [validation], true)).toBeUndefined();
    const many = (values: string[]) => [...values, ...Array.from({ length: 20 }, (_, row) => `own ${row}`)];
    const groups = foldGroups(
      [
        text("left_name", many(["a", "a", "b", "c", "d", "e"])),
        text("right_name", many(["x", "y", "y", "z", "w", "v"])),
      ],
      [validation],
      true,
    );
    expect(groups && [...groups].slice(0, 6)).toEqual([0, 0, 0, 3, 4, 5]);
  });
});
