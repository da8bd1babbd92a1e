import { describe, expect, it } from "vitest";
import {
  average,
  dateParts,
  deviation,
  haversine,
  images,
  median,
  quantile,
  similarity,
  targetEncoding,
  text,
} from ".";
import reference from "./fixtures/similarity.json";

describe("similarity agrees with jellyfish and scikit-learn", () => {
  it.each(reference.pairs)("on $a and $b", (pair) => {
    expect(similarity.levenshtein(pair.a, pair.b)).toBe(pair.levenshtein);
    expect(similarity.damerauLevenshtein(pair.a, pair.b)).toBe(pair.damerau_levenshtein);
    expect(similarity.jaro(pair.a, pair.b)).toBeCloseTo(pair.jaro, 9);
    expect(similarity.jaroWinkler(pair.a, pair.b)).toBeCloseTo(pair.jaro_winkler, 9);
    expect(similarity.jaccard(pair.a, pair.b)).toBeCloseTo(pair.token_jaccard, 9);
    expect(similarity.trigramJaccard(pair.a, pair.b)).toBeCloseTo(pair.trigram_jaccard, 9);
  });

  it("on TF-IDF cosines of every pair of documents", () => {
    const { documents, cosine } = reference.tfidf;
    const fitted = similarity.tfidf(documents);
    for (const [i, a] of documents.entries())
      for (const [j, b] of documents.entries()) expect(fitted.cosine(a, b)).toBeCloseTo(cosine[i][j], 9);
  });

  it("is symmetric, and missing where a text is", () => {
    for (const measure of ["jaccard", "trigramJaccard", "ngramOverlap", "levenshtein", "editRatio", "jaro"] as const) {
      expect(similarity[measure]("crewneck", "neckline")).toBe(similarity[measure]("neckline", "crewneck"));
      expect(similarity[measure](null, "x")).toBeNaN();
      expect(similarity[measure]("x", undefined)).toBeNaN();
    }
    expect(similarity.tfidf(["a b", null]).cosine("a", null)).toBeNaN();
  });

  it("on cosines of vectors, which may be missing but not of two lengths", () => {
    expect(similarity.cosine([3, 4], Float32Array.of(4, 3))).toBeCloseTo(24 / 25, 12);
    expect(similarity.cosine([1, 2], [-2, -4])).toBeCloseTo(-1, 12);
    expect(similarity.cosine([0, 0], [1, 2])).toBe(0);
    expect(similarity.cosine(null, [1])).toBeNaN();
    expect(() => similarity.cosine([1], [1, 2])).toThrow("vectors of 1 and of 2 numbers");
  });

  it("gives 1 for a text inside another by overlap, and halves an edit ratio", () => {
    expect(similarity.ngramOverlap("cotton shirt", "shirt")).toBe(1);
    expect(similarity.ngramOverlap("shirt", "")).toBe(0);
    expect(similarity.ngramOverlap("abcd", "abxx", 2)).toBeCloseTo(1 / 3, 12);
    expect(similarity.editRatio("abcd", "abxx")).toBe(0.5);
    expect(similarity.editRatio("", "")).toBe(1);
  });
});

