import { describe, expect, it } from "vitest";
import { readAs } from "../../base";
import { IMAGE_FEATURES } from "../image";
import { type PreparedColumn, pickRows } from "../inputs";
import { PictureStore } from "../pictures";
import { runToEnd } from "../steps";
import { type FittedPairs, fitPairs, fittedPairsSchema, PAIR_OPTIONS, pairedColumns, pairFeatures } from ".";
import { DIRTY, syntheticPairs } from "./fixtures/catalogue";

const text = (name: string, ...values: (string | null)[]): PreparedColumn => ({ name, as: "text", values });
const category = (name: string, ...values: (string | null)[]): PreparedColumn => ({ name, as: "categorical", values });
const numeric = (name: string, ...values: number[]): PreparedColumn => ({
  name,
  as: "numeric",
  values: Float64Array.from(values),
});
const vector = (name: string, ...values: (number[] | null)[]): PreparedColumn => ({
  name,
  as: "vector",
  values: values.map((value) => value && Float32Array.from(value)),
});

function fitted(columns: PreparedColumn[]): FittedPairs {
  const pairs = runToEnd(fitPairs(columns));
  if (!pairs) throw new Error("nothing to compare");
  return pairs;
}

/** The features of the rows, by name. */
function features(pairs: FittedPairs, columns: PreparedColumn[]): Record<string, number[]> {
  const table = runToEnd(pairFeatures(pairs, columns));
  return Object.fromEntries(table.features.map(({ name, values }) => [name, Array.from(values)]));
}

const featuresOf = (...columns: PreparedColumn[]) => features(fitted(columns), columns);

describe("columns", () => {
  it("are paired by their prefixes; others, and the records' ids, are left out", () => {
    const columns = [
      text("left_title", "a"),
      text("right_title", "a"),
      text("left_alone", "a"),
      numeric("right_only", 1),
      numeric("price", 1),
      text("left_id", "x"),
      text("right_id", "y"),
      text("left_", "x"),
      text("right_", "y"),
    ];
    expect(pairedColumns(columns)).toEqual(["left_title", "right_title"]);
  });

  it("of numbers on one side and texts on the other are compared as texts", () => {
    const columns = [numeric("left_size", 5.5, Number.NaN, 7), text("right_size", "5.5 in", "6", "8 in")];
    expect(fitted(columns).attributes[0].kind).toBe("text");
    expect(features(fitted(columns), columns)["size.number_difference"]).toEqual([0, Number.NaN, 0.125]);
  });

  it("without a partner, or without rows, leave nothing to compare", () => {
    expect(runToEnd(fitPairs([text("left_title", "a"), text("title", "a")]))).toBeUndefined();
    expect(runToEnd(fitPairs([text("left_a"), text("right_a")]))).toBeUndefined();
    expect(runToEnd(fitPairs([]))).toBeUndefined();
  });

  it("that are missing, of another kind, of another length or fitted by another version are faults", () => {
    const columns = [text("left_title", "a", "b"), text("right_title", "a", "c")];
    const pairs = fitted(columns);
    expect(() => features(pairs, [text("left_title", "a")])).toThrow('"right_title" of training are missing');
    expect(() => features(pairs, [numeric("left_title", 1), numeric("right_title", 1)])).toThrow(
      '"title": it was text in training and is numeric now',
    );
    expect(() => features(pairs, [text("left_title", "a"), text("right_title", "a", "b")])).toThrow("has 2 rows");
    expect(() => features({ ...pairs, version: 0 }, columns)).toThrow("version 0");
  });
});

describe("numbers", () => {
  it("differ, relatively, and by the share of records between them", () => {
    const likeness = featuresOf(
      numeric("left_price", 10, 20, 30, 40, Number.NaN),
      numeric("right_price", 10, 25, 15, 20, Number.NaN),
    );
    expect(likeness["price.equal"]).toEqual([1, 0, 0, 0, Number.NaN]);
    expect(likeness["price.difference"]).toEqual([0, -5, 15, 20, Number.NaN]);
    expect(likeness["price.relative_difference"][1]).toBeCloseTo(0.2, 6);
    // Records: 10, 20, 25, 30, 15, 40. From 20 to 25 are two of six, from 15 to 30 four.
    expect(likeness["price.share_between"][1]).toBeCloseTo(2 / 6, 2);
    expect(likeness["price.share_between"][2]).toBeCloseTo(4 / 6, 2);
    expect(likeness["price.missing"]).toEqual([0, 0, 0, 0, 2]);
  });

  it("may be infinite or as large as doubles go", () => {
    const [low, high] = [Number.NEGATIVE_INFINITY, 1.7e308];
    const likeness = featuresOf(numeric("left_x", low, high, high, 1), numeric("right_x", high, low, high, 2));
    for (const [name, values] of Object.entries(likeness))
      for (const value of values) if (!name.includes("relative")) expect(Number.isFinite(value), name).toBe(true);
  });
});

