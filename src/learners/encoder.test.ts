import { encode as encodePng } from "fast-png";
import { describe, expect, it } from "vitest";
import type { Column } from "../table";
import { type EncoderOptions, encode, type FittedEncoder, fitEncoder, widthsOf } from "./encoder";
import { IMAGE_FEATURES } from "./image";
import { type InputColumn, type InputKind, prepareColumns } from "./inputs";
import type { Matrix } from "./matrix";
import { runToEnd } from "./steps";
import { fitText } from "./text";

const OPTIONS: EncoderOptions = { numericBins: 4, clip: 5, mostCategories: 3, textBits: 12, leastTexts: 1 };

const number = (values: number[]): Column => ({ kind: "number", name: "x", values: Float64Array.from(values) });
const string = (values: (string | null)[]): Column => ({ kind: "string", name: "x", values });
const input = (as: InputKind, column: Column, name = "x"): InputColumn => ({ name, as, column });
const prepare = (...inputs: InputColumn[]) => prepareColumns(inputs, async () => {});

async function fitted(...inputs: InputColumn[]): Promise<FittedEncoder> {
  return runToEnd(fitEncoder(await prepare(...inputs), OPTIONS));
}

async function matrixOf(encoder: FittedEncoder, ...inputs: InputColumn[]): Promise<Matrix> {
  return runToEnd(encode(encoder, await prepare(...inputs)));
}

const sparseRow = (matrix: Matrix, row: number): [number, number][] =>
  Array.from(matrix.ids.subarray(matrix.offsets[row], matrix.offsets[row + 1]), (id, i) => [
    id,
    matrix.weights[matrix.offsets[row] + i],
  ]);
const denseRow = (matrix: Matrix, row: number) =>
  Array.from(matrix.dense.subarray(row * matrix.denseWidth, (row + 1) * matrix.denseWidth));

describe("a numeric column", () => {
  it("is standardised by the training rows, a missing value is the median with a flag", async () => {
    const train = input("numeric", number([1, 2, 3, 4, Number.NaN]));
    const encoder = await fitted(train);
    expect(encoder.columns[0]).toMatchObject({ fill: 3, mean: 2.6, flag: true });
    const matrix = await matrixOf(encoder, train);
    const deviation = Math.sqrt((1.6 ** 2 + 0.6 ** 2 + 0.4 ** 2 + 1.4 ** 2 + 0.4 ** 2) / 5);
    expect(denseRow(matrix, 0)[0]).toBeCloseTo((0.3 * -1.6) / deviation, 6);
    expect(denseRow(matrix, 0)[1]).toBe(0);
    expect(denseRow(matrix, 4)[0]).toBeCloseTo((0.3 * 0.4) / deviation, 6);
    expect(denseRow(matrix, 4)[1]).toBeCloseTo(0.3, 6);
  });

  it("falls into quantile bins, and into a bin of its own when missing, also if training had no missing value", async () => {
    const encoder = await fitted(input("numeric", number(Array.from({ length: 100 }, (_, i) => i))));
    expect(encoder.columns[0]).toMatchObject({ edges: [25, 50, 75], flag: false });
    const matrix = await matrixOf(encoder, input("numeric", number([-5, 24, 25, 99, 1000, Number.NaN])));
    expect([0, 1, 2, 3, 4, 5].map((row) => sparseRow(matrix, row)[0][0])).toEqual([0, 0, 1, 3, 3, 4]);
    expect(widthsOf(encoder)).toEqual({ sparse: 5, dense: 1 });
  });

  it("gives each of a few values its own bin", async () => {
    const encoder = await fitted(input("numeric", number([1, 1, 1, 1, 1, 1, 1, 7, 2])));
    expect(encoder.columns[0]).toMatchObject({ edges: [1.5, 4.5] });
  });

  it("takes infinities for the largest and smallest values, and clips", async () => {
    const encoder = await fitted(input("numeric", number([0, 1, 2, 3, Number.POSITIVE_INFINITY])));
    const matrix = await matrixOf(encoder, input("numeric", number([Number.NEGATIVE_INFINITY, 1e300])));
    expect(denseRow(matrix, 0)[0]).toBeCloseTo(-1.5, 6);
    expect(denseRow(matrix, 1)[0]).toBeCloseTo(1.5, 6);
    expect(matrix.weights.every(Number.isFinite)).toBe(true);
  });

  it("survives numbers as large as doubles go", async () => {
    const huge = input("numeric", number([-1.7e308, 1.7e308, 0, 1]));
    const matrix = await matrixOf(await fitted(huge), huge);
    expect(matrix.dense.every(Number.isFinite)).toBe(true);
  });

  it("is read from text that holds numbers; a little other text is missing, much is a fault", async () => {
    const mostly = string([...Array.from({ length: 19 }, (_, i) => ` ${i} `), "n/a", null]);
    const [prepared] = await prepare(input("numeric", mostly));
    expect(prepared.as === "numeric" && Array.from(prepared.values.slice(17))).toEqual([
      17,
      18,
      Number.NaN,
      Number.NaN,
    ]);
    await expect(prepare(input("numeric", string(["12", "twelve"]), "price"))).rejects.toMatchObject({
      code: "learner-input",
      message: 'Cannot read "price" as numbers: row 2 holds "twelve"',
    });
  });
});

