import { commonPrefix, jaroWinkler, levenshtein } from "./edit";
import { closest, compareMeasures, sharedNumbers } from "./numbers";
import { jaccard, overlap, sharedCount } from "./sets";
import type { TextProfile } from "./text-profile";
import { matchWords, type WordMatches } from "./word-matches";

type Measure = (a: TextProfile, b: TextProfile, words: WordMatches) => number;

/** Every way in which two texts that are there are compared, by the name of its feature. NaN: it does not apply. */
const MEASURES = {
  equal: (a, b) => (a.folded === b.folded ? 1 : 0),
  token_jaccard: (a, b, { sharedCount }) => jaccard(sharedCount, a.ids.length, b.ids.length),
  tfidf_cosine: (a, b, { cosine }) => (a.ids.length > 0 && b.ids.length > 0 ? cosine : Number.NaN),
  soft_tfidf: (a, b, { softCosine }) => (a.ids.length > 0 && b.ids.length > 0 ? softCosine : Number.NaN),
  left_covered: (a, _, { left }) => 1 - left.idf / a.idfSum,
  right_covered: (_, b, { right }) => 1 - right.idf / b.idfSum,
  shared_idf: (_a, _b, { sharedIdf }) => sharedIdf,
  rarest_shared: (_a, _b, { rarestShared }) => rarestShared,
  left_unmatched_idf: (_a, _b, { left }) => left.idf,
  right_unmatched_idf: (_a, _b, { right }) => right.idf,
  left_rarest_unmatched: (_a, _b, { left }) => left.rarest,
  right_rarest_unmatched: (_a, _b, { right }) => right.rarest,
  trigram_jaccard: (a, b) => jaccard(sharedCount(a.grams, b.grams), a.grams.length, b.grams.length),
  trigram_overlap: (a, b) => overlap(sharedCount(a.grams, b.grams), a.grams.length, b.grams.length),
  edit_ratio: (a, b) => editRatio(a.points, b.points),
  jaro_winkler: (a, b) => jaroWinkler(a.points, b.points),
  common_prefix: (a, b) => commonPrefix(a.points, b.points) / Math.min(a.points.length, b.points.length),
  length_difference: (a, b) => (a.folded.length - b.folded.length) / Math.max(a.folded.length, b.folded.length),
  initials: (a, b) => (holdsInitials(a, b) || holdsInitials(b, a) ? 1 : 0),
  number_jaccard: ({ numbers: a }, { numbers: b }) =>
    jaccard(sharedNumbers(a.values, b.values), a.values.length, b.values.length),
  number_difference: ({ numbers: a }, { numbers: b }) => closest(a.values, b.values),
  unit_agreement: ({ numbers: a }, { numbers: b }) => compareMeasures(a.measures, b.measures).agreement,
  unit_difference: ({ numbers: a }, { numbers: b }) => compareMeasures(a.measures, b.measures).apart,
  days_apart: (a, b) => Math.abs(a.date - b.date),
  left_codes_found: (a, b) => codesFound(a, b),
  right_codes_found: (a, b) => codesFound(b, a),
  code_edit_ratio: (a, b) => nearestCodes(a, b),
} satisfies Record<string, Measure>;

export type TextMeasure = keyof typeof MEASURES;

/** Of a text attribute. TF-IDF cosine is soft here: words that are merely spelt otherwise count too. */
export const TEXT_FEATURES: readonly TextMeasure[] = [
  "equal",
  "token_jaccard",
  "soft_tfidf",
  "left_covered",
  "right_covered",
  "shared_idf",
  "rarest_shared",
  "left_unmatched_idf",
  "right_unmatched_idf",
  "left_rarest_unmatched",
  "right_rarest_unmatched",
  "trigram_jaccard",
  "trigram_overlap",
  "edit_ratio",
  "jaro_winkler",
  "common_prefix",
  "length_difference",
  "initials",
  "number_jaccard",
  "number_difference",
  "unit_agreement",
  "unit_difference",
  "days_apart",
  "left_codes_found",
  "right_codes_found",
  "code_edit_ratio",
];

/** Of a categorical attribute, whose values may be names that two catalogues spell each in its own way. */
export const CATEGORY_FEATURES: readonly TextMeasure[] = [
  "equal",
  "token_jaccard",
  "soft_tfidf",
  "left_covered",
  "right_covered",
  "trigram_jaccard",
  "edit_ratio",
  "jaro_winkler",
  "number_difference",
];

/** Of all texts and categories of the two records, as if each record were one text. */
export const RECORD_FEATURES: readonly TextMeasure[] = [
  "tfidf_cosine",
  "soft_tfidf",
  "left_covered",
  "right_covered",
  "left_rarest_unmatched",
  "right_rarest_unmatched",
  "number_jaccard",
  "left_codes_found",
  "right_codes_found",
  "code_edit_ratio",
];

/** Writes these features of two texts. */
export function textLikeness(names: readonly TextMeasure[], a: TextProfile, b: TextProfile, out: Float32Array): void {
  const words = matchWords(a, b);
  for (let i = 0; i < names.length; i++) out[i] = (MEASURES[names[i]] as Measure)(a, b, words);
}

/** 1 minus the Levenshtein distance over the longer length: 1 for equal texts, 0 for wholly different ones. */
function editRatio(a: Int32Array, b: Int32Array): number {
  return 1 - levenshtein(a, b) / Math.max(a.length, b.length);
}

/** The share of one text's codes that the other text holds, run together; NaN where it has none. */
function codesFound(own: TextProfile, other: TextProfile): number {
  let found = 0;
  for (const { text } of own.codes) if (other.compact.includes(text)) found++;
  return found / own.codes.length;
}

/** The best edit ratio of a code of one text and a code of the other; NaN where either has none. */
function nearestCodes(a: TextProfile, b: TextProfile): number {
  let best = Number.NaN;
  for (const left of a.codes) {
    for (const right of b.codes) {
      const ratio = left.text === right.text ? 1 : editRatio(left.points, right.points);
      if (!(ratio <= best)) best = ratio;
    }
  }
  return best;
}

const SHORTEST_INITIALS = 3;

/** Whether a word of the text is made of first letters of the longer one's words that follow each other: vldb. */
function holdsInitials(text: TextProfile, long: TextProfile): boolean {
  if (long.initials.length < SHORTEST_INITIALS || text.wordCount >= long.wordCount) return false;
  return text.words.some((word) => word.text.length >= SHORTEST_INITIALS && long.initials.includes(word.text));
}
