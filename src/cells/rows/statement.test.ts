import { createRequire } from "node:module";
import type * as Blocking from "@duckdb/duckdb-wasm/blocking";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { createSession, type Session } from "../../data/session";
import { rowsOf, type Table, tableFromArrow } from "../../table";
import type { CellValue, ScoreEntry } from "../values";
import { pickedRows, pickName, type RowPick } from "./picks";
import { pickStatement } from "./statement";

type Score = Extract<CellValue, { kind: "score" }>;

// The real engine, in Node: what a click shows has to be what its SQL gives.
const require = createRequire(import.meta.url);
const never = new AbortController().signal;
const ROWS = 300;
const classes = ["food", "it's", 'a "b"'];
let session: Session;

const random = createRandom("statement");
const labels = Int32Array.from({ length: ROWS }, () => Math.floor(random() * 3));
const probabilities = new Float64Array(ROWS * 3);
for (let row = 0; row < ROWS; row++) {
  const raw = [random(), random(), random()].map((value, k) => value + (labels[row] === k ? 0.4 : 0));
  const sum = raw.reduce((a, b) => a + b, 0);
  raw.forEach((value, k) => {
    probabilities[row * 3 + k] = value / sum;
  });
}
const price = Float64Array.from({ length: ROWS }, () =>
  random() < 0.1 ? Number.NaN : Math.floor(random() * 1000) / 7,
);
const words = Array.from({ length: ROWS }, () =>
  random() < 0.1 ? null : ["Red lamp", "größe-Lamp", "plug"][Math.floor(random() * 3)],
);
const validation: Table = {
  rows: ROWS,
  columns: [
    { kind: "number", name: "price", values: price },
    { kind: "string", name: "words", values: words },
    { kind: "string", name: "other", values: words.map((word, row) => (row % 3 === 0 ? "plug" : word)) },
  ],
};

const text = (value: string | null): string => (value === null ? "null" : `'${value.replaceAll("'", "''")}'`);
const double = (value: number): string => (Number.isNaN(value) ? "null" : `${value.toExponential()}`);

beforeAll(async () => {
  const blocking: typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime } = require("@duckdb/duckdb-wasm/blocking");
  const eh = { mainModule: require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"), mainWorker: "" };
  const created = await blocking.createDuckDB({ mvp: eh, eh }, new blocking.VoidLogger(), blocking.NODE_RUNTIME);
  const bindings = await created.instantiate(() => {});
  session = createSession(bindings, () => new Promise((resolve) => setImmediate(resolve)));
  const own = Array.from({ length: ROWS }, (_, row) => {
    const probability = [0, 1, 2].map((k) => double(probabilities[row * 3 + k]));
    const best = [0, 1, 2].reduce((a, k) => (probabilities[row * 3 + k] > probabilities[row * 3 + a] ? k : a), 0);
    return {
      task: `('r${row}', ${double(price[row])}, ${text(words[row])}, ${text(row % 3 === 0 ? "plug" : words[row])})`,
      model: `('r${row}', 'validation', ${text(classes[labels[row]])}, ${text(classes[best])}, ${probability.join(", ")})`,
    };
  });
  await session.keep(
    "validation",
    `select * from (values ${own.map(({ task }) => task).join(", ")}) as t(id, price, words, other)`,
    [],
    never,
  );
  const columns = ["id", "split", "label", "prediction", ...classes.map((name) => `"p_${name.replaceAll('"', '""')}"`)];
  await session.keep(
    "trees",
    `select * from (values ${own.map(({ model }) => model).join(", ")}) as t(${columns.join(", ")})`,
    [],
    never,
  );
});

const score = { labels, classes } as unknown as Score;
const entry = { name: "trees", probabilities } as unknown as ScoreEntry;

const picks: RowPick[] = [
  { kind: "all" },
  { kind: "wrong" },
  { kind: "confusion", label: 0, prediction: 2 },
  { kind: "confusion", label: 1, prediction: 1 },
  { kind: "class", k: 1 },
  ...[5, 6, 7].map((bin): RowPick => ({ kind: "sure", low: bin / 15, high: (bin + 1) / 15 })),
  { kind: "from", k: 2, threshold: probabilities[2] },
  { kind: "slice", rule: { kind: "missing", column: "price" } },
  { kind: "slice", rule: { kind: "range", of: "value", column: "price", from: 20 / 7, below: 400 / 7 } },
  { kind: "slice", rule: { kind: "range", of: "length", column: "words", from: 5 } },
  { kind: "slice", rule: { kind: "number", column: "price", value: price.find((value) => !Number.isNaN(value)) ?? 0 } },
  { kind: "slice", rule: { kind: "value", column: "words", value: "Red lamp" } },
  { kind: "slice", rule: { kind: "word", column: "words", word: "größe" } },
  { kind: "slice", rule: { kind: "topic", column: "words", words: ["lamp", "red", "it's"] } },
  { kind: "slice", rule: { kind: "sides", column: "words", other: "other", how: "equal" } },
  { kind: "slice", rule: { kind: "sides", column: "words", other: "other", how: "one missing" } },
];

describe("the statement of a pick", () => {
  it.each(picks.map((pick) => [JSON.stringify(pick), pick] as const))(
    "gives the rows that are shown: %s",
    async (_, pick) => {
      const rows = pickedRows(pick, score, entry, () => validation);
      const sql = pickStatement(pick, { split: "validation", classes, entry });
      const answer = rowsOf(await tableFromArrow(await session.query(sql, ["validation", "trees"], never)));
      expect(rows.length).toBeGreaterThan(0);
      expect(answer.map((row) => row.id).sort()).toEqual(Array.from(rows, (row) => `r${row}`).sort());
      expect(Object.keys(answer[0])).toEqual(["id", "price", "words", "other"]);
      expect(pickName(pick, classes)).toMatch(/^slice_[a-z0-9_]+$/);
    },
  );

  it("declares matches where the score cell does, not where the model would", () => {
    const set = { name: "m", threshold: { value: 0.7, from: "cell" as const } };
    expect(pickStatement({ kind: "wrong" }, { split: "validation", classes: ["0", "1"], entry: set })).toContain(
      `(case when m."p_1" >= 0.7 then '1' else '0' end) <> m.label`,
    );
  });
});
