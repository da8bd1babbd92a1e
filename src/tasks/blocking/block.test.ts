import { describe, expect, it } from "vitest";
import { createRandom } from "../../base";
import { type BlockingAsk, blockPairs } from "./block";
import { byKey, likenessOf, sizeOf } from "./candidates";
import { entitiesOf, type Match, splitEntities } from "./entities";
import { keyOf, wordsOf } from "./words";

/** Two shops: the right one words its titles otherwise, and lacks a third of what the left has. */
function shops(count: number) {
  const random = createRandom(3);
  const makers = ["Sony", "Canon", "Bose", "Philips", "Apple"];
  const things = ["camera", "headphones", "speaker", "keyboard", "television", "turntable"];
  const models = Array.from({ length: count }, (_, i) => `${"abcdef"[i % 6]}${100 + Math.floor(random() * 900)}${i}`);
  const maker = (i: number): string => makers[i % 5];
  const thing = (i: number): string => things[(i * 7) % 6];
  const left = {
    title: models.map((model, i) => `${maker(i)} ${thing(i)} ${model}`),
    maker: models.map((_, i) => maker(i)),
  };
  const kept = models.flatMap((model, i) => (i % 3 === 2 ? [] : [{ model, i }]));
  const right = {
    title: kept.map(({ model, i }) => `${thing(i).toUpperCase()} by ${maker(i)}, black (${model.toUpperCase()})`),
    maker: kept.map(({ i }) => maker(i)),
  };
  return {
    left: [left.title, left.maker],
    right: [right.title, right.maker],
    columns: ["title", "maker"],
    matches: kept.map(({ i }, j): Match => [i, j]),
  };
}

const ask: BlockingAsk = { keys: [], texts: ["title"], top: 5, negatives: 3, seed: 1 };

describe("the words of a text", () => {
  it("are small, without accents and marks, each once; numbers count even when they are short", () => {
    expect(wordsOf("Café-Crème 5 café x, A7")).toEqual(["cafe", "creme", "5", "a7"]);
    expect(wordsOf(null)).toEqual([]);
    expect(keyOf(" Sony  Ltd. ")).toBe("sony ltd");
    expect(keyOf("—")).toBeUndefined();
  });
});

describe("candidates", () => {
  it("by a key are the pairs of equal values; a value that most share is skipped and counted", () => {
    const many = (value: string): string[] => new Array(100).fill(value);
    const { pairs, skipped } = byKey([...many("new"), "Sony", null], [...many("new"), "sony", "SONY!", null]);
    expect(skipped).toBe(1);
    expect([...pairs]).toEqual([[100, new Set([100, 101])]]);
  });

  it("by likeness: the nearest first, rare words counting more, and the score is the cosine", () => {
    const likeness = likenessOf([["red pump x100"]], [["red shoe", "red pump x200", "blue pump x100", "green hat"]]);
    expect(likeness.nearest(0, 10).map(({ right }) => right)).toEqual([2, 1, 0]);
    expect(likeness.nearest(0, 1)[0].score).toBeCloseTo(likeness.between(0, 2), 12);
    expect(likenessOf([["a1 b2"]], [["b2 a1"]]).between(0, 0)).toBeCloseTo(1, 12);
    expect(likenessOf([["a1"]], [["b2"]]).between(0, 0)).toBe(0);
  });
});

describe("entities", () => {
  it("are what matches join, also through others", () => {
    const { left, right, count } = entitiesOf(3, 3, [
      [0, 0],
      [1, 0],
      [1, 2],
    ]);
    expect([left[0], left[1], right[0], right[2]]).toEqual([0, 0, 0, 0]);
    expect(count).toBe(3);
  });

  it("are shared out by the seed, those with matches as those without", () => {
    const matches = Array.from({ length: 100 }, (_, i): Match => [i, i]);
    const entities = entitiesOf(300, 100, matches);
    const splits = splitEntities(entities, matches, 5);
    const inTest = (records: number[]): number => records.filter((i) => splits[entities.left[i]] === "test").length;
    expect(inTest(Array.from({ length: 100 }, (_, i) => i))).toBe(15);
    expect(inTest(Array.from({ length: 200 }, (_, i) => 100 + i))).toBe(30);
    expect(splitEntities(entities, matches, 5)).toEqual(splits);
    expect(splitEntities(entities, matches, 6)).not.toEqual(splits);
  });
});

describe("blocking", () => {
  it("tells how many of the known matches it finds, of how many possible pairs", () => {
    const { facts } = blockPairs(shops(300), ask);
    expect(facts.possible).toBe(300 * 200);
    expect(facts.matches).toBe(200);
    expect(facts.found).toBeGreaterThan(195);
    expect(facts.candidates).toBeLessThan(1600);
    const poor = blockPairs(shops(300), { ...ask, texts: [], keys: ["maker"] }).facts;
    expect(poor.found).toBe(200);
    expect(poor.candidates).toBe(12_000);
    expect(blockPairs(shops(300), { ...ask, keys: ["maker"] }).facts.ways).toHaveLength(2);
  });

  it("keeps every known match, and no record of one entity is in two splits", () => {
    const input = shops(300);
    const { pairs, facts } = blockPairs(input, ask);
    expect(pairs.filter(({ label }) => label === 1)).toHaveLength(200);
    const splitOf = new Map<string, string>();
    for (const { left, right, split } of pairs)
      for (const record of [`l${left}`, `r${right}`]) {
        expect(splitOf.get(record) ?? split, record).toBe(split);
        splitOf.set(record, split);
      }
    for (const { matches, others } of Object.values(facts.pairs)) expect(others).toBeLessThanOrEqual(matches * 3);
    expect(facts.negatives).toBe(pairs.filter(({ label }) => label === 0).length);
    expect(new Set(pairs.map(({ left, right }) => `${left} ${right}`)).size).toBe(pairs.length);
  });

  it("gives negatives that are harder than chance, spread over the records", () => {
    const input = shops(300);
    const { pairs } = blockPairs(input, { ...ask, negatives: 2 });
    const likeness = likenessOf([input.left[0]], [input.right[0]]);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const hard = pairs.filter(({ label }) => label === 0);
    const random = createRandom(9);
    const chance = hard.map(() => likeness.between(Math.floor(random() * 300), Math.floor(random() * 200)));
    expect(mean(hard.map(({ left, right }) => likeness.between(left, right)))).toBeGreaterThan(3 * mean(chance));
    expect(new Set(hard.map(({ left }) => left)).size).toBeGreaterThan(hard.length / 4);
  });

  it("is the same each time, whatever the order of the candidates", () => {
    expect(blockPairs(shops(200), ask)).toEqual(blockPairs(shops(200), ask));
    expect(sizeOf(new Map([[1, new Set([2, 3])]]))).toBe(2);
  });

  it("refuses what cannot make a task, with the way out", () => {
    expect(() => blockPairs({ ...shops(30), matches: [[0, 0]] }, ask)).toThrow("fewer than two known matches");
    expect(() => blockPairs(shops(30), { ...ask, texts: [] })).toThrow("Choose a column");
  });
});