describe("statistics", () => {
  it("leave out what is missing", () => {
    expect(average([1, null, 2, Number.NaN, 6, undefined])).toBe(3);
    expect(median([5, 1, null, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
    for (const empty of [average, median, deviation]) expect(empty([null])).toBeNaN();
  });
});

describe("text", () => {
  it("joins what is there", () => {
    expect(text("a", null, "b").value).toBe("a b");
    expect(text(null, undefined).value).toBeNull();
    expect(text("").value).toBe("");
  });
});

/** A picture of `size` x `size` from a function of the pixel's place. */
function picture(size: number, colour: (x: number, y: number) => [number, number, number, number]): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) pixels.set(colour(x, y), (y * size + x) * 4);
  return pixels;
}

describe("images", () => {
  const halfRed = picture(4, (x) => (x < 2 ? [200, 100, 0, 255] : [0, 0, 0, 0]));

  it("weigh colours by alpha", () => {
    expect(images.meanColour(halfRed)).toEqual([200, 100, 0, 0.5]);
    expect(images.histogram(halfRed, 2)).toEqual([0, 1, 1, 0, 1, 0]);
    const clear = picture(2, () => [9, 9, 9, 0]);
    expect(images.meanColour(clear)).toEqual([0, 0, 0, 0]);
    expect(images.histogram(clear, 1)).toEqual([0, 0, 0]);
    expect(() => images.histogram(halfRed, 0)).toThrow("0 bins");
  });

  it("hash a gradient by its direction, whatever the size", () => {
    for (const size of [9, 32, 72]) {
      const brighter = picture(size, (x) => [x, x, x, 255]);
      const darker = picture(size, (x) => [200 - x, 200 - x, 200 - x, 255]);
      expect(images.differenceHash(brighter)).toBe("ffffffffffffffff");
      expect(images.differenceHash(darker)).toBe("0000000000000000");
    }
    const lowerHalf = picture(16, (_, y) => (y < 8 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    expect(images.averageHash(lowerHalf)).toBe("00000000ffffffff");
    expect(() => images.averageHash(new Uint8ClampedArray(8))).toThrow("no square");
  });

  it("count differing bits", () => {
    expect(images.hamming("00000000ffffffff", "00000000fffffffe")).toBe(1);
    expect(images.hamming("0000000000000000", "ffffffffffffffff")).toBe(64);
    expect(images.hamming(null, "ff")).toBeNaN();
  });
});

describe("haversine", () => {
  it("agrees with the Python package haversine from Lyon to Paris", () => {
    expect(haversine(45.7597, 4.8422, 48.8567, 2.3508)).toBeCloseTo(392.2172595594006, 9);
    expect(haversine(0, 0, 0, 180)).toBeCloseTo(Math.PI * 6371.0088, 6);
    expect(haversine(Number.NaN, 0, 0, 0)).toBeNaN();
  });
});

describe("dateParts", () => {
  it("reads ISO dates as UTC unless they name a zone", () => {
    expect(dateParts("2024-02-29")).toEqual({
      year: 2024,
      month: 2,
      day: 29,
      weekday: 4,
      day_of_year: 60,
      hour: 0,
      days: 19782,
    });
    expect(dateParts("2023-12-31T23:30:00-02:00")).toMatchObject({ year: 2024, month: 1, day: 1, weekday: 1, hour: 1 });
    expect(dateParts("2000-01-02 06:00")).toMatchObject({ weekday: 7, hour: 6, day_of_year: 2 });
    expect(dateParts("1999-05").day).toBe(1);
  });

  it.each([null, undefined, "", "soon", "2023-02-31", "2023-13-01"])("is missing throughout for %s", (value) => {
    for (const part of Object.values(dateParts(value))) expect(part).toBeNaN();
  });
});

describe("target encoding", () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    id: `r${i}`,
    genre: i % 2 ? "jazz" : "rock",
    label: i % 2 ? "a" : "b",
  }));
  const fresh = (genre: string) => ({ id: "new", genre, label: null });

  it("gives new rows the smoothed shares of their category", () => {
    const encoding = targetEncoding(rows, (row) => row.genre);
    expect(encoding.classes).toEqual(["a", "b"]);
    expect(encoding.share(fresh("jazz"), "a")).toBeCloseTo((100 + 10 * 0.5) / 110, 12);
    expect(encoding.shares(fresh("polka"))).toEqual([0.5, 0.5]);
    expect(() => encoding.share(fresh("jazz"), "c")).toThrow(`"c"`);
  });

  it("never lets a training row's label into its own value", () => {
    const single = (label: string) => [...rows, { id: "odd", genre: "only-one", label }];
    const value = (label: string) => {
      const all = single(label);
      return targetEncoding(all, (row) => row.genre, { smoothing: 1 }).shares(all[all.length - 1]);
    };
    expect(value("a")).toEqual(value("b"));
    const encoding = targetEncoding(single("a"), (row) => row.genre, { smoothing: 1 });
    expect(encoding.share(fresh("only-one"), "a")).toBeGreaterThan(0.7);
  });

  it("does not depend on the order of the rows", () => {
    const backwards = targetEncoding([...rows].reverse(), (row) => row.genre);
    const forwards = targetEncoding(rows, (row) => row.genre);
    for (const row of rows) expect(backwards.shares(row)).toEqual(forwards.shares(row));
  });
});
