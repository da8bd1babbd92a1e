import { describe, expect, it } from "vitest";
import { createDigest } from "./check";

describe("a check of a result", () => {
  const checked = (feed: (digest: ReturnType<typeof createDigest>) => void): string => {
    const digest = createDigest();
    feed(digest);
    return digest.end();
  };
  const table = (values: number[], names: (string | null)[]) =>
    checked((digest) =>
      digest.table({
        rows: values.length,
        columns: [
          { kind: "number", name: "a", values: Float64Array.from(values) },
          { kind: "string", name: "b", values: names },
        ],
      }),
    );
  it("is four letters that a link may hold, and the same for the same rows", () => {
    expect(table([1, 2], ["x", null])).toMatch(/^[\w-]{4}$/);
    expect(table([1, Number.NaN], ["x", null])).toBe(table([1, Number.NaN], ["x", null]));
  });
  it("sees the last digit, a missing value, the order and the name of a column", () => {
    const all = [
      table([1, 2], ["x", "y"]),
      table([1, 2.0000000000000004], ["x", "y"]),
      table([1, Number.NaN], ["x", "y"]),
      table([2, 1], ["x", "y"]),
      table([1, 2], ["x", null]),
      table([1, 2], ["xy", ""]),
      checked((digest) => digest.table({ rows: 2, columns: [] })),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
  it("tells 2,000 near ones apart but for what chance in 24 bits makes equal", () => {
    const all = Array.from({ length: 2_000 }, (_, i) => checked((digest) => digest.text(`row ${i}`)));
    expect(new Set(all).size).toBeGreaterThan(1_996);
  });
});
