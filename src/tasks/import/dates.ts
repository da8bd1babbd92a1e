/** How a column writes its dates: which of the numbers comes first. */
export type DateOrder = "ymd" | "dmy" | "mdy";

export interface Moment {
  year: number;
  month: number;
  day: number;
  /** Seconds into the day, where a time is given. */
  seconds?: number;
}

const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`);
const DAY_NAME = new RegExp(String.raw`^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{4})${TIME}$`);
const NAME_DAY = new RegExp(
  String.raw`^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}$`,
);

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAMES =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;

export interface DateTally {
  count: number;
  /** Dates that only one order can read: 25/12/2020, 12/25/2020. */
  dayFirst: number;
  monthFirst: number;
  /** Dates between points, which are days first wherever they are in use. */
  points: number;
  ambiguous: number;
  times: number;
}

export function createDateTally(): DateTally {
  return { count: 0, dayFirst: 0, monthFirst: 0, points: 0, ambiguous: 0, times: 0 };
}

export function tallyDate(tally: DateTally, text: string): void {
  const moment = parseDate(text, "dmy") ?? parseDate(text, "mdy");
  if (!moment) return;
  tally.count++;
  if (moment.seconds !== undefined) tally.times++;
  const numbers = YEAR_LAST.exec(text);
  if (!numbers) return;
  const [, first, mark, second] = numbers;
  if (Number(first) > 12) tally.dayFirst++;
  else if (Number(second) > 12) tally.monthFirst++;
  else tally.ambiguous++;
  if (mark === ".") tally.points++;
}

/** Undecided dates are read month first: that is how the public data sets with slashes mostly are. */
export function orderOf(tally: DateTally): DateOrder {
  if (tally.dayFirst === 0 && tally.monthFirst === 0 && tally.ambiguous === 0) return "ymd";
  if (tally.dayFirst !== tally.monthFirst) return tally.dayFirst > tally.monthFirst ? "dmy" : "mdy";
  return tally.points > 0 ? "dmy" : "mdy";
}

/** The moment in a text, or undefined where it is none (31 February, a number, a word). Time zones are not applied. */
export function parseDate(text: string, order: DateOrder): Moment | undefined {
  if (text.length < 8 || text.length > 40) return undefined;
  let match = YEAR_FIRST.exec(text);
  if (match) return moment(match[1], match[3], match[4], match.slice(5));
  match = YEAR_LAST.exec(text);
  if (match) {
    const [, first, , second, year] = match;
    return order === "mdy" ? moment(year, first, second, match.slice(5)) : moment(year, second, first, match.slice(5));
  }
  match = DAY_NAME.exec(text);
  if (match) return moment(match[3], monthNumber(match[2]), match[1], match.slice(4));
  match = NAME_DAY.exec(text);
  if (match) return moment(match[3], monthNumber(match[1]), match[2], match.slice(4));
  return undefined;
}

function monthNumber(name: string): string {
  return MONTH_NAMES.test(name) ? String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1) : "0";
}

function moment(y: string, m: string, d: string, time: (string | undefined)[]): Moment | undefined {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const [h, min, s, half] = time;
  if (h === undefined || min === undefined) return { year, month, day };
  let hours = Number(h);
  if (half) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  if (hours > 23 || Number(min) > 59 || Number(s ?? 0) > 59) return undefined;
  return { year, month, day, seconds: hours * 3600 + Number(min) * 60 + Number(s ?? 0) };
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** Days since 1970-01-01 with the time as a fraction; after Howard Hinnant's `days_from_civil`. */
export function daysOf({ year, month, day, seconds = 0 }: Moment): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 + seconds / 86_400;
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** The text as an ISO 8601 date, which SQL, feature cells and learners read; one that is none stays as it is. */
export function isoDate(text: string, order: DateOrder): string {
  if (ISO.test(text)) return text;
  const found = parseDate(text, order);
  if (!found) return text;
  const two = (number: number): string => String(number).padStart(2, "0");
  const date = `${String(found.year).padStart(4, "0")}-${two(found.month)}-${two(found.day)}`;
  const { seconds } = found;
  if (seconds === undefined) return date;
  return `${date}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
