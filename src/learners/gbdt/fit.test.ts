import { describe, expect, it } from "vitest";
import { createRandom, Fault, hashOf } from "../../base";
import type { Feature, FeatureTable } from "../feature-table";
import { runToEnd } from "../steps";
import { fitGbdt } from "./fit";
import type { GbdtModel } from "./model";
import { type GbdtOptions, gbdtDefaults } from "./options";
import { predictGbdt } from "./predict";

const OPTIONS: GbdtOptions = { rounds: 30, leaves: 8, rate: 0.3, leastRows: 5, l2: 0, bins: 64, seed: 1 };

const numbers = (name: string, values: ArrayLike<number>): Feature => ({
  kind: "number",
  name,
  values: Float32Array.from(values),
});

const train = (table: FeatureTable, labels: Int32Array, classes: number, part: Partial<GbdtOptions> = {}): GbdtModel =>
  runToEnd(fitGbdt(table, labels, classes, { ...OPTIONS, ...part }));

const predict = (model: GbdtModel, table: FeatureTable): Float64Array => runToEnd(predictGbdt(model, table));

/** The share of rows whose likeliest class is the label. */
function accuracy(probabilities: Float64Array, labels: Int32Array): number {
  const classes = probabilities.length / labels.length;
  let right = 0;
  for (const [row, label] of labels.entries()) {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    if (own.every((value) => value <= own[label])) right++;
  }
  return right / labels.length;
}

/** Points in a plane with the label of their quadrant, coloured; some values are missing. */
function quadrants(rows: number, classes: number, seed: number, missing = 0) {
  const random = createRandom(seed);
  const draw = () => Float32Array.from({ length: rows }, () => random() * 2 - 1);
  const [x, y] = [draw(), draw()];
  const labels = Int32Array.from(
    x,
    (value, row) => ((value > 0 ? 1 : 0) ^ (y[row] > 0 ? 1 : 0)) + (x[row] > 0.5 ? 2 : 0),
  );
  for (const column of [x, y]) for (let row = 0; row < rows; row++) if (random() < missing) column[row] = NaN;
  const codes = Int32Array.from({ length: rows }, () => Math.floor(random() * 12) - 1);
  const colour: Feature = { kind: "category", name: "colour", codes, categories: 11 };
  return {
    table: { rows, features: [numbers("x", x), numbers("y", y), colour] },
    labels: labels.map((label) => label % classes),
  };
}

