import { describe, expect, it } from "vitest";
import { createRandom } from "../base";
import type { Column } from "../table";
import type { Turns } from "./drive";
import type { FitRequest } from "./fit";
import type { InputColumn } from "./inputs";
import { runFitPredict } from "./serve";

const turns: Turns = { now: () => performance.now(), pause: () => new Promise((resolve) => setImmediate(resolve)) };
const run = (request: FitRequest) => runFitPredict(request, turns, {});

const number = (name: string, values: number[]): InputColumn => ({
  name,
  as: "numeric",
  column: { kind: "number", name, values: Float64Array.from(values) },
});
const string = (name: string, as: InputColumn["as"], values: (string | null)[]): InputColumn => ({
  name,
  as,
  column: { kind: "string", name, values },
});

/** Two classes told apart by a word, a third by a number. */
function request(part: Partial<FitRequest> = {}): FitRequest {
  const random = createRandom(3);
  const draw = (rows: number) => {
    const labels = Int32Array.from({ length: rows }, () => Math.floor(random() * 3));
    const titles = Array.from(labels, (label) => `${["apple", "pear", "pear"][label]} ${Math.floor(random() * 50)}`);
    const sizes = Array.from(labels, (label) => (label === 2 ? 10 : 0) + random());
    return { labels, columns: [string("title", "text", titles), number("size", sizes)] };
  };
  const train = draw(300);
  const validation = draw(60);
  return {
    learner: "linear",
    settings: {},
    seed: 1,
    classes: ["a", "b", "c"],
    labels: train.labels,
    train: train.columns,
    predict: { validation: validation.columns },
    pairs: false,
    metric: "accuracy",
    outOfFold: false,
    models: [],
    ...part,
  };
}

