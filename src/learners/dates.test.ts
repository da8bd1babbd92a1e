import { describe, expect, it } from "vitest";
import { datePartsOf, isDates } from "./dates";

const part = (value: string, name: string): number => {
  const column = datePartsOf("d", [value]).find((one) => one.name === `d.${name}`);
  if (column?.as !== "numeric") throw new Error(`no part ${name}`);
  return column.values[0];
};

describe("dates", () => {
  it.each(["1970-01-01", "1969-12-31", "2000-02-29", "2026-11-25", "1899-03-01", "2100-12-31"])(
    "%s has the day and weekday that the calendar says",
    (date) => {
      const day = new Date(`${date}T00:00:00Z`);
      expect(part(date, "days")).toBe(day.getTime() / 86_400_000);
      expect(part(date, "weekday")).toBe(day.getUTCDay());
      expect(part(date, "month")).toBe(day.getUTCMonth() + 1);
    },
  );

  it("may have a time of day and a zone", () => {
    expect(part("2026-11-25T18:30:00Z", "hour")).toBe(18.5);
    expect(part("2026-11-25 06:00", "days") % 1).toBe(0.25);
  });

  it("are recognised where nearly all texts are dates, and different ones", () => {
    const many = Array.from({ length: 40 }, (_, i) => `2024-03-${String((i % 28) + 1).padStart(2, "0")}`);
    expect(isDates(many)).toBe(true);
    expect(isDates([...many, null, "unknown"])).toBe(true);
    expect(isDates([...many, "soon", "later", "never"])).toBe(false);
    expect(isDates(["2024-03-01", "2024-03-01"])).toBe(false);
    expect(isDates(["version 2024-03-01 of it", "another"])).toBe(false);
  });

  it("that are missing or none have no parts", () => {
    for (const column of datePartsOf("d", [null, "soon"])) {
      if (column.as === "numeric") expect(Array.from(column.values)).toEqual([Number.NaN, Number.NaN]);
    }
  });
});