describe("gbdt", () => {
  it.each([2, 4])("learns what no single feature tells, exclusive or, for %i classes", (classes) => {
    const known = quadrants(2000, classes, 1);
    const test = quadrants(500, classes, 2);
    expect(accuracy(predict(train(known.table, known.labels, classes), test.table), test.labels)).toBeGreaterThan(0.96);
  });

  it("learns many classes from a few of the rows for each", () => {
    const random = createRandom(3);
    const rows = 4000;
    const x = Float32Array.from({ length: rows }, () => random());
    const y = Float32Array.from({ length: rows }, () => random());
    const labels = Int32Array.from(x, (value, row) => Math.floor(value * 5) * 5 + Math.floor(y[row] * 5));
    const table = { rows, features: [numbers("x", x), numbers("y", y)] };
    expect(accuracy(predict(train(table, labels, 25), table), labels)).toBeGreaterThan(0.97);
  });

  it("learns from what is missing", () => {
    const random = createRandom(4);
    const values = Float32Array.from({ length: 400 }, () => (random() < 0.5 ? NaN : random()));
    const labels = Int32Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
    const table = { rows: 400, features: [numbers("x", values)] };
    expect(accuracy(predict(train(table, labels, 2), table), labels)).toBe(1);
  });

  it("is the same under a rising transformation of a number", () => {
    const { table, labels } = quadrants(800, 2, 5, 0.1);
    const bent = table.features.map((feature) =>
      feature.kind === "number"
        ? numbers(
            feature.name,
            feature.values.map((v) => v * 1000 + v * v * v),
          )
        : feature,
    );
    const part = { bins: 255 };
    const straight = predict(train(table, labels, 2, part), table);
    expect(predict(train({ ...table, features: bent }, labels, 2, part), { ...table, features: bent })).toEqual(
      straight,
    );
  });

  it("predicts what a walk down each tree adds up to", () => {
    const { table, labels } = quadrants(700, 4, 6, 0.1);
    const model = train(table, labels, 4);
    const probabilities = predict(model, table);
    const { trees } = model;
    for (let row = 0; row < 40; row++) {
      const scores = Array.from(model.base);
      for (let tree = 0; tree + 1 < trees.starts.length; tree++) {
        let node = trees.starts[tree];
        while (trees.left[node] > 0) {
          node = trees.starts[tree] + trees.left[node] + (goesLeft(model, node, table, row) ? 0 : 1);
        }
        scores[tree % 4] = Math.fround(scores[tree % 4] + trees.value[node]);
      }
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      for (let k = 0; k < 4; k++) expect(probabilities[row * 4 + k]).toBeCloseTo(Math.exp(scores[k]) / total, 12);
    }
  });

  it("predicts any number of rows alike, alone or among others", () => {
    const { table, labels } = quadrants(700, 2, 7, 0.1);
    const model = train(table, labels, 2);
    const many = predict(model, quadrants(20_000, 2, 8, 0.1).table);
    const few = quadrants(20_000, 2, 8, 0.1).table;
    const start = 8190;
    const cut = few.features.map((feature): Feature => {
      const to = start + 13;
      if (feature.kind === "number") return { ...feature, values: feature.values.slice(start, to) };
      return { ...feature, codes: feature.codes.slice(start, to) };
    });
    expect(predict(model, { rows: 13, features: cut })).toEqual(many.slice(start * 2, (start + 13) * 2));
    const none = few.features.map(
      (f): Feature => (f.kind === "number" ? numbers(f.name, []) : { ...f, codes: new Int32Array(0) }),
    );
    expect(predict(model, { rows: 0, features: none }).length).toBe(0);
  });

  it("makes probabilities that sum to one", () => {
    const { table, labels } = quadrants(500, 4, 9);
    const probabilities = predict(train(table, labels, 4, { rounds: 200 }), table);
    for (let row = 0; row < 500; row++) {
      const own = probabilities.subarray(row * 4, row * 4 + 4);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    }
  });

  it("reports a rising share of the work, in small steps", () => {
    const { table, labels } = quadrants(20_000, 4, 10);
    const steps: number[] = [];
    for (const share of fitGbdt(table, labels, 4, OPTIONS)) steps.push(share);
    expect(steps.length).toBeGreaterThan(100);
    expect(steps.every((share, i) => i === 0 || share >= steps[i - 1])).toBe(true);
    expect(steps[steps.length - 1]).toBeLessThanOrEqual(1);
  });
});

function goesLeft({ trees, features }: GbdtModel, node: number, table: FeatureTable, row: number): boolean {
  const index = trees.feature[node];
  const feature = table.features[index];
  const fitted = features[index];
  if (feature.kind === "category" && fitted.kind === "category") {
    const bin = fitted.bins[feature.codes[row]] ?? 0;
    return ((trees.sets[trees.set[node] * 32 + (bin >> 3)] >> (bin & 7)) & 1) === 1;
  }
  if (feature.kind !== "number" || fitted.kind !== "number") throw new Error("kinds differ");
  const value = feature.values[row];
  return Number.isNaN(value) ? trees.missingLeft[node] === 1 : value <= (fitted.edges[trees.bin[node] - 1] ?? Infinity);
}

describe("early stopping", () => {
  const { table, labels } = quadrants(1500, 2, 11);
  const random = createRandom(12);
  const noisy = labels.map((label) => (random() < 0.3 ? 1 - label : label));
  const stop = { share: 0.2, patience: 10 };

  it("keeps the rounds up to the best, which are those of a fit that ends there", () => {
    const model = train(table, noisy, 2, { rounds: 200, stop });
    expect(model.rounds).toBeGreaterThan(2);
    expect(model.rounds).toBeLessThan(100);
    const ended = train(table, noisy, 2, { rounds: model.rounds, stop });
    expect(ended).toEqual(model);
    const patient = train(table, noisy, 2, { rounds: model.rounds + 9, stop: { ...stop, patience: 1000 } });
    expect(patient).toEqual(model);
  });

  it("keeps no tree where there is nothing to learn", () => {
    const shuffled = Int32Array.from({ length: 1500 }, () => (random() < 0.5 ? 1 : 0));
    expect(train(table, shuffled, 2, { rounds: 200, stop, rate: 1 }).rounds).toBeLessThan(5);
  });

  it("holds out rows of each class, and does not train on them", () => {
    const model = train(table, noisy, 2, { rounds: 3, leaves: 2, stop: { share: 0.5, patience: 5 } });
    expect(model.trees).not.toEqual(train(table, noisy, 2, { rounds: 3, leaves: 2 }).trees);
  });
});

