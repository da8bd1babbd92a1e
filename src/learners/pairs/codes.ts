import { unitOf } from "./units";

/** Letters and digits, joined by single signs that model codes are written with. */
const CANDIDATE = /[\p{L}\p{N}]+(?:[-_/.+][\p{L}\p{N}]+)*/gu;
const DIGIT = /\p{N}/u;
const LETTER = /\p{L}/u;
const SIGNS = /[^\p{L}\p{N}]+/gu;
const MEASURE = /^\d[\d.,]*-?(\p{L}+)$/u;
/** Codes that are letters and digits have at least so many of them, codes of digits alone (an EAN, a phone number) more. */
const SHORTEST_MIXED = 3;
const SHORTEST_DIGITS = 5;
const LONGEST = 40;

/**
 * Product-code-like parts of a folded text, without punctuation, in their order and distinct: letters mixed with digits
 * ("dsc-w80" is dscw80), and long runs of digits. Numbers with a known unit are measures, not codes.
 */
export function codesOf(folded: string, most: number): string[] {
  const codes = new Set<string>();
  for (const [candidate] of folded.matchAll(CANDIDATE)) {
    if (codes.size >= most) break;
    if (!DIGIT.test(candidate)) continue;
    const code = candidate.replace(SIGNS, "");
    if (code.length > LONGEST) continue;
    const letters = MEASURE.exec(candidate)?.[1];
    if (letters !== undefined && unitOf(letters)) continue;
    if (LETTER.test(code) ? code.length >= SHORTEST_MIXED : code.length >= SHORTEST_DIGITS && !candidate.includes("."))
      codes.add(code);
  }
  return [...codes];
}
