import { describe, expect, it } from "vitest";
import type { SplitName } from "../../src/tasks";
import { checkMade, checkOrder, checkPairs, checkShares, checkSides } from "./checks";
import { draw } from "./draw";
import { layOut } from "./layout";
import { evenNegatives } from "./pairs";
import type { MatchRecord, Pair, Row, SampleTask } from "./task";
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

describe("a made task passes", () => {
  it("emoji-aisle and smart-home-type as they are", () => {
    checkMade(emojiAisle, { kind: "rows", rows: emoji });
    checkMade(smartHomeType, { kind: "rows", rows: products });
  });

  it("but not with its rows in the order of the source", () => {
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
  const limits = { shares, drift: 0.05 };

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
    checkPairs([{ left: a, right: b, label: 0 }]);
    expect(() => checkPairs([{ left: a, right: record("c", "test"), label: 0 }])).toThrow(
      /joins a of train and c of test/,
    );
    expect(() => checkPairs([{ left: a, right: a, label: 1 }])).toThrow(/with itself/);
    expect(() =>
      checkPairs([
        { left: a, right: b, label: 0 },
        { left: b, right: a, label: 0 },
      ]),
    ).toThrow(/there twice/);
  });

  it("join what is one thing within one group", () => {
    expect(() => checkPairs([{ left: a, right: b, label: 1 }])).toThrow(/a and b are one thing, .* groups a, b/);
    checkPairs([{ left: a, right: b, label: 0 }]);
  });

  it("have sides that tell nothing, where records are on both", () => {
    const pairs = Array.from({ length: 400 }, (_, i): Pair => {
      const [one, other] = [record(`x${i % 39}`), record(`y${i}`)];
      return i % 2 === 0 ? { left: one, right: other, label: 0 } : { left: other, right: one, label: 0 };
    });
    const chain = pairs.map(({ left, right }, i): Pair => ({ left, right, label: i % 4 < 2 ? 1 : 0 }));
    checkSides(chain);
    const fixed = chain.map(
      (pair): Pair =>
        pair.label === 1 && pair.left.key > pair.right.key ? { ...pair, left: pair.right, right: pair.left } : pair,
    );
    expect(() => checkSides(fixed)).toThrow(/sides of pairs labelled 1 .* in 100\.0 %/);
    // Two catalogues: no record is on both sides.
    checkSides(fixed.filter(({ left }) => left.key.startsWith("x")));
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
