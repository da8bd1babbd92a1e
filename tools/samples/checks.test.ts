import { describe, expect, it } from "vitest";
import type { SplitName } from "../../src/tasks";
import { checkGroups, checkMade, checkOrder, checkPairs, checkShares } from "./checks";
import { draw } from "./draw";
import { layOut } from "./layout";
import { evenNegatives } from "./pairs";
import { stratifiedSplit } from "./split";
import type { Cell, MatchRecord, Pair, Row, SampleTask } from "./task";
import { task as emojiAisle } from "./tasks/emoji-aisle";
import { task as smartHomeType } from "./tasks/smart-home-type";

const shares = { train: 0.6, validation: 0.2, test: 0.2 };
const quiet = () => {};

function madeRows(task: SampleTask): Row[] {
  const made = task.make(quiet);
  if (made.kind !== "rows") throw new Error("not a classification task");
  return made.rows;
}

const emoji = madeRows(emojiAisle);
const products = madeRows(smartHomeType);

/** The task with one column more: what a careless generator would have shipped. */
function withColumn(
  name: string,
  modality: "text" | "numeric" | "categorical",
  value: (row: Row, place: number) => Cell,
) {
  const task = { ...emojiAisle, columns: [...emojiAisle.columns, { name, modality, description: "" }] };
  const rows = emoji.map((row, place) => ({ ...row, cells: { ...row.cells, [name]: value(row, place) } }));
  return () => checkMade(task, { kind: "rows", rows });
}

describe("a made task passes, and each shortcut that was measured is closed", () => {
  it("emoji-aisle and smart-home-type as they are", () => {
    checkMade(emojiAisle, { kind: "rows", rows: emoji });
    checkMade(smartHomeType, { kind: "rows", rows: products });
  });

  it("Unicode's order of the emoji, which follows the groups", () => {
    expect(withColumn("order", "numeric", (_, place) => place)).toThrow(
      /"order" alone gets \d+\.\d % .* gives the class away/,
    );
  });

  it("a rare kind named beside the row, as by subgroup", () => {
    expect(withColumn("subgroup", "categorical", (row) => `${row.label} ${row.key.length}`)).toThrow(
      /"subgroup" alone/,
    );
  });

  it("emoji split one by one: families lie on two sides", () => {
    const splitOf = stratifiedSplit(
      emoji.map(({ key, label }) => ({ group: key, label })),
      shares,
      "ungrouped",
    );
    const rows = emoji.map((row): Row => ({ ...row, split: splitOf.get(row.key) ?? "train" }));
    expect(() => checkGroups(rows)).toThrow(/The group ".*" lies in \w+ and in \w+/);
    expect(() =>
      checkMade(emojiAisle, { kind: "rows", rows: rows.map((row) => ({ ...row, group: row.key })) }),
    ).toThrow(/looks exactly like/);
  });

  it("products split one by one: white labels lie on two sides", () => {
    const splitOf = stratifiedSplit(
      products.map(({ key, label }) => ({ group: key, label })),
      shares,
      "ungrouped",
    );
    const rows = products.map((row): Row => ({ ...row, split: splitOf.get(row.key) ?? "train" }));
    const torn = new Set(rows.filter((row) => row.split !== splitOf.get(row.group)).map((row) => row.group));
    expect(torn.size).toBeGreaterThan(100);
    expect(() => checkGroups(rows)).toThrow(/lies in/);
  });

  it("rows in the order of the source", () => {
    const layout = layOut(emojiAisle, { kind: "rows", rows: emoji });
    checkOrder(layout);
    const sorted = [...layout.splits.train.rows].sort((a, b) => (String(a.at(-1)) < String(b.at(-1)) ? -1 : 1));
    expect(() => checkOrder({ splits: { ...layout.splits, train: { ...layout.splits.train, rows: sorted } } })).toThrow(
      /The order of train tells the class/,
    );
  });
});

