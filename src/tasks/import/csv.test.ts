import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../base";
import { readCsv } from "./csv";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readCsv(encode(text), { role: "train", file: "t.csv" });
const cells = (text: string): (string | null)[][] => {
  const { columns, rows } = read(text);
  return Array.from({ length: rows }, (_, row) => columns.map((column) => column.values[row] as string | null));
};

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

describe("reading CSV", () => {
  it("gives back every value that was written, whatever stands in it", () => {
    const value = fc.string({
      unit: fc.constantFrom("a", "é", "🍎", " ", '"', ",", ";", "\t", "|", "\n", "1", "'", "\\"),
    });
    const table = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 12 }))
      .chain(([width, rows]) =>
        fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n"),
        (rows, delimiter, end) => {
          const header = rows[0].map((_, c) => `name_${c}`);
          const text = [header, ...rows].map((row) => row.map(quoted).join(delimiter)).join(end);
          expect(cells(text)).toEqual(rows);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never loses a line: each is a row or is listed, whatever the bytes are", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "b", ",", '"', " ", "1"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const { rows, badRows, lines: starts } = read(["name,other", ...lines].join("\n"));
        const text = ["name,other", ...lines];
        const quotes = lines.join("").includes('"');
        // Without quotes a line is a row; with them a row may take several, and begins on the first.
        if (!quotes) expect(rows + badRows.length).toBe(lines.length);
        const begun = [...(starts ?? []), ...badRows.map((row) => row.line)].sort((a, b) => a - b);
        expect(new Set(begun).size).toBe(begun.length);
        for (const start of begun) expect(text[start - 1]).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      "lines end with CR alone",
      "a,b\r1,2\r3,4",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    [
      "empty lines are no rows",
      "a,b\n\n1,2\n\n\n3,4\n\n",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["the last line needs no end", "a,b\n1,2", [["1", "2"]]],
    ["a quoted empty field is empty", 'a,b\n"",2', [["", "2"]]],
    [
      "quotes inside a bare field are letters",
      'a,b\n12" wide,2\n3,4',
      [
        ['12" wide', "2"],
        ["3", "4"],
      ],
    ],
    [
      "a last empty field is a field",
      "a,b\n1,\n,2",
      [
        ["1", ""],
        ["", "2"],
      ],
    ],
    ["one column", "a\nx\ny", [["x"], ["y"]]],
    [
      "commas in a file of tabs",
      "a\tb\n1,5\tx, y\n2,5\tz",
      [
        ["1,5", "x, y"],
        ["2,5", "z"],
      ],
    ],
  ])("%s", (_, text, rows) => {
    expect(cells(text)).toEqual(rows);
  });

  it("knows the line of every row, over line ends inside quotes", () => {
    expect(Array.from(read('a,b\n"1\n1",2\n\n3,4\r\n5,6').lines ?? [])).toEqual([2, 5, 6]);
  });

  it("lists a line whose quote is never closed, and keeps the others", () => {
    const { rows, badRows } = read('x,k\n1,a\n"2,b\n3,a\n4,b\n');
    expect(rows).toBe(3);
    expect(badRows).toEqual([{ line: 3, problem: "opens a quote that is never closed", text: '"2,b' }]);
  });

  it("names the line of a field that no table has", () => {
    const huge = `a,b\n1,2\n"${"x".repeat((1 << 24) + 10)}`;
    expect(() => read(huge)).toThrow(/line 3 holds a field of more than 16 million characters/);
    expect(() => read(`a,b\n${"y".repeat((1 << 24) + 10)}`)).toThrow(Fault);
  });

  it("refuses ten thousand columns", () => {
    const wide = Array.from({ length: 10_000 }, (_, c) => `c${c}`).join(",");
    expect(() => read(`${wide}\n${wide.replaceAll("c", "1")}`)).toThrow(/10,000 columns/);
  });

  it("reads a hundred thousand lines with open quotes in no time", () => {
    const text = `a,b\n${Array.from({ length: 100_000 }, (_, i) => `"v${i},2`).join("\n")}`;
    const before = process.cpuUsage().user;
    const { rows, badRows } = read(text);
    expect(rows + badRows.length).toBe(100_000);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(4000);
  });
});