describe("a categorical column", () => {
  it("is one-hot over the most frequent categories, then other, then missing", async () => {
    const train = input("categorical", string(["b", "a", "a", "c", "c", "c", "d", null]));
    const encoder = await fitted(train);
    expect(encoder.columns[0]).toMatchObject({ categories: ["c", "a", "b"] });
    const matrix = await matrixOf(encoder, input("categorical", string(["a", "c", "d", "never seen", null])));
    expect([0, 1, 2, 3, 4].map((row) => sparseRow(matrix, row)[0][0])).toEqual([1, 0, 3, 3, 4]);
  });

  it("of 10,000 categories keeps to its cap", async () => {
    const many = string(Array.from({ length: 20_000 }, (_, i) => `c${i % 10_000}`));
    expect(widthsOf(await fitted(input("categorical", many)))).toEqual({ sparse: 5, dense: 0 });
  });

  it("of ids, each in one row only, is left out; so is one with a single category", async () => {
    const ids = await fitted(input("categorical", string(Array.from({ length: 200 }, (_, i) => `id-${i}`)), "sku"));
    expect(ids.columns[0]).toMatchObject({ kind: "unused", name: "sku" });
    const constant = await fitted(input("categorical", string(["a", "a"])));
    expect(constant.columns[0].kind).toBe("unused");
  });
});