describe("the seed", () => {
  const { table, labels } = quadrants(1000, 4, 13, 0.1);
  const drawn = { rowShare: 0.5, featureShare: 0.7, stop: { share: 0.1, patience: 50 } };

  it("decides everything that is drawn", () => {
    expect(train(table, labels, 4, { ...drawn, seed: 7 })).toEqual(train(table, labels, 4, { ...drawn, seed: 7 }));
    expect(train(table, labels, 4, { ...drawn, seed: 7 }).trees).not.toEqual(
      train(table, labels, 4, { ...drawn, seed: 8 }).trees,
    );
  });

  it("decides nothing where nothing is drawn", () => {
    expect(train(table, labels, 4, { rowShare: 1, seed: 7 })).toEqual(
      train(table, labels, 4, { rowShare: 1, seed: 8 }),
    );
  });

  it("gives this very model on every engine", () => {
    const model = train(table, labels, 4, drawn);
    const bytes = [model.base, ...Object.values(model.trees)].map((array) => hashOf(new Uint8Array(array.buffer)));
    expect(hashOf(bytes.join())).toBe("ccb6b7abedb65bff2cd04944acba4dac86215af4236ebd932f4ae96fbfd9e44c");
    expect(hashOf(new Uint8Array(predict(model, table).buffer))).toBe(
      "94666e00549502cc7303185d283a60e65827a57a065eefb098007f451d48b063",
    );
  });
});

describe("the defaults", () => {
  it.each([
    [60, 3],
    [1200, 4],
    [6000, 2],
  ])("for %i rows of %i classes are taken, and learn", (rows, classes) => {
    const known = quadrants(rows, classes, 15);
    const model = train(known.table, known.labels, classes, gbdtDefaults(rows, classes));
    const fresh = quadrants(500, classes, 16);
    expect(accuracy(predict(model, fresh.table), fresh.labels)).toBeGreaterThan(rows < 100 ? 0.5 : 0.93);
  });

  it("bound the trees of many classes", () => {
    expect(gbdtDefaults(50_000, 1000).rounds).toBe(100);
    expect(gbdtDefaults(50_000, 50).rounds).toBe(200);
  });
});

