import { describe, expect, it } from "vitest";
import { log } from "../portable";
import { runToEnd } from "../steps";
import reference from "./fixtures/similarity.json";
import { Lexicon } from "./lexicon";
import { TEXT_FEATURES, type TextMeasure, textLikeness } from "./text-likeness";
import { profileOf, readWords } from "./text-profile";
import { countWords, idfOf } from "./word-weights";

const ALL = [...TEXT_FEATURES, "tfidf_cosine"] as const;
type Likeness = Record<TextMeasure, number>;

/** Compares by words weighted as the documents say. */
function comparer(documents: readonly string[]): (a: string, b: string) => Likeness {
  const texts = (i: number) => ({ words: readWords(documents[i]), records: 1 });
  const idf = idfOf(runToEnd(countWords(documents.length, texts, { mostWords: 1000 })));
  const lexicon = new Lexicon();
  return (a, b) => {
    const out = new Float32Array(ALL.length);
    textLikeness(ALL, profileOf(a, lexicon, idf), profileOf(b, lexicon, idf), out);
    return Object.fromEntries(ALL.map((name, i) => [name, out[i]])) as Likeness;
  };
}

/** No document at all: every word weighs the same. */
const plain = comparer([]);

describe("TF-IDF cosines", () => {
  it("agree with scikit-learn, though words of one document are not listed", () => {
    const { documents, cosine } = reference.tfidf;
    const compare = comparer(documents);
    for (const [i, a] of documents.entries())
      for (const [j, b] of documents.entries()) expect(compare(a, b).tfidf_cosine).toBeCloseTo(cosine[i][j], 6);
  });
});

describe("words of two texts", () => {
  it("are shared and covered, by hand", () => {
    const likeness = plain("Sony Digital Camera black", "sony camera, silver");
    expect(likeness.equal).toBe(0);
    expect(likeness.token_jaccard).toBeCloseTo(2 / 5, 6);
    expect(likeness.left_covered).toBeCloseTo(2 / 4, 6);
    expect(likeness.right_covered).toBeCloseTo(2 / 3, 6);
    expect(likeness.tfidf_cosine).toBeCloseTo(2 / Math.sqrt(4 * 3), 6);
  });

  it("weigh by how rare they are: the rarest shared and the rarest that the other lacks", () => {
    const compare = comparer(["sony camera", "sony phone", "sony camera", "canon camera"]);
    const idf = (records: number): number => log(5 / (1 + records)) + 1;
    const likeness = compare("sony camera w80", "sony camera w90 black");
    expect(likeness.rarest_shared).toBeCloseTo(idf(3), 5); // sony, camera: each in three
    expect(likeness.shared_idf).toBeCloseTo(2 * idf(3), 5);
    expect(likeness.left_rarest_unmatched).toBeCloseTo(idf(1), 5); // a new word counts as of one record
    expect(likeness.right_unmatched_idf).toBeCloseTo(2 * idf(1), 5);
    expect(likeness.left_covered).toBeCloseTo((2 * idf(3)) / (2 * idf(3) + idf(1)), 5);
  });

  it("are found where they are misspelt, abbreviated, split or joined", () => {
    for (const [a, b] of [
      ["panasonic camera", "panasnoic camera"],
      ["acme corporation", "acme corp"],
      ["wallpaper blue", "wall paper blue"],
    ]) {
      expect(plain(a, b).left_covered, `${a} / ${b}`).toBe(1);
      expect(plain(b, a).left_covered, `${b} / ${a}`).toBe(1);
    }
    expect(plain("panasonic camera", "panasnoic camera").soft_tfidf).toBeGreaterThan(0.95);
    expect(plain("panasonic camera", "panasnoic camera").tfidf_cosine).toBeCloseTo(0.5, 6);
  });

  it("are never taken for misspelt where they hold digits", () => {
    const likeness = plain("office 2003", "office 2002");
    expect(likeness.soft_tfidf).toBeCloseTo(0.5, 6);
    expect(likeness.left_covered).toBe(0.5);
  });

  it("may be initials of the others", () => {
    expect(plain("vldb 2003", "very large data bases 2003").initials).toBe(1);
    expect(plain("sigmod 2003", "very large data bases 2003").initials).toBe(0);
  });
});

describe("letters of two texts", () => {
  it("are compared by hand", () => {
    const likeness = plain("kitten", "sitting");
    expect(likeness.edit_ratio).toBeCloseTo(1 - 3 / 7, 6);
    expect(likeness.jaro_winkler).toBeCloseTo(0.746031746, 6);
    expect(likeness.common_prefix).toBe(0);
    expect(likeness.length_difference).toBeCloseTo(-1 / 7, 6);
    // " ki kit itt tte ten en " and " si sit itt tti tin ing ng ": one of twelve
    expect(likeness.trigram_jaccard).toBeCloseTo(1 / 12, 6);
    expect(likeness.trigram_overlap).toBeCloseTo(1 / 6, 6);
  });

  it("are the same but for case, accents, width and space", () => {
    expect(plain("  Naïve   Café ", "ｎａｉｖｅ cafe").equal).toBe(1);
  });
});

