import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import type { Table } from "../../table";
import { adjusted, chanceOfAtLeast, logFactorials, normalQuantile, wilson } from "./chance";
import { sliceRows, sliceSql, sliceWords } from "./rules";
import { type WeakSlices, weakSlices } from "./worst";

const ROWS = 1200;

/** A column of each kind; which rows are wrong, a test plants. */
function tableOf(seed: string): Table {
  const random = createRandom(seed);
  const pick = <T>(...from: T[]): T => from[Math.floor(random() * from.length)];
  const rows = Array.from({ length: ROWS }, () => ({
    id: random() * 1e9,
    vendor: pick("acme", "bolt", "crux", null),
    price: random() < 0.1 ? Number.NaN : random() * 100,
    gang: Math.ceil(random() * 4),
    text: `${pick("small", "large")} ${pick("lamp", "plug", "sensor", "switch")} ${pick("white", "black", "")}`.trim(),
  }));
  return {
    rows: ROWS,
    columns: [
      { kind: "string", name: "id", values: rows.map((row) => String(row.id)) },
      { kind: "string", name: "vendor", values: rows.map((row) => row.vendor) },
      { kind: "number", name: "price", values: Float64Array.from(rows, (row) => row.price) },
      { kind: "number", name: "gang", values: Float64Array.from(rows, (row) => row.gang) },
      { kind: "string", name: "text", values: rows.map((row) => row.text) },
    ],
  };
}

function found(table: Table, bad: (row: number) => boolean, seed: string): WeakSlices {
  const random = createRandom(`errors ${seed}`);
  const wrong = Uint8Array.from({ length: ROWS }, (_, row) => (random() < (bad(row) ? 0.45 : 0.1) ? 1 : 0));
  const steps = weakSlices(wrong, [{ table, texts: ["text"], without: ["id"] }]);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const column = (table: Table, name: string) => table.columns.find((each) => each.name === name)?.values ?? [];

describe("weak slices", () => {
  const table = tableOf("planted");
  it.each([
    ["a value", (row: number) => column(table, "vendor")[row] === "bolt", "vendor is “bolt”"],
    ["missingness", (row: number) => column(table, "vendor")[row] === null, "vendor is missing"],
    ["a number", (row: number) => column(table, "gang")[row] === 3, "gang is 3"],
    ["a word", (row: number) => String(column(table, "text")[row]).includes("sensor"), "text has the word “sensor”"],
  ])("finds a planted one by %s first, with an interval that holds its rate", (_, bad, words) => {
    const { slices, tried } = found(table, bad, words);
    expect(sliceWords(slices[0].rule)).toBe(words);
    expect(slices[0].share.low).toBeLessThan(0.45);
    expect(slices[0].share.high).toBeGreaterThan(0.45);
    expect(slices[0].outside).toBeLessThan(0.15);
    expect(tried).toBeGreaterThan(20);
  });

  it("finds a planted range of numbers by a range that lies in it", () => {
    const { slices } = found(table, (row) => Number(column(table, "price")[row]) > 80, "range");
    const { rule } = slices[0];
    expect(rule).toMatchObject({ kind: "range", column: "price", of: "value" });
    expect(rule.kind === "range" && rule.from).toBeGreaterThan(75);
  });

  it("finds a planted topic, texts that have two of some words, before any one of its words", () => {
    const random = createRandom("topics");
    const about = { light: ["lamp", "bulb", "shade", "dimmer"], water: ["pump", "valve", "hose", "leak"] };
    const values = Array.from({ length: ROWS }, () => {
      const topic = random() < 0.3 ? about.light : about.water;
      const own = topic.filter(() => random() < 0.5);
      // Its words stand elsewhere too, alone.
      const stray = random() < 0.3 ? [[...about.light, ...about.water][Math.floor(random() * 8)]] : [];
      return ["set", ...own, ...stray, `no${Math.floor(random() * 400)}`].join(" ");
    });
    const texts: Table = { rows: ROWS, columns: [{ kind: "string", name: "text", values }] };
    const two = (row: number): boolean => about.light.filter((word) => values[row].includes(word)).length >= 2;
    const [first] = found(texts, two, "topic").slices;
    expect(first.rule).toMatchObject({ kind: "topic", words: ["bulb", "dimmer", "lamp", "shade"] });
    expect(sliceSql(first.rule, "train")).toContain("['bulb', 'dimmer', 'lamp', 'shade'])) >= 2");
  });

  it("tells of nothing in most data where errors are chance, though it looks at dozens of slices", () => {
    const told = Array.from({ length: 60 }, (_, i) => found(tableOf(`chance ${i}`), () => false, `chance ${i}`));
    // At a false discovery rate of 5 % of all-null data, 3 of 60 are expected; 8 have a probability below 1 %.
    expect(told.filter(({ slices }) => slices.length > 0).length).toBeLessThan(8);
    expect(told[0].tried).toBeGreaterThan(20);
  });

  it("never tells of fewer than 20 rows, nor of the same rows twice", () => {
    const small = (row: number): boolean => row < 19;
    const values = Array.from({ length: ROWS }, (_, row) => (small(row) ? "rare" : "usual"));
    const few: Table = {
      rows: ROWS,
      columns: [
        { kind: "string", name: "one", values },
        { kind: "string", name: "copy", values: Array.from({ length: ROWS }, (_, row) => (row < 200 ? "a" : "b")) },
        { kind: "string", name: "twin", values: Array.from({ length: ROWS }, (_, row) => (row < 200 ? "x" : "y")) },
      ],
    };
    const { slices, tried } = found(few, (row) => row < 200, "few");
    expect(tried).toBe(2);
    expect(slices.map(({ rule }) => sliceWords(rule))).toEqual(["copy is “a”"]);
  });
});

describe("chance", () => {
  it("agrees with Fisher's tea tasting", () => {
    const logs = logFactorials(2000);
    expect(chanceOfAtLeast(4, 4, 4, 8, logs)).toBeCloseTo(1 / 70, 12);
    expect(chanceOfAtLeast(3, 4, 4, 8, logs)).toBeCloseTo(17 / 70, 12);
    expect(chanceOfAtLeast(0, 4, 4, 8, logs)).toBeCloseTo(1, 12);
  });

  it("corrects by Benjamini and Hochberg's rule", () => {
    expect(adjusted([0.01, 0.04, 0.03, 0.5]).map((value) => Number(value.toFixed(6)))).toEqual([
      0.04, 0.053333, 0.053333, 0.5,
    ]);
  });

  it("has the normal's quantiles and Wilson's interval", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
    const { low, high } = wilson(8, 10, 0.95);
    expect(low).toBeCloseTo(0.4901625, 6);
    expect(high).toBeCloseTo(0.943318, 5);
  });
});

describe("a rule", () => {
  const pairs: Table = {
    rows: 4,
    columns: [
      { kind: "string", name: "left_name", values: ["a", "b", null, null] },
      { kind: "string", name: "right_name", values: ["a", "c", "d", null] },
    ],
  };
  it("compares the sides of a pair", () => {
    const rows = (how: "equal" | "different" | "one missing") =>
      Array.from(sliceRows({ kind: "sides", column: "left_name", other: "right_name", how }, pairs));
    expect([rows("equal"), rows("different"), rows("one missing")]).toEqual([[0], [1], [2]]);
  });

  it("quotes what SQL would read otherwise", () => {
    expect(sliceSql({ kind: "value", column: 'a"b', value: "it's" }, "train")).toBe(`train."a""b"::varchar = 'it''s'`);
  });
});
