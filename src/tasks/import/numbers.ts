/** How a column writes its numbers. */
export interface NumberFormat {
  /** The decimal mark; the other one, spaces and apostrophes part thousands. */
  decimal: "." | ",";
  /** The currency and percent signs that stood beside the numbers, and were taken off. */
  signs: string[];
}

const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const SIGN = /US\$|C\$|A\$|R\$|[$€£¥₹₩₽₺₫₴₪฿%]|\b(?:USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|Rs|kr)\b\.?/gi;
const SPACES = /[\s\u00a0\u202f']/g;

const COMMA_THOUSANDS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const POINT_THOUSANDS = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const SPACE_THOUSANDS = /^\d{1,3}(?:[\s\u00a0\u202f']\d{3})+(?:[.,]\d+)?$/;
const COMMA_DECIMAL = /^\d+,\d+$/;

/** A number as programs write it: digits, a point, an exponent. */
export function isPlainNumber(text: string): boolean {
  return PLAIN.test(text);
}

/** The number without what stands around it, or undefined where that leaves none: `-1.234,50`. */
function bare(text: string): { minus: boolean; digits: string; signs: string[] } | undefined {
  const signs: string[] = [];
  let rest = text.replace(SIGN, (sign) => {
    signs.push(sign.trim());
    return "";
  });
  rest = rest.trim();
  let minus = false;
  if (rest.startsWith("(") && rest.endsWith(")")) {
    minus = true; // as accountants write it
    rest = rest.slice(1, -1).trim();
  } else if (/^[-+\u2212]/.test(rest)) {
    minus = rest[0] !== "+";
    rest = rest.slice(1).trim();
  }
  const fits =
    /^\d/.test(rest) &&
    (PLAIN.test(rest) ||
      COMMA_THOUSANDS.test(rest) ||
      POINT_THOUSANDS.test(rest) ||
      SPACE_THOUSANDS.test(rest) ||
      COMMA_DECIMAL.test(rest));
  return fits && signs.length <= 2 ? { minus, digits: rest, signs } : undefined;
}

/** Gathers from a column's values how it writes numbers. */
export interface NumberTally {
  /** Values that are a number however it is written. */
  count: number;
  /** Of these, the ones that need no format: plain digits. */
  plain: number;
  pointVotes: number;
  commaVotes: number;
  signs: Map<string, number>;
}

export function createNumberTally(): NumberTally {
  return { count: 0, plain: 0, pointVotes: 0, commaVotes: 0, signs: new Map() };
}

export function tallyNumber(tally: NumberTally, text: string): void {
  if (PLAIN.test(text)) {
    tally.count++;
    tally.plain++;
    // 12.5 can only be a decimal point; 1.234 might part thousands.
    if (/\.\d*$/.test(text) && !POINT_THOUSANDS.test(text)) tally.pointVotes++;
    return;
  }
  const first = text.charCodeAt(0);
  if (first > 96 && first < 123 && !/^(?:usd|eur|gbp|chf|rs|kr)/.test(text)) return; // a lower-case word
  const found = bare(text);
  if (!found) return;
  tally.count++;
  for (const sign of found.signs) tally.signs.set(sign, (tally.signs.get(sign) ?? 0) + 1);
  const { digits } = found;
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma >= 0 && point >= 0) tally[comma > point ? "commaVotes" : "pointVotes"]++;
  else if (comma >= 0) {
    if (!COMMA_THOUSANDS.test(digits)) tally.commaVotes++;
    else if (digits.indexOf(",") !== comma || digits.startsWith("0")) tally.pointVotes++;
  } else if (point >= 0) {
    if (digits.indexOf(".") !== point) tally.commaVotes++;
    else if (!POINT_THOUSANDS.test(digits)) tally.pointVotes++;
  }
}

/**
 * The format that the column's clear cases vote for. Where there are none, as in "1,234", it is the one that the file's
 * delimiter goes with: semicolons part the columns where the comma is the decimal mark.
 */
export function formatOf(tally: NumberTally, semicolons: boolean): NumberFormat {
  const { pointVotes, commaVotes } = tally;
  const decimal = commaVotes > pointVotes || (commaVotes === pointVotes && semicolons) ? "," : ".";
  return { decimal, signs: [...tally.signs.keys()].sort() };
}

/** The number in a text, or NaN where it is none in this format. */
export function parseNumber(text: string, { decimal }: NumberFormat): number {
  if (PLAIN.test(text) && (decimal === "." || !POINT_THOUSANDS.test(text))) return Number(text);
  const found = bare(text);
  if (!found) return Number.NaN;
  let digits = found.digits.replace(SPACES, "");
  if (decimal === ",") {
    if (digits.includes(".") && !POINT_THOUSANDS.test(digits)) {
      if (digits.includes(",") || !PLAIN.test(digits)) return Number.NaN;
    } else digits = digits.replaceAll(".", "").replace(",", ".");
  } else {
    if (digits.includes(",") && !COMMA_THOUSANDS.test(digits)) return Number.NaN;
    digits = digits.replaceAll(",", "");
  }
  const value = Number(digits);
  return found.minus ? -value : value;
}