describe("fitPredict", () => {
  it("learns what the columns say, and reports what it did", async () => {
    const asked = request();
    const result = await run({ ...asked, predict: { train: asked.train, ...asked.predict } });
    const right = asked.labels.filter((label, row) => {
      const own = result.probabilities.train.subarray(row * 3, row * 3 + 3);
      return own[label] === Math.max(...own);
    });
    expect(right.length / 300).toBeGreaterThan(0.98);
    expect(result).toMatchObject({ classes: ["a", "b", "c"], rows: 300, notes: [] });
    expect(result.probabilities.validation.length).toBe(60 * 3);
    expect(result.features).toBeGreaterThan(20);
    expect(result.fitMs).toBeGreaterThan(0);
  });

  it("gives the same probabilities for the same seed, to the last bit", async () => {
    expect((await run(request())).probabilities).toEqual((await run(request())).probabilities);
  });

  it("reports progress that rises to the end", async () => {
    const seen: number[] = [];
    let clock = 0;
    const eager: Turns = { now: () => (clock += 50), pause: () => Promise.resolve() };
    await runFitPredict(request(), eager, { onProgress: ({ done }) => seen.push(done) });
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.every((done, i) => done >= 0 && done <= 1 && (i === 0 || done >= seen[i - 1]))).toBe(true);
    expect(seen[seen.length - 1]).toBeGreaterThan(0.9);
  });

  it("stops at the next pause when asked to", async () => {
    const stop = new AbortController();
    let clock = 0;
    let pauses = 0;
    const eager: Turns = {
      now: () => (clock += 50),
      pause: async () => {
        if (++pauses === 5) stop.abort();
      },
    };
    await expect(runFitPredict(request(), eager, { signal: stop.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(pauses).toBe(5);
  });

  it("majority predicts the training shares, with a small share for a class that training lacks", async () => {
    const asked = request({ learner: "majority", labels: Int32Array.from([0, 0, 1]), train: [] });
    const { probabilities, features } = await run(asked);
    // Single precision on the way, then scaled to a sum of one.
    const single = [3 / 6, 2 / 6, 1 / 6].map(Math.fround);
    const total = single.reduce((sum, share) => sum + share, 0);
    expect(Array.from(probabilities.validation.subarray(0, 3))).toEqual(
      single.map((share) => expect.closeTo(share / total, 12)),
    );
    expect(probabilities.validation.length).toBe(180);
    expect(features).toBe(0);
  });
});

describe("bad input", () => {
  const fault = (part: Partial<FitRequest>) =>
    run(request(part)).then(
      () => undefined,
      (error: Error) => error,
    );
  const rows = (count: number, value: number) => Int32Array.from({ length: count }, () => value);

  it.each<[string, Partial<FitRequest>, string]>([
    ["no rows", { labels: new Int32Array(0), train: [], predict: {} }, "there are no training rows"],
    ["one class in the rows", { labels: rows(300, 1) }, 'every training row has the label "b"'],
    ["one class in the task", { classes: ["a"], labels: rows(300, 0) }, "there are 1 classes"],
    ["a row without a label", { labels: Int32Array.from([0, -1, 1]) }, "row 2 has no label of the 3 classes"],
    ["no inputs", { train: [], predict: {} }, "Cannot train without inputs"],
    [
      "columns that are not as long as the labels",
      { labels: Int32Array.from([0, 1]) },
      "300 rows of features and 2 labels",
    ],
    [
      "columns of different lengths",
      { labels: Int32Array.from([0, 1]), train: [number("x", [1, 2]), number("y", [1])] },
      '"y": it has 1 rows, "x" has 2',
    ],
    [
      "constant and empty columns alone",
      { labels: Int32Array.from([0, 1]), train: [number("x", [1, 1]), string("s", "text", [null, null])] },
      'no column says anything about the rows ("x", "s")',
    ],
    [
      "text in a number",
      { labels: Int32Array.from([0, 1]), train: [string("x", "numeric", ["1", "one"])] },
      'Cannot read "x" as numbers: row 2 holds "one"',
    ],
    [
      "too many weights",
      { classes: Array.from({ length: 10_000_000 }, (_, k) => String(k)) },
      "do not fit into memory",
    ],
    ["an unknown learner", { learner: "liner" }, 'There is no learner "liner"'],
    ["an unknown setting", { settings: { epoch: 3 } }, 'The learner linear has no setting "epoch"'],
    ["a setting that is no number", { settings: { epochs: "many" } }, 'Cannot set epochs to "many"'],
    ["a setting out of its range", { settings: { l2: -1 } }, "Cannot set l2 to -1"],
    ["a fraction where a whole number belongs", { settings: { epochs: 1.5 } }, "Cannot set epochs to 1.5"],
    [
      "a split without a column",
      { predict: { test: [number("size", [1])] } },
      'the column "title" that was there in training is missing',
    ],
  ])("%s is a fault that names it", async (_, part, message) => {
    expect(await fault(part)).toMatchObject({ name: "Fault", message: expect.stringContaining(message) });
  });

  it("a misspelt setting or learner comes with the right one", async () => {
    expect(await fault({ settings: { epoch: 3 } })).toMatchObject({ hint: 'Did you mean "epochs"?' });
    expect(await fault({ learner: "liner" })).toMatchObject({ hint: 'Did you mean "linear"?' });
    expect(await fault({ learner: "majority", settings: { epochs: 3 } })).toMatchObject({
      hint: "It has no settings.",
    });
  });

  it("a constant, an all-missing and an id column beside a good one are left out with a note", async () => {
    const asked = request();
    const useless = (count: number) => [
      number(
        "constant",
        Array.from({ length: count }, () => 3),
      ),
      number(
        "missing",
        Array.from({ length: count }, () => Number.NaN),
      ),
      string(
        "id",
        "categorical",
        Array.from({ length: count }, (_, i) => `#${i}`),
      ),
    ];
    const result = await run({
      ...asked,
      train: [...asked.train, ...useless(300)],
      predict: { validation: [...asked.predict.validation, ...useless(60)] },
    });
    expect(result.notes.map((note) => note.split('"')[1])).toEqual(["constant", "missing", "id"]);
    expect(result.probabilities).toEqual((await run(asked)).probabilities);
  });

  it("a class only in validation, infinities and categories never seen are no fault", async () => {
    const result = await run({
      ...request(),
      labels: Int32Array.from([0, 1, 0, 1]),
      train: [
        number("x", [1, 2, Number.POSITIVE_INFINITY, Number.NaN]),
        string("c", "categorical", ["u", "v", "u", "v"]),
      ],
      predict: {
        validation: [number("x", [Number.NEGATIVE_INFINITY, Number.NaN]), string("c", "categorical", ["w", null])],
      },
    });
    const { validation } = result.probabilities;
    expect(validation.every((value) => value > 0 && value < 1)).toBe(true);
    expect(validation[0] + validation[1] + validation[2]).toBeCloseTo(1, 12);
    expect(validation[2]).toBeLessThan(0.2);
  });

  it("boolean features and numbers as categories are read", async () => {
    const flag: Column = { kind: "boolean", name: "flag", values: [true, false, true, false, null] };
    const code: Column = { kind: "number", name: "code", values: Float64Array.from([7, 8, 7, 8, Number.NaN]) };
    const columns: InputColumn[] = [
      { name: "flag", as: "numeric", column: flag },
      { name: "code", as: "categorical", column: code },
      { name: "words", as: "text", column: flag },
    ];
    const result = await run(
      request({ labels: Int32Array.from([0, 1, 0, 1, 0]), train: columns, predict: { train: columns } }),
    );
    expect(result.probabilities.train[0]).toBeGreaterThan(result.probabilities.train[3]);
    expect(result.notes).toEqual([]);
  });
});