describe("a text column", () => {
  it("is TF-IDF of word 1-2-grams and character 2-4-grams, each sort of unit length", async () => {
    const train = input("text", string(["red fox", "red cat"]));
    const encoder = await fitted(train);
    const column = encoder.columns[0];
    if (column.kind !== "text") throw new Error("not text");
    // red, fox, cat, "red fox", "red cat"; char grams of " red ": 4 + 3 + 2 shared, 9 - 0 each for fox and cat
    expect(column.words.buckets.length).toBe(5);
    expect([...column.words.texts].sort()).toEqual([1, 1, 1, 1, 2]);
    expect(column.chars.buckets.length).toBe(27);
    const matrix = await matrixOf(encoder, train);
    const words = sparseRow(matrix, 0).filter(([id]) => id < 5);
    const idf = { shared: 1, own: Math.log(3 / 2) + 1 };
    const length = Math.sqrt(idf.shared ** 2 + 2 * idf.own ** 2);
    const weights = words.map(([, weight]) => weight).sort();
    expect(weights[0]).toBeCloseTo(idf.shared / length, 6);
    expect(weights[1]).toBeCloseTo(idf.own / length, 6);
    const chars = sparseRow(matrix, 0).filter(([id]) => id >= 5);
    expect(chars.reduce((total, [, weight]) => total + weight * weight, 0)).toBeCloseTo(1, 6);
  });

  it("knows no gram that training did not hold, folds case and width, and reads any script", async () => {
    const encoder = await fitted(input("text", string(["École 東京 x", "другой"])));
    const matrix = await matrixOf(encoder, input("text", string(["ÉCOLE", "zzzz", "東京", null, "ДРУГОЙ", "ｘ"])));
    const counts = [0, 1, 2, 3, 4, 5].map((row) => sparseRow(matrix, row).length);
    expect(counts[1]).toBe(0);
    expect(counts[3]).toBe(0);
    for (const row of [0, 2, 4, 5]) expect(counts[row]).toBeGreaterThan(2);
  });

  it("drops grams of too few texts, and is left out when nothing stays", async () => {
    const columns = await prepare(input("text", string(["a b", "a c", "a d"])));
    const [column] = runToEnd(fitEncoder(columns, { ...OPTIONS, leastTexts: 2 })).columns;
    expect(column.kind === "text" && column.words.buckets.length).toBe(1);
    const empty = await fitted(input("text", string(["", null, "   "])));
    expect(empty.columns[0].kind).toBe("unused");
  });

  it("leaves out character grams of long texts, and pairs of words of longer ones", () => {
    const counts = (limits: { chars: number; pairs: number }) => {
      const fitted = runToEnd(fitText("t", ["red fox runs", "red cat"], { bits: 12, leastTexts: 1 }, limits));
      return [fitted?.words.buckets.length, fitted?.chars.buckets.length];
    };
    expect(counts({ chars: 100, pairs: 200 })[1]).toBeGreaterThan(20);
    expect(counts({ chars: 10, pairs: 200 })).toEqual([7, 0]);
    expect(counts({ chars: 5, pairs: 10 })).toEqual([4, 0]);
  });

  it("keeps its hash: these buckets are in every sidecar that ships", async () => {
    const [column] = (await fitted(input("text", string(["red fox", "red cat"])))).columns;
    expect(column.kind === "text" && column.words.buckets).toEqual(GOLDEN_WORDS);
  });
});

const GOLDEN_WORDS = [1448, 1693, 2782, 2852, 3740];

function picture(colour: (x: number, y: number) => [number, number, number, number]): Uint8Array {
  const data = new Uint8Array(32 * 32 * 4);
  for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) data.set(colour(x, y), (y * 32 + x) * 4);
  return encodePng({ width: 32, height: 32, data, channels: 4 });
}

