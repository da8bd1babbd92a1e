import type { PreparedColumn } from "./inputs";

/** ISO 8601 dates, with or without a time of day; the zone does not matter to the parts of a date as it is written. */
const ISO = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$/;

/** So many of a column's texts must be dates for the column to be one. */
const LEAST_SHARE = 0.95;

type Texts = readonly (string | null)[];

/** Whether a column of text holds dates, different ones. */
export function isDates(values: Texts): boolean {
  let present = 0;
  let dates = 0;
  const distinct = new Set<string>();
  for (const value of values) {
    if (value === null || value === "") continue;
    present++;
    if (!ISO.test(value)) {
      if (present > 100 && dates < present / 2) return false;
      continue;
    }
    dates++;
    distinct.add(value);
  }
  return distinct.size > 1 && dates >= present * LEAST_SHARE;
}

/** A column of dates as numbers: days since 1970, and the parts that may come round: month, day, weekday, hour. */
export function datePartsOf(name: string, values: Texts): PreparedColumn[] {
  const parts = ["days", "month", "day", "weekday", "hour"].map((part) => ({
    name: `${name}.${part}`,
    as: "numeric" as const,
    values: new Float64Array(values.length).fill(Number.NaN),
  }));
  values.forEach((value, row) => {
    const read = value === null ? null : ISO.exec(value);
    if (!read) return;
    const [year, month, day] = [Number(read[1]), Number(read[2]), Number(read[3])];
    const hours = read[4] === undefined ? 0 : Number(read[4]) + Number(read[5]) / 60;
    const days = daysSince1970(year, month, day);
    const numbers = [days + hours / 24, month, day, (((days + 4) % 7) + 7) % 7, hours];
    numbers.forEach((number, i) => {
      parts[i].values[row] = number;
    });
  });
  return parts;
}

/** Howard Hinnant's days_from_civil: years begin in March, so that the leap day is their last. */
export function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