describe("categories", () => {
  it("that are equal weigh by how rare they are", () => {
    const brands = ["sony", "sony", "sony", "sony", "krups", "canon"];
    const likeness = featuresOf(
      category("left_brand", ...brands),
      category("right_brand", "Sony", "sony", "canon", null, "KRUPS", ""),
      numeric("left_n", 1, 2, 3, 4, 5, 6),
      numeric("right_n", 11, 12, 13, 14, 15, 16),
    );
    expect(likeness["brand.missing"]).toEqual([0, 0, 0, 1, 0, 1]);
    expect(likeness["brand.equal"].slice(0, 3)).toEqual([1, 1, 0]);
    const idf = likeness["brand.equal_idf"];
    expect(idf[4]).toBeGreaterThan(idf[0]);
    expect(idf[2]).toBe(0);
  });
});

describe("vectors", () => {
  it("are compared by cosine and distance", () => {
    const likeness = featuresOf(
      vector("left_v", [1, 0], [3, 4], null, [1, 2]),
      vector("right_v", [0, 1], [3, 4], [1, 1], [2, 1]),
    );
    expect(likeness["v.cosine"][0]).toBe(0);
    expect(likeness["v.cosine"][1]).toBeCloseTo(1, 6);
    expect(likeness["v.cosine"][3]).toBeCloseTo(0.8, 6);
    expect(likeness["v.euclidean_distance"][0]).toBeCloseTo(Math.SQRT2, 6);
    expect(likeness["v.missing"]).toEqual([0, 0, 1, 0]);
  });

  it("of different lengths, or with what is no number, are a fault", () => {
    expect(() => featuresOf(vector("left_v", [1, 0]), vector("right_v", [0]))).toThrow(
      'row 1 of "right_v" has 1 numbers, others have 2',
    );
    expect(() => featuresOf(vector("left_v", [1, Number.NaN]), vector("right_v", [0, 1]))).toThrow(
      'row 1 of "left_v" holds NaN at position 1',
    );
    const pairs = fitted([vector("left_v", [1, 0], [1, 1]), vector("right_v", [0, 1], [1, 2])]);
    expect(() => features(pairs, [vector("left_v", [1, 0]), vector("right_v", [1, 2, 3])])).toThrow(
      'row 1 of "right_v" has 3 numbers, others have 2',
    );
  });
});

describe("pictures", () => {
  /** Pictures whose features are these, on a store of their own. */
  function pictures(name: string, index: number[], store: PictureStore): PreparedColumn {
    return { name, as: "picture", index: Int32Array.from(index), store };
  }
  const store = new PictureStore();
  store.features = new Float32Array(3 * IMAGE_FEATURES);
  for (let i = 0; i < IMAGE_FEATURES; i++) {
    store.features[i] = (i % 7) / 10;
    store.features[IMAGE_FEATURES + i] = store.features[i];
    store.features[2 * IMAGE_FEATURES + i] = ((i * 3) % 11) / 20;
  }

  it("are equal by what they show, and at a distance where they are not", () => {
    const likeness = featuresOf(pictures("left_p", [0, 0, 2, -1], store), pictures("right_p", [1, 2, 2, 0], store));
    expect(likeness["p.equal"]).toEqual([1, 0, 1, Number.NaN]);
    expect(likeness["p.colour_distance"][0]).toBe(0);
    let squares = 0;
    for (let i = 0; i < 192; i++) squares += ((i % 7) / 10 - ((i * 3) % 11) / 20) ** 2;
    expect(likeness["p.colour_distance"][1]).toBeCloseTo(Math.sqrt(squares / 192), 5);
    expect(likeness["p.gradient_correlation"][2]).toBeCloseTo(1, 5);
    expect(likeness["p.missing"]).toEqual([0, 0, 0, 1]);
  });
});

