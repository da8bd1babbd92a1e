/**
 * What stands for a missing value where a file of texts has no better way: what pandas and R write and read as missing,
 * MySQL's \N, and the marks of the UCI repository and of spreadsheets.
 */
const MARKERS = new Set([
  "",
  "na",
  "n/a",
  "#n/a",
  "#na",
  "<na>",
  "nan",
  "-nan",
  "null",
  "(null)",
  "none",
  "nil",
  "\\n",
  "?",
  "-",
  "--",
]);

/** A class may well be called "none" or "-": of a label only what no one would name a class is missing. */
const LABEL_MARKERS = new Set(["", "na", "n/a", "#n/a", "<na>", "nan", "null", "(null)", "\\n"]);

/** Markers that are words as well: in a column of words they may be meant. */
const WORDS = new Set(["na", "nan", "null", "none", "nil"]);

const LONGEST = 6;

export function isMissing(trimmed: string): boolean {
  return trimmed.length <= LONGEST && MARKERS.has(trimmed.toLowerCase());
}

/**
 * The markers that a column of words means as words: "nil" that stands once among a thousand nouns is one of them. A
 * marker is one where it stands at least twice, as often as the column's values do on average, and in a thousandth of them.
 */
export function meantAsWords(markers: ReadonlyMap<string, number>, present: number, distinct: number): string[] {
  const usual = Math.max(2, present / Math.max(1, distinct), present / 1000);
  return [...markers].flatMap(([marker, count]) => (WORDS.has(marker.toLowerCase()) && count < usual ? [marker] : []));
}

export function isMissingLabel(trimmed: string): boolean {
  return trimmed.length <= LONGEST && LABEL_MARKERS.has(trimmed.toLowerCase());
}