describe("numbers, units and codes of two texts", () => {
  it("conflict", () => {
    const likeness = plain("Sony DSC-W80 7.2 MP 8 GB", "sony dsc-w90 8.1mp 8gb");
    expect(likeness).toMatchObject({ unit_agreement: 0, number_difference: 0 });
    expect(likeness.unit_difference).toBeCloseTo(1 - 7.2 / 8.1, 6);
    expect(likeness).toMatchObject({ left_codes_found: 0, right_codes_found: 0 });
    expect(likeness.code_edit_ratio).toBeCloseTo(5 / 6, 6);
  });

  it("agree, a code with or without its punctuation or as two words, whichever side has more to say", () => {
    for (const other of ["dscw80 camera", "dsc w80 camera", "camera dsc-w80/s"]) {
      expect(plain("sony dsc-w80", other).left_codes_found, other).toBe(1);
    }
    expect(plain("sony dsc-w80", "camera dsc-w80/s").right_codes_found).toBe(0);
  });

  it("do not apply where a side has none", () => {
    const likeness = plain("red shirt", "blue shirt 5 kg dsc-w80");
    for (const name of [
      "unit_agreement",
      "unit_difference",
      "left_codes_found",
      "code_edit_ratio",
      "days_apart",
    ] as const)
      expect(likeness[name], name).toBeNaN();
    expect(likeness.number_jaccard).toBe(0);
    expect(plain("red", "blue").number_jaccard).toBeNaN();
  });

  it("are dates, apart by days", () => {
    expect(plain("24-Sep-14", "September 26, 2014").days_apart).toBe(2);
  });
});

describe("any two texts", () => {
  const TEXTS = [
    "",
    "!!!",
    "👍🏽",
    "👍",
    "東京国際空港",
    "東京空港",
    "שלום עולם",
    "مرحبا",
    "a",
    "Sony DSC-W80 5.5 in",
    "x".repeat(100_000),
  ];
  const PARTNER: Partial<Record<TextMeasure, TextMeasure>> = Object.fromEntries(
    ALL.filter((name) => name.startsWith("left_")).flatMap((left) => {
      const right = left.replace("left_", "right_");
      return [
        [left, right],
        [right, left],
      ];
    }),
  );

  it("are as like as the other way round, and shares stay shares", () => {
    for (const a of TEXTS) {
      for (const b of TEXTS) {
        const [there, back] = [plain(a, b), plain(b, a)];
        for (const name of ALL) {
          const expected = back[PARTNER[name] ?? name];
          const place = `${name} of ${a.slice(0, 20)} and ${b.slice(0, 20)}`;
          if (name === "length_difference") expect(there[name] + expected || 0, place).toBe(0);
          else if (Number.isNaN(expected)) expect(there[name], place).toBeNaN();
          else expect(there[name], place).toBeCloseTo(expected, 6);
          if (!/idf$|^days|number|unit|rarest|difference/.test(name) && !Number.isNaN(there[name])) {
            expect(there[name], place).toBeGreaterThanOrEqual(0);
            expect(there[name], place).toBeLessThanOrEqual(1 + 1e-6);
          }
        }
      }
    }
  });

  it("are wholly like themselves, as far as they have words", () => {
    for (const text of TEXTS.filter((text) => readWords(text).length > 0)) {
      const likeness = plain(text, text);
      for (const name of [
        "equal",
        "token_jaccard",
        "soft_tfidf",
        "left_covered",
        "trigram_jaccard",
        "edit_ratio",
        "jaro_winkler",
        "common_prefix",
      ] as const)
        expect(likeness[name], `${name} of ${text.slice(0, 20)}`).toBeCloseTo(1, 6);
    }
  });

  it("in Chinese or Japanese share pairs of characters", () => {
    expect(plain("東京国際空港", "東京空港").token_jaccard).toBeCloseTo(2 / 6, 6);
  });

  it("of a hundred thousand letters are read and compared in little time", () => {
    const vast = Array.from({ length: 20_000 }, (_, i) => `word${i}`).join(" ");
    const before = process.cpuUsage().user;
    for (const [a, b] of [
      [vast, vast.toUpperCase()],
      ["x".repeat(100_000), "y1".repeat(50_000)],
      ["1".repeat(100_000), "1 ".repeat(50_000)],
      ["a-".repeat(50_000), `${"9".repeat(50_000)}.${"9".repeat(50_000)}`],
      [" ".repeat(100_000), "1.".repeat(50_000)],
    ])
      plain(a, b);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(1500);
  });
});
