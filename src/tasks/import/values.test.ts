import { describe, expect, it } from "vitest";
import { createDateTally, daysOf, isoDate, orderOf, parseDate, tallyDate } from "./dates";
import { createNumberTally, formatOf, parseNumber, tallyNumber } from "./numbers";

function numbersOf(texts: string[], semicolons = false): number[] {
  const tally = createNumberTally();
  for (const text of texts) tallyNumber(tally, text);
  expect(tally.count).toBe(texts.length);
  const format = formatOf(tally, semicolons);
  return texts.map((text) => parseNumber(text, format));
}

describe("numbers", () => {
  it.each([
    ["plain", ["1", "-2.5", "+3", ".5", "1e-3"], [1, -2.5, 3, 0.5, 0.001]],
    ["with a currency", ["$ 12.99", "$1,299.00", "USD 5", "7 $"], [12.99, 1299, 5, 7]],
    ["with a decimal comma", ["12,5", "1.299,00", "7", "1.000"], [12.5, 1299, 7, 1000]],
    ["with thousands", ["1,299", "12,000,000", "7"], [1299, 12_000_000, 7]],
    ["with thousands parted by spaces", ["1 299,5", "12\u00a0000,25"], [1299.5, 12_000.25]],
    ["with thousands parted by apostrophes", ["1'299.50", "12'000.25"], [1299.5, 12_000.25]],
    ["with percent signs", ["45%", "7.5 %"], [45, 7.5]],
    ["as accountants write them", ["(12.50)", "3.00"], [-12.5, 3]],
    ["in euros", ["12,99 €", "€ 1.000,00"], [12.99, 1000]],
  ])("%s", (_, texts, expected) => {
    expect(numbersOf(texts)).toEqual(expected);
  });

  it("a lone comma before three digits parts thousands, or decimals where semicolons part the columns", () => {
    expect(numbersOf(["1,234", "5,678"])).toEqual([1234, 5678]);
    expect(numbersOf(["1,234", "5,678"], true)).toEqual([1.234, 5.678]);
  });

  it.each([
    "310/246-1501",
    "1-2",
    "12 inch",
    "v1.2",
    "1.2.3",
    "0x1f",
    "1_000",
    "$",
    "-",
    "1,2,3",
    "12:30",
    "Infinity",
    "B000",
  ])("%s is none", (text) => {
    const tally = createNumberTally();
    tallyNumber(tally, text);
    expect(tally.count).toBe(0);
  });
});

function datesOf(texts: string[]): string[] {
  const tally = createDateTally();
  for (const text of texts) tallyDate(tally, text);
  expect(tally.count).toBe(texts.length);
  return texts.map((text) => isoDate(text, orderOf(tally)));
}

describe("dates", () => {
  it.each([
    ["ISO", ["2024-02-29", "2024-02-29T13:45:00+02:00"], ["2024-02-29", "2024-02-29T13:45:00+02:00"]],
    ["day first", ["25/12/2020", "01/02/2021"], ["2020-12-25", "2021-02-01"]],
    ["month first", ["12/25/2020", "01/02/2021"], ["2020-12-25", "2021-01-02"]],
    ["between points, which are days first", ["01.02.2021", "3.4.2021"], ["2021-02-01", "2021-04-03"]],
    [
      "with names",
      ["March 3, 2020", "3 Mar 2020", "Tue, 3 March 2020", "3-Mar-2020"],
      ["2020-03-03", "2020-03-03", "2020-03-03", "2020-03-03"],
    ],
    [
      "with times of twelve hours",
      ["3/4/2020 12:05 AM", "3/14/2020 1:30:15 PM"],
      ["2020-03-04T00:05:00", "2020-03-14T13:30:15"],
    ],
    ["year first between slashes", ["2020/3/4 5:06"], ["2020-03-04T05:06:00"]],
  ])("%s", (_, texts, expected) => {
    expect(datesOf(texts)).toEqual(expected);
  });

  it.each(["2023-02-29", "31/31/2020", "2020", "12:30:00", "1.2.3", "May", "2020-13-01", "99/99/9999"])(
    "%s is none",
    (text) => {
      const tally = createDateTally();
      tallyDate(tally, text);
      expect(tally.count).toBe(0);
    },
  );

  it("counts days from 1970", () => {
    for (const text of ["1969-12-31", "1970-01-01", "2000-02-29", "2024-12-31", "1600-03-01"])
      expect(daysOf(parseDate(text, "ymd")!)).toBe(Date.parse(`${text}T00:00:00Z`) / 864e5);
  });
});