const RED = picture(() => [255, 0, 0, 255]);
const LEFT_BLACK = picture((x) => (x < 16 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
const TOP_BLACK = picture((_, y) => (y < 16 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
const bytes = (values: (Uint8Array | null)[]): Column => ({ kind: "bytes", name: "x", values });

describe("an image column", () => {
  it("is colours, alpha, gradients and a histogram, standardised; a missing picture is the mean with a flag", async () => {
    const train = input("image", bytes([RED, LEFT_BLACK, TOP_BLACK, null]));
    const encoder = await fitted(train);
    expect(widthsOf(encoder)).toEqual({ sparse: 0, dense: IMAGE_FEATURES + 1 });
    const matrix = await matrixOf(encoder, train);
    const missing = denseRow(matrix, 3);
    expect(missing[IMAGE_FEATURES]).toBe(1);
    expect(missing.slice(0, IMAGE_FEATURES).every((value) => value === 0)).toBe(true);
    // Colours are the first 192: the left edge is dark in one picture and the right edge is not.
    const left = denseRow(matrix, 1);
    expect(left[0]).toBeLessThan(0);
    expect(left[7 * 3 + 1]).toBeGreaterThan(0);
  });

  it("tells upright from level edges by their gradients", async () => {
    const encoder = await fitted(input("image", bytes([LEFT_BLACK, TOP_BLACK])));
    const matrix = await matrixOf(encoder, input("image", bytes([LEFT_BLACK, TOP_BLACK])));
    const gradients = (row: number) => denseRow(matrix, row).slice(256, 400);
    const upright = gradients(0);
    expect(upright.some((value) => value > 0)).toBe(true);
    gradients(1).forEach((value, i) => {
      expect(value).toBeCloseTo(-upright[i], 5);
    });
  });

  it("describes a repeated picture once and alike in every row", async () => {
    const [column] = await prepare(input("image", bytes([RED, LEFT_BLACK, RED.slice(), null, LEFT_BLACK.slice()])));
    if (column.as !== "picture") throw new Error("not pictures");
    expect(Array.from(column.index)).toEqual([0, 1, 0, -1, 1]);
    expect(column.store.count).toBe(2);
  });

  it("names the row of a damaged picture", async () => {
    const damaged = input("image", bytes([RED, RED.slice(0, 50)]), "photo");
    await expect(prepare(damaged)).rejects.toThrow('(row 2 of "photo")');
  });
});

describe("a vector column", () => {
  const vectors = (values: (number[] | null)[]): Column => ({
    kind: "vector",
    name: "x",
    values: values.map((value) => value && Float32Array.from(value)),
  });

  it("is standardised and scaled as one block; a constant entry says nothing", async () => {
    const train = input(
      "vector",
      vectors([
        [1, 5],
        [3, 5],
      ]),
    );
    const matrix = await matrixOf(await fitted(train), train);
    expect(denseRow(matrix, 0)).toEqual([Math.fround(-1 / Math.sqrt(2)), 0]);
    expect(denseRow(matrix, 1)).toEqual([Math.fround(1 / Math.sqrt(2)), 0]);
  });

  it("of uneven lengths or without numbers is a fault with the row", async () => {
    await expect(fitted(input("vector", vectors([[1], [1, 2]]), "v"))).rejects.toThrow(
      "row 2 has 2 numbers, others have 1",
    );
    await expect(fitted(input("vector", vectors([[1], [Number.NaN]]), "v"))).rejects.toThrow("row 2 holds NaN");
    const all = await fitted(input("vector", vectors([null, null]), "v"));
    expect(all.columns[0].kind).toBe("unused");
  });
});

describe("the encoder", () => {
  const train = [
    input("numeric", number([1, 2, Number.NaN]), "price"),
    input("categorical", string(["a", "b", "b"]), "brand"),
    input("text", string(["one", "two", "three"]), "title"),
    input("image", bytes([RED, LEFT_BLACK, TOP_BLACK]), "photo"),
  ];

  it("is plain data: after JSON it encodes to the same numbers", async () => {
    const encoder = await fitted(...train);
    const again = JSON.parse(JSON.stringify(encoder)) as FittedEncoder;
    expect(await matrixOf(again, ...train)).toEqual(await matrixOf(encoder, ...train));
  });

  it("gives every column ids and places of its own", async () => {
    const matrix = await matrixOf(await fitted(...train), ...train);
    for (let row = 0; row < 3; row++) {
      const ids = sparseRow(matrix, row).map(([id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(Math.max(...ids)).toBeLessThan(matrix.sparseWidth);
    }
    expect(matrix.dense.length).toBe(3 * matrix.denseWidth);
  });

  it("wants the columns that it was fitted on", async () => {
    const encoder = await fitted(...train);
    const renamed = [input("numeric", number([1]), "prise"), ...train.slice(1)];
    await expect(matrixOf(encoder, ...renamed.slice(0, 1))).rejects.toMatchObject({
      message: 'Cannot encode: the column "price" that was there in training is missing',
      hint: 'Did you mean "prise"?',
    });
    await expect(matrixOf(encoder, ...renamed)).rejects.toThrow('"brand": it has 3 rows, "prise" has 1');
    const other = [input("categorical", string(["1", "2", "3"]), "price"), ...train.slice(1)];
    await expect(matrixOf(encoder, ...other)).rejects.toThrow(
      '"price": it was numeric in training and is categorical now',
    );
  });

  it("refuses columns of the wrong kind by name", async () => {
    await expect(prepare(input("image", string(["x"]), "photo"))).rejects.toThrow(
      '"photo" as image: it holds string values',
    );
    await expect(prepare(input("text", bytes([RED]), "title"))).rejects.toThrow(
      '"title" as text: it holds bytes values',
    );
    await expect(prepare(input("vector", number([1]), "v"))).rejects.toThrow("not an array of numbers");
  });
});
