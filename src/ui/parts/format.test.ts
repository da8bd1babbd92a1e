import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatCountOf,
  formatDifference,
  formatMs,
  formatNumber,
  formatScore,
  formatShare,
} from "./format";

describe("numbers for readers", () => {
  it("groups large whole numbers and leaves years alone", () => {
    expect(formatNumber(1984)).toBe("1984");
    expect(formatNumber(39116)).toBe("39,116");
    expect(formatNumber(-12)).toBe("−12");
    expect(formatCount(1_000_000)).toBe("1,000,000");
    expect(formatCountOf(1, "row")).toBe("1 row");
    expect(formatCountOf(40, "class", "classes")).toBe("40 classes");
  });

  it("keeps six significant digits and turns to powers of ten at the ends", () => {
    expect(formatNumber(0.1 + 0.2)).toBe("0.3");
    expect(formatNumber(Math.PI)).toBe("3.14159");
    expect(formatNumber(-1.5e-7)).toBe("−1.500e−7");
    expect(formatNumber(6.02214e23)).toBe("6.022e+23");
    expect(formatNumber(Number.NaN)).toBe("–");
    expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe("−∞");
    expect(formatNumber(0)).toBe("0");
  });

  it("gives scores a fixed width, and differences a sign", () => {
    expect(formatScore(0.79)).toBe("0.790");
    expect(formatScore(Number.NaN)).toBe("–");
    expect(formatDifference(0.0241)).toBe("+0.024");
    expect(formatDifference(-0.003)).toBe("−0.003");
  });

  it("says shares, durations and sizes in the unit that reads best", () => {
    expect(formatShare(0.433)).toBe("43 %");
    expect(formatShare(0.0061)).toBe("0.6 %");
    expect(formatShare(0)).toBe("0 %");
    expect(formatShare(0.0001)).toBe("< 0.1 %");
    expect(formatMs(0.42)).toBe("0.4 ms");
    expect(formatMs(11.7)).toBe("12 ms");
    expect(formatMs(999.7)).toBe("1.0 s");
    expect(formatMs(9_960)).toBe("10 s");
    expect(formatMs(125_000)).toBe("2 min 05 s");
    expect(formatBytes(812)).toBe("812 B");
    expect(formatBytes(3_100_000)).toBe("3.1 MB");
    expect(formatBytes(999_900)).toBe("1 MB");
    expect(formatBytes(18_200_000)).toBe("18 MB");
  });
});
