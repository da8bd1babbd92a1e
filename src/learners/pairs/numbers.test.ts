import { describe, expect, it } from "vitest";
import { codesOf } from "./codes";
import { apart, closest, compareMeasures, numbersOf, sharedNumbers } from "./numbers";
import { fold } from "./words";
import { writtenDate } from "./written-dates";

const numbers = (text: string) => Array.from(numbersOf(fold(text), 32).values);
const measures = (text: string) => numbersOf(fold(text), 32).measures;
const compare = (a: string, b: string) => compareMeasures(measures(a), measures(b));

describe("numbers in a text", () => {
  it("are read with points and commas as people write them", () => {
    expect(numbers("$1,299.99")).toEqual([1299.99]);
    expect(numbers("1.299,99 EUR")).toEqual([1299.99]);
    expect(numbers("12,500 items")).toEqual([12500]);
    expect(numbers("3,5 mm")).toEqual([3.5]);
    expect(numbers("5.20% and 5.2 %")).toEqual([5.2]);
    expect(numbers("v4.0.1")).toEqual([0, 1, 4]);
    expect(numbers("3:45")).toEqual([3, 45]);
  });

  it("are none inside a code, but for a version", () => {
    expect(numbers("dsc-w80 a60 e27")).toEqual([]);
    expect(numbers("office v11 mp3")).toEqual([11]);
  });

  it("are distinct and rising, as many as the cap allows", () => {
    expect(numbers("8 3 8 1")).toEqual([1, 3, 8]);
    expect(numbersOf(Array.from({ length: 100 }, (_, i) => i).join(" "), 5).values).toHaveLength(5);
  });

  it("are compared by their relative difference", () => {
    expect(apart(100, 90)).toBe(0.1);
    expect(apart(0, 0)).toBe(0);
    expect(apart(-1, 1)).toBe(2);
    expect(closest(Float64Array.of(1, 100), Float64Array.of(50, 95))).toBe(0.05);
    expect(closest(Float64Array.of(1), Float64Array.of())).toBeNaN();
    expect(sharedNumbers(Float64Array.of(1, 2, 5), Float64Array.of(2, 3, 5))).toBe(2);
  });
});

describe("measures", () => {
  it("take the unit behind the number, joined, spaced or with a hyphen", () => {
    expect(measures("810lm")).toEqual([{ dimension: "light", value: 810 }]);
    expect(measures("500 GB")).toEqual([{ dimension: "data", value: 512000 }]);
    expect(measures('15.4-inch and 7"')).toEqual([
      { dimension: "length", value: 15.4 * 25.4 },
      { dimension: "length", value: 7 * 25.4 },
    ]);
    expect(measures("2 pounds")).toEqual([{ dimension: "mass", value: 2 * 453.59237 }]);
    expect(measures("8-port 1080p")).toEqual([
      { dimension: "port", value: 8 },
      { dimension: "p", value: 1080 },
    ]);
  });

  it("take no word for a unit that merely follows", () => {
    expect(measures("windows 7 home")).toEqual([]);
  });

  it("agree across units of one dimension", () => {
    expect(compare("2.2 lb", "1 kg")).toMatchObject({ agreement: 1 });
    expect(compare("40 inch lcd", "101.6 cm")).toMatchObject({ agreement: 1 });
    expect(compare("1 tb", "1024gb")).toEqual({ agreement: 1, apart: 0 });
  });

  it("disagree where no value of a shared dimension is the same", () => {
    expect(compare("250 gb 5400 rpm", "500 gb")).toEqual({ agreement: -1, apart: 0.5 });
    expect(compare("8 gb 2.5 in", "16 gb 2.5 in")).toEqual({ agreement: 0, apart: 0.5 });
    expect(compare("5 kg", "5 l")).toEqual({ agreement: Number.NaN, apart: Number.NaN });
  });
});

describe("codes", () => {
  const codes = (text: string) => codesOf(fold(text), 16);

  it("mix letters and digits, punctuation left out", () => {
    expect(codes("Sony Cyber-shot DSC-W80/S")).toEqual(["dscw80s"]);
    expect(codes("PSLX350H turntable, model 40PFL3505D")).toEqual(["pslx350h", "40pfl3505d"]);
  });

  it("are long runs of digits, as an EAN or a phone number", () => {
    expect(codes("310/246-1501 ean 4006381333931")).toEqual(["3102461501", "4006381333931"]);
    expect(codes("in 2003 for 12.99 and 1999.50")).toEqual([]);
  });

  it("are no measures", () => {
    expect(codes("500gb 15.4-inch 810lm 60w")).toEqual([]);
    expect(codes("canon eos 60d")).toEqual(["60d"]);
  });
});

describe("dates in a text", () => {
  const DAY = 16_337; // 24 September 2014, by Python's date.toordinal

  it.each([
    "24-Sep-14",
    "September 24, 2014",
    "Sept. 24, 2014",
    "24th September 2014",
    "released 2014-09-24",
    "2014/9/24",
  ])("are read from %s", (text) => {
    expect(writtenDate(fold(text))).toBe(DAY);
  });

  it.each(["", "3/4/2014", "24 market 14", "2014-13-01", "marching 3 2014", "12345-67-89"])(
    "are not read from %s",
    (text) => {
      expect(writtenDate(fold(text))).toBeNaN();
    },
  );
});
