import { daysSince1970 } from "../dates";

/** English months, or their abbreviations. */
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)" + "(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\b";

/** 24-Sep-14, 24 September 2014. */
const DAY_FIRST = new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[ ./-]{1,2}${MONTH}[ .,/-]{1,3}(\\d{4}|\\d{2})(?!\\d)`);
/** September 24, 2014. */
const MONTH_FIRST = new RegExp(`\\b${MONTH}[ ./-]{1,2}(\\d{1,2})(?:st|nd|rd|th)?[ ,]{1,3}(\\d{4})(?!\\d)`);
/** 2014-09-24, 2014/9/24. */
const YEAR_FIRST = /(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/;

/**
 * The first date of a folded text in days since 1970, NaN where there is none. Dates of numbers alone are read with the year
 * first only: 3/4/2014 is one day here and another there.
 */
export function writtenDate(folded: string): number {
  const iso = YEAR_FIRST.exec(folded);
  if (iso) return days(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dayFirst = DAY_FIRST.exec(folded);
  if (dayFirst) return days(yearOf(dayFirst[3]), MONTHS.indexOf(dayFirst[2]) + 1, Number(dayFirst[1]));
  const monthFirst = MONTH_FIRST.exec(folded);
  if (monthFirst) return days(Number(monthFirst[3]), MONTHS.indexOf(monthFirst[1]) + 1, Number(monthFirst[2]));
  return Number.NaN;
}

/** Two digits are of the hundred years to 2049, as in most programs that read them. */
const yearOf = (digits: string): number =>
  digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < 50 ? 2000 : 1900);

const days = (year: number, month: number, day: number): number =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 ? daysSince1970(year, month, day) : Number.NaN;