describe("what every row has to keep", () => {
  const broken = (change: (row: Row) => Row) => () =>
    checkMade(emojiAisle, { kind: "rows", rows: emoji.map((row, i) => (i === 7 ? change(row) : row)) });

  it("a key of its own", () =>
    expect(broken((row) => ({ ...row, key: emoji[0].key }))).toThrow(/one id would stand for both/));
  it("missing as null, not as an empty text", () =>
    expect(broken((row) => ({ ...row, cells: { ...row.cells, name: "" } }))).toThrow(
      /"name" of .* is text and holds ""/,
    ));
  it("numbers that are numbers", () =>
    expect(broken((row) => ({ ...row, cells: { ...row.cells, paths: Number.NaN } }))).toThrow(
      /"paths" of .* is numeric/,
    ));
});

describe("the shares of splits and classes", () => {
  const rows = (counts: Record<SplitName, [number, number]>) =>
    Object.entries(counts).flatMap(([split, [a, b]]) => [
      ...Array.from({ length: a }, () => ({ split: split as SplitName, label: "a" })),
      ...Array.from({ length: b }, () => ({ split: split as SplitName, label: "b" })),
    ]);
  const limits = { shares, drift: 0.05, shortcut: 1 };

  it("may differ a little", () =>
    checkShares(rows({ train: [300, 300], validation: [98, 102], test: [102, 98] }), limits));
  it("may not drift", () =>
    expect(() => checkShares(rows({ train: [300, 300], validation: [120, 80], test: [100, 100] }), limits)).toThrow(
      /The class "a" drifts .* validation 60\.0 %/,
    ));
  it("may not lack a class", () =>
    expect(() => checkShares(rows({ train: [300, 300], validation: [200, 0], test: [100, 100] }), limits)).toThrow(
      /missing from a split|drifts/,
    ));
  it("may not be of another size than meant", () =>
    expect(() => checkShares(rows({ train: [200, 200], validation: [200, 200], test: [100, 100] }), limits)).toThrow(
      /train has 40\.0 % .* should have 60\.0 %/,
    ));
});

describe("pairs", () => {
  const record = (key: string, split: SplitName = "train"): MatchRecord => ({ key, group: key, split, cells: {} });
  const [a, b] = [record("a"), record("b")];

  it("join records of one split, each two once, none with itself", () => {
    checkPairs([{ left: a, right: b, label: 1 }]);
    expect(() => checkPairs([{ left: a, right: record("c", "test"), label: 0 }])).toThrow(
      /joins a of train and c of test/,
    );
    expect(() => checkPairs([{ left: a, right: a, label: 1 }])).toThrow(/with itself/);
    expect(() =>
      checkPairs([
        { left: a, right: b, label: 1 },
        { left: b, right: a, label: 0 },
      ]),
    ).toThrow(/there twice/);
  });

  it("keep one share of positives in every split when negatives are evened", () => {
    const pairs = (["train", "validation", "test"] as const).flatMap((split, s) =>
      Array.from({ length: 100 + 300 * s }, (_, i): Pair => {
        const [left, right] = [record(`${split} l${i}`, split), record(`${split} r${i}`, split)];
        return { left, right, label: i % (4 - s) === 0 ? 1 : 0 };
      }),
    );
    const share = (split: SplitName, of: Pair[]) => {
      const own = of.filter((pair) => pair.left.split === split);
      return own.filter((pair) => pair.label === 1).length / own.length;
    };
    expect(Math.abs(share("train", pairs) - share("test", pairs))).toBeGreaterThan(0.2);
    const even = evenNegatives(pairs, "test");
    for (const split of ["validation", "test"] as const)
      expect(share(split, even)).toBeCloseTo(share("train", even), 2);
    expect(even.filter((pair) => pair.label === 1).length).toBe(pairs.filter((pair) => pair.label === 1).length);
  });

  it("draws that decide a side are fair", () => {
    const heads = Array.from({ length: 2000 }, (_, i) => draw("fair", String(i))).filter((x) => x < 0.5).length;
    expect(Math.abs(heads - 1000)).toBeLessThan(100);
  });
});
