/** Letters, digits and marks in a row; pictographs (emoji) each on their own. */
const WORD = /[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;
const NOT_ASCII = /[^\0-\x7f]/;
/** Marks of European alphabets (accents), which catalogues set or leave out at will. */
const ACCENTS = /[\u0300-\u036f]/g;
/** Scripts that set no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Lower case, compatibility forms unified (NFKC), accents of European alphabets taken off. */
export function fold(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFKC").toLowerCase().normalize("NFKD").replace(ACCENTS, "").normalize("NFKC");
}

/** A word longer than this (a base64 string, say) counts by its beginning. */
const LONGEST_WORD = 48;

/**
 * Words of a folded text in their order, at most `most` of them. Text in scripts without spaces (Chinese, Japanese, Thai …)
 * gives its overlapping pairs of characters, as Lucene's CJK analyser does.
 */
export function wordsOf(folded: string, most: number): string[] {
  const words: string[] = [];
  for (const [run] of folded.matchAll(WORD)) {
    if (words.length >= most) break;
    if (NOT_ASCII.test(run) && UNSPACED.test(run)) pushBigrams(run, words, most);
    else words.push(run.length > LONGEST_WORD ? run.slice(0, LONGEST_WORD) : run);
  }
  return words;
}

function pushBigrams(run: string, words: string[], most: number): void {
  const points = Array.from(run);
  if (points.length === 1) words.push(run);
  for (let i = 0; i + 1 < points.length && words.length < most; i++) words.push(points[i] + points[i + 1]);
}
