/** Made from the toolbox's sources by tools/vite/toolbox-types.ts: do not edit. */
export const TOOLBOX_DECLARATIONS = `/** A date's parts as numbers, in UTC; all NaN where the date is missing or cannot be read. */
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
/**
 * Parts of an ISO 8601 date (\`2024-02-29\`, \`2024-02-29T13:45:00+02:00\`, \`2024-02\`). Without a zone the text is taken
 * as UTC, so that the features are the same in every reader's time zone.
 * @example dateParts("2024-02-29T13:45:00+02:00").hour // 11
 * @example dateParts("2024-02-29").weekday // 4
 */
export function dateParts(value: string | null | undefined): DateParts;
/** What a feature may be; null, undefined and NaN are missing. A \`string\` is a category, \`text(…)\` is free text. */
export type FeatureValue = number | boolean | string | TextFeature | readonly number[] | Float32Array | Float64Array | Uint8Array | Uint8ClampedArray | null | undefined;
export type FeatureRecord = Record<string, FeatureValue>;
/**
 * Great-circle distance in kilometres between two places given in degrees, by the haversine formula on a sphere of
 * radius 6371.0088 km. NaN where a coordinate is missing.
 * @example Math.round(haversine(52.52, 13.405, 48.857, 2.352)) // 877
 */
export function haversine(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number;
/** Straight RGBA pixels of a square picture, row by row: what \`await row.image.rgba(size)\` gives. */
export type Pixels = Uint8ClampedArray;
/** Numbers that sum a picture up. Transparent pixels count by their alpha. */
export interface Images {
    /**
     * Mean red, green and blue (0 to 255, weighted by alpha), then the share of the square that is covered (0 to 1).
     * @example images.meanColour(new Uint8ClampedArray([255, 0, 0, 255])) // [255, 0, 0, 1]
     */
    meanColour(pixels: Pixels): number[];
    /**
     * The share of each channel's values in \`bins\` (4 unless said) equal bins: \`3 * bins\` numbers, red first; each
     * channel's sum to 1, or are all 0 for a wholly transparent picture.
     * @example images.histogram(new Uint8ClampedArray([255, 0, 0, 255]), 2) // [0, 1, 1, 0, 1, 0]
     */
    histogram(pixels: Pixels, bins?: number): number[];
    /** Difference hash, 64 bits as 16 hex digits (Krawetz 2013): is each of 8 x 8 cells darker than its right neighbour? */
    differenceHash(pixels: Pixels): string;
    /** Average hash, 64 bits as 16 hex digits: is each of 8 x 8 cells as bright as the mean or brighter? */
    averageHash(pixels: Pixels): string;
    /**
     * The number of bits in which two hashes differ, 0 to 64; NaN where one is missing.
     * @example images.hamming("00ff", "00fe") // 1
     */
    hamming(a: string | null | undefined, b: string | null | undefined): number;
}
export const images: Images;
/** A text that may be missing. */
export type MaybeText = string | null | undefined;
/** A vector that may be missing. */
export type MaybeVector = ArrayLike<number> | null | undefined;
/** Likeness of texts. All count Unicode code points; where either text is missing the answer is NaN: missing too. */
export interface Similarity {
    /**
     * Shared words over all words, 0 to 1: lower case, split on white space; 1 where both are empty.
     * @example similarity.jaccard("red car", "Red bike") // 0.3333333333333333
     */
    jaccard(a: MaybeText, b: MaybeText): number;
    /**
     * Shared runs of three characters over all of them, 0 to 1: lower case, without padding. Forgives misspellings.
     * @example similarity.trigramJaccard("colour", "color") // 0.4
     */
    trigramJaccard(a: MaybeText, b: MaybeText): number;
    /**
     * Shared runs of \`n\` characters (3 unless said) over those of the shorter text: 1 where one text contains the other.
     * @example similarity.ngramOverlap("flow-root", "display: flow-root") // 1
     */
    ngramOverlap(a: MaybeText, b: MaybeText, n?: number): number;
    /**
     * The least number of insertions, deletions and substitutions that turn one text into the other.
     * @example similarity.levenshtein("kitten", "sitting") // 3
     */
    levenshtein(a: MaybeText, b: MaybeText): number;
    /**
     * Levenshtein where a swap of neighbours counts once (unrestricted).
     * @example similarity.damerauLevenshtein("form", "from") // 1
     */
    damerauLevenshtein(a: MaybeText, b: MaybeText): number;
    /**
     * 1 minus Levenshtein over the longer length: 1 for equal texts, 0 for wholly different ones.
     * @example similarity.editRatio("colour", "color") // 0.8333333333333334
     */
    editRatio(a: MaybeText, b: MaybeText): number;
    /**
     * Jaro, 0 to 1: for short names.
     * @example similarity.jaro("martha", "marhta") // 0.9444444444444445
     */
    jaro(a: MaybeText, b: MaybeText): number;
    /**
     * Jaro-Winkler, 0 to 1: Jaro that favours texts with the same beginning.
     * @example similarity.jaroWinkler("martha", "marhta") // 0.9611111111111111
     */
    jaroWinkler(a: MaybeText, b: MaybeText): number;
    /**
     * Learns word weights from texts (in \`fit\`); its \`cosine(a, b)\` then compares two texts, rare words counting more.
     * @example similarity.tfidf(["red car", "blue car"]).cosine("red car", "red bus") // 0.8148024746671689
     */
    tfidf(texts: Iterable<MaybeText>): Tfidf;
    /**
     * The cosine of the angle between two vectors of one length, as those of \`embedding\`: 1 for one direction, 0 at right
     * angles and for a vector of zeros, -1 for opposite ones.
     * @example similarity.cosine([1, 0], [1, 1]) // 0.7071067811865475
     */
    cosine(a: MaybeVector, b: MaybeVector): number;
}
export const similarity: Similarity;
/** Numbers of which some may be missing (null, undefined or NaN); these are left out. */
export type MaybeNumbers = Iterable<number | null | undefined>;
/**
 * The mean of the numbers that are there; NaN where there are none.
 * @example average([1, null, 3]) // 2
 */
export function average(values: MaybeNumbers): number;
/**
 * The middle number of those that are there, the mean of two for an even count; NaN where there are none.
 * @example median([3, 1, 2, 10]) // 2.5
 */
export function median(values: MaybeNumbers): number;
/**
 * The \`share\` quantile (0 to 1) of the numbers that are there, linear between neighbours as NumPy's default.
 * @example quantile([0, 10, 20, 30, 40], 0.9) // 36
 */
export function quantile(values: MaybeNumbers, share: number): number;
/**
 * The standard deviation of the numbers that are there (divided by their count); NaN where there are none.
 * @example deviation([2, 4, 4, 4, 5, 5, 7, 9]) // 2
 */
export function deviation(values: MaybeNumbers): number;
/** A training row as far as the encoder reads it. */
export interface LabelledRow {
    id: string;
    label: string | null;
}
export interface TargetEncodingOptions {
    /** The classes to give a share to, in this order; the labels that occur, sorted, unless said. */
    classes?: readonly string[];
    /** Folds for the training rows' own values, 5 unless said. */
    folds?: number;
    /** How many rows the overall share counts for, 10 unless said: rare categories stay near it. */
    smoothing?: number;
    /** Another seed deals the training rows to other folds. */
    seed?: number;
}
export interface TargetEncoding<Row> {
    /** The classes in the order of \`shares\`. */
    classes: readonly string[];
    /** The share of each class among training rows of the row's category. A training row never counts in its own. */
    shares(row: Omit<Row, "label">): number[];
    /** The share of one class. */
    share(row: Omit<Row, "label">, label: string): number;
}
/**
 * Encodes a category by the labels of the training rows that have it, out of fold: a training row's own fold is left
 * out of its value, so that its label cannot leak into its feature; other rows see all training rows.
 *
 * \`(n · share + m · overall) / (n + m)\` with \`m\` the smoothing (Micci-Barreca 2001). Rows are told apart by \`id\`, and
 * dealt to folds by a hash of it, whatever their order. A missing category is a category of its own.
 * @throws Fault \`code-argument\` for fewer than 2 folds or a class that is not among \`classes\`
 */
export function targetEncoding<Row extends LabelledRow>(rows: readonly Row[], categoryOf: (row: Omit<Row, "label">) => string | number | boolean | null | undefined, options?: TargetEncodingOptions): TargetEncoding<Row>;
/** Marks a feature as text, which the learner turns into hashed n-grams, rather than as one category among few. */
export class TextFeature {
    readonly value: string | null;
    constructor(value: string | null);
}
/**
 * Free text as a feature: \`description: text(row.description)\`. Several texts are joined with a space; what is missing
 * is left out, and the feature is missing where all of them are.
 * @example text("Ball point pen", null, "blue").value // "Ball point pen blue"
 */
export function text(...parts: (string | null | undefined)[]): TextFeature;
/** Word weights learned from texts, and the similarity under them. */
export interface Tfidf {
    /**
     * Cosine of the two texts' TF-IDF vectors, 0 to 1; words that were not in the fitted texts count for nothing, and a
     * text without known words is like no other (0). NaN where a text is missing.
     */
    cosine(a: string | null | undefined, b: string | null | undefined): number;
    /** Inverse document frequency of a word, or 0 for a word that was not in the fitted texts. */
    weight(word: string): number;
}
`;
