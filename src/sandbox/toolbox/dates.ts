/** A date's parts as numbers, in UTC; all NaN where the date is missing or cannot be read. */
export interface DateParts {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day: number;
  /** ISO: Monday is 1, Sunday is 7. */
  weekday: number;
  /** 1 to 366. */
  day_of_year: number;
  /** 0 to 23; 0 where the text has no time. */
  hour: number;
  /** Days since 1970-01-01, with the time of day as a fraction. */
  days: number;
}

const ISO =
  /^\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i;
const DAY = 86_400_000;

/**
 * Parts of an ISO 8601 date (`2024-02-29`, `2024-02-29T13:45:00+02:00`, `2024-02`). Without a zone the text is taken
 * as UTC, so that the features are the same in every reader's time zone.
 * @example dateParts("2024-02-29T13:45:00+02:00").hour // 11
 * @example dateParts("2024-02-29").weekday // 4
 */
export function dateParts(value: string | null | undefined): DateParts {
  const time = timeOf(value);
  const date = new Date(time);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() || (Number.isNaN(time) ? Number.NaN : 7),
    day_of_year: Math.floor((time - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1,
    hour: date.getUTCHours(),
    days: time / DAY,
  };
}

/** Milliseconds since 1970-01-01 UTC, or NaN. */
function timeOf(value: string | null | undefined): number {
  const match = ISO.exec(value ?? "");
  if (!match) return Number.NaN;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part, i) => Number(part ?? (i === 2 ? 1 : 0)));
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 31 February over into March; such a date does not exist.
  if (month < 1 || month > 12 || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return Number.NaN;
  const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(match[7] ?? "");
  if (!zone) return time;
  const offset = (Number(zone[2]) * 60 + Number(zone[3])) * 60_000;
  return zone[1] === "+" ? time - offset : time + offset;
}