describe("odd data", () => {
  const spread = numbers(
    "x",
    Float32Array.from({ length: 60 }, (_, row) => row),
  );

  it("a constant and an empty feature are never asked for", () => {
    const table = {
      rows: 60,
      features: [
        numbers("same", new Float32Array(60).fill(3)),
        numbers("none", new Float32Array(60).fill(NaN)),
        spread,
      ],
    };
    const labels = Int32Array.from({ length: 60 }, (_, row) => (row < 30 ? 0 : 1));
    const model = train(table, labels, 2);
    expect([...model.importance].map((gain) => gain > 0)).toEqual([false, false, true]);
    expect(accuracy(predict(model, table), labels)).toBe(1);
  });

  it("features that tell nothing leave the class shares", () => {
    const table = { rows: 60, features: [numbers("same", new Float32Array(60).fill(3))] };
    const labels = Int32Array.from({ length: 60 }, (_, row) => (row < 15 ? 0 : row < 30 ? 1 : 2));
    const model = train(table, labels, 3);
    expect(model.rounds).toBe(0);
    expect(predict(model, table)[2]).toBeCloseTo(31 / 63, 6);
  });

  it("a class without training rows keeps a small probability", () => {
    const labels = Int32Array.from({ length: 60 }, (_, row) => (row < 30 ? 0 : 2));
    const probabilities = predict(train({ rows: 60, features: [spread] }, labels, 3), { rows: 60, features: [spread] });
    for (let row = 0; row < 60; row++) {
      expect(probabilities[row * 3 + 1]).toBeGreaterThan(0);
      expect(probabilities[row * 3 + 1]).toBeLessThan(0.05);
    }
  });

  it("one row a class, and more classes than rows, are fitted", () => {
    const table = { rows: 5, features: [numbers("x", [1, 2, 3, 4, 5])] };
    const labels = Int32Array.of(0, 1, 2, 3, 4);
    expect(accuracy(predict(train(table, labels, 5, { leastRows: 1 }), table), labels)).toBe(1);
    const probabilities = predict(
      train(
        table,
        labels.map((label) => label * 2),
        40,
        { leastRows: 1 },
      ),
      table,
    );
    expect(probabilities.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it("a class of one row is not held out", () => {
    const labels = Int32Array.from({ length: 60 }, (_, row) => (row === 59 ? 2 : row < 30 ? 0 : 1));
    const table = { rows: 60, features: [spread] };
    const model = train(table, labels, 3, { leastRows: 1, stop: { share: 0.5, patience: 50 } });
    expect(predict(model, table)[59 * 3 + 2]).toBeGreaterThan(0.1);
  });

  it("one row is fitted", () => {
    const table = { rows: 1, features: [numbers("x", [1])] };
    expect([...predict(train(table, Int32Array.of(1), 2), table)]).toEqual([
      expect.closeTo(1 / 3, 6),
      expect.closeTo(2 / 3, 6),
    ]);
  });

  it("infinities are values at the ends", () => {
    const values = Float32Array.from({ length: 90 }, (_, row) => [-Infinity, 0, Infinity][row % 3]);
    const labels = Int32Array.from({ length: 90 }, (_, row) => row % 3);
    const table = { rows: 90, features: [numbers("x", values)] };
    const model = train(table, labels, 3);
    expect(accuracy(predict(model, table), labels)).toBe(1);
    const finite = { rows: 2, features: [numbers("x", [3e38, -3e38])] };
    expect(accuracy(predict(model, finite), Int32Array.of(1, 1))).toBe(1);
  });

  it("the same label in every row is learnt", () => {
    const probabilities = predict(train({ rows: 60, features: [spread] }, new Int32Array(60), 2), {
      rows: 60,
      features: [spread],
    });
    expect(probabilities[0]).toBeGreaterThan(0.95);
  });

  it("hundreds of features and of categories are taken", () => {
    const random = createRandom(14);
    const features: Feature[] = Array.from({ length: 130 }, (_, i) =>
      numbers(
        `f${i}`,
        Float32Array.from({ length: 300 }, () => random()),
      ),
    );
    const codes = Int32Array.from({ length: 300 }, (_, row) => row);
    features.push({ kind: "category", name: "id", codes, categories: 300 });
    const last = features[129];
    const labels = Int32Array.from(last.kind === "number" ? last.values : [], (value) => (value > 0.6 ? 1 : 0));
    const model = train({ rows: 300, features }, labels, 2);
    expect(accuracy(predict(model, { rows: 300, features }), labels)).toBe(1);
    expect(model.importance.indexOf(Math.max(...model.importance))).toBe(129);
  });
});

describe("bad input is refused, with the way out", () => {
  const table: FeatureTable = { rows: 3, features: [numbers("x", [1, 2, 3])] };
  const labels = Int32Array.of(0, 1, 1);
  const refusal = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof Fault && error.code === "learner-input") return error.message;
      throw error;
    }
    return "taken";
  };

  it.each<[string, Partial<GbdtOptions>]>([
    ["leaves is 1", { leaves: 1 }],
    ["leaves is 129", { leaves: 129 }],
    ["bins is 256", { bins: 256 }],
    ["rate is NaN", { rate: NaN }],
    ["leastRows is 0", { leastRows: 0 }],
    ["rounds is 1.5, not a whole number", { rounds: 1.5 }],
    ["l2 is -1", { l2: -1 }],
    ["rowShare is 0", { rowShare: 0 }],
    ["stop.share is 1", { stop: { share: 1, patience: 5 } }],
    ["category.smooth is -1", { category: { smooth: -1, l2: 0, most: 1, leastRows: 1, stepRows: 1 } }],
  ])("%s", (message, part) => {
    expect(refusal(() => train(table, labels, 2, part))).toBe(`Cannot train: ${message}`);
  });

  it.each<[string, FeatureTable, Int32Array, number]>([
    ["Cannot train: there are no training rows", { rows: 0, features: [numbers("x", [])] }, new Int32Array(0), 2],
    ["Cannot train without features", { rows: 3, features: [] }, labels, 2],
    ["Cannot train: there are 1 classes, at least two are needed", table, labels, 1],
    ["Cannot train: 3 rows of features and 2 labels", table, labels.slice(1), 2],
    ["Cannot train: row 2 has the label 5, there are 3 classes", table, Int32Array.of(0, 5, 1), 3],
    ['Cannot use "y": it has 2 values for 3 rows', { rows: 3, features: [numbers("y", [1, 2])] }, labels, 2],
  ])("%s", (message, bad, own, classes) => {
    expect(refusal(() => train(bad, own, classes))).toBe(message);
  });

  it("other features than the model was fitted with", () => {
    const model = train(table, labels, 2);
    expect(refusal(() => predict(model, { rows: 1, features: [numbers("z", [1])] }))).toBe(
      'Cannot predict: feature 1 is the number "z", not the number "x"',
    );
    expect(refusal(() => predict(model, { rows: 1, features: [] }))).toBe(
      "Cannot predict: the model has 1 features, the rows have 0",
    );
  });
});