describe("values in the wrong place", () => {
  it("are found anywhere in the other record", () => {
    const likeness = featuresOf(
      text("left_title", "turntable", "camera", "radio", "lamp"),
      text("right_title", "sony turntable $149.99", "camera", "braun radio", "lamp"),
      category("left_brand", "sony", "canon", "bose", "ikea"),
      category("right_brand", null, "canon", null, "ikea"),
      numeric("left_price", 150, 20, 30, 40),
      numeric("right_price", Number.NaN, 20, 30, 40),
    );
    expect(likeness["brand.left_anywhere"]).toEqual([1, 1, 0, 1]);
    expect(likeness["price.left_anywhere"]).toEqual([
      expect.closeTo(0.01 / 150, 6),
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(likeness["record.equal_share"][1]).toBe(1);
  });
});

describe("fitted on training rows", () => {
  const train = syntheticPairs(1, 60, DIRTY);
  const validation = syntheticPairs(2, 20, DIRTY);
  const pairs = fitted(train.columns);

  it("features are the same after a way through JSON, and each time", () => {
    const read = readAs(fittedPairsSchema, JSON.parse(JSON.stringify(pairs)), "a sidecar");
    expect(read).toEqual(pairs);
    expect(features(read, validation.columns)).toEqual(features(pairs, validation.columns));
    expect(fitted(train.columns)).toEqual(pairs);
  });

  it("features of a row do not depend on the other rows, to the last bit", () => {
    const all = features(pairs, validation.columns);
    const some = features(
      pairs,
      validation.columns.map((column) => pickRows(column, Int32Array.of(41, 7))),
    );
    for (const [name, values] of Object.entries(all)) expect(some[name], name).toEqual([values[41], values[7]]);
  });

  it("labels are no input: a column of them, or any other without a partner, changes nothing", () => {
    const labelled = [...train.columns, numeric("label", ...train.labels)];
    expect(fitted(labelled)).toEqual(pairs);
  });

  it("features that say nothing are left out: constant ones, and twins of others", () => {
    const same = Array.from(train.labels, () => "a");
    const added = [...train.columns, category("left_set", ...same), category("right_set", ...same)];
    expect(fitted(added).features.filter((name) => name.startsWith("set."))).toEqual([]);
    const values = new Map<string, string>();
    for (const [name, own] of Object.entries(features(pairs, train.columns))) {
      expect(new Set(own).size, name).toBeGreaterThan(1);
      expect(values.get(own.join()), name).toBeUndefined();
      values.set(own.join(), name);
    }
  });

  it("each feature has a name of its own, whatever the attributes are called", () => {
    const odd = train.columns.map((column) => ({ ...column, name: column.name.replace("title", "record") }));
    const own = fitted(odd);
    expect(new Set(own.features).size).toBe(own.features.length);
    expect(own.features).toContain("record.soft_tfidf");
    expect(Object.keys(features(own, odd))).toEqual(own.features);
  });

  it("stay few for each attribute", () => {
    expect(pairs.features.filter((name) => name.startsWith("title.")).length).toBeLessThanOrEqual(30);
    expect(pairs.features.filter((name) => name.startsWith("brand.")).length).toBeLessThanOrEqual(14);
  });

  it("rows that are missing wholly or new in every word give numbers or NaN, never more", () => {
    const odd = [
      text("left_title", null, "", "zzz 👍 東京", "\u0000", "x".repeat(100_000)),
      text("right_title", null, " ", "qqq 12", "שלום", "y ".repeat(50_000)),
      category("left_brand", null, "", "new", "new", "new"),
      category("right_brand", null, "", "newer", "new", null),
      category("left_colour", null, null, null, null, null),
      category("right_colour", null, null, null, null, null),
      numeric("left_price", Number.NaN, 0, -1, 1e300, 5),
      numeric("right_price", Number.NaN, 0, 1, 1e-300, Number.NaN),
    ];
    const all = features(pairs, odd);
    expect(Object.keys(all)).toEqual(pairs.features);
    for (const [name, values] of Object.entries(all))
      for (const value of values)
        expect(Math.abs(value) < Number.POSITIVE_INFINITY || Number.isNaN(value), name).toBe(true);
    expect(all["brand.missing"]).toEqual([2, 2, 0, 0, 1]);
  });

  it("work is done in small steps, with the share done rising to 1", () => {
    let [steps, last] = [0, 0];
    for (const generator of [fitPairs(train.columns, PAIR_OPTIONS), pairFeatures(pairs, train.columns)]) {
      last = 0;
      for (const done of generator) {
        expect(done).toBeGreaterThanOrEqual(last);
        expect(done).toBeLessThanOrEqual(1);
        last = done;
        steps++;
      }
    }
    expect(steps).toBeGreaterThan(100);
  });
});
