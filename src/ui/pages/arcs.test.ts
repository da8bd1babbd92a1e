import { describe, expect, it } from "vitest";
import { arcsOf } from "./arcs";

const reads = (pairs: [string, string][]) => {
  const map = new Map<string, Map<string, string>>();
  for (const [reader, read] of pairs) map.set(reader, new Map([...(map.get(reader) ?? []), [read, read]]));
  return map;
};

describe("the arcs of the contents", () => {
  it("lead from what is read to who reads it, by rows", () =>
    expect(arcsOf([undefined, "a", "b"], reads([["b", "a"]]))).toEqual([
      { from: "a", to: "b", start: 1, end: 2, lane: 0 },
    ]));
  it("that overlap run apart, the short one inside", () => {
    const arcs = arcsOf(
      ["a", "b", "c", "d"],
      reads([
        ["d", "a"],
        ["c", "b"],
      ]),
    );
    expect(arcs.map(({ to, lane }) => [to, lane])).toEqual([
      ["c", 0],
      ["d", 1],
    ]);
  });
  it("leave out what is not in the contents, and a cell that reads itself", () =>
    expect(
      arcsOf(
        ["a"],
        reads([
          ["a", "a"],
          ["a", "gone"],
        ]),
      ),
    ).toEqual([]));
});
