import { expect, it } from "vitest";
import { createRandom } from "../../src/base";
import { score } from "../../src/scoring";
import { decodeLink, encodeLink } from "../../src/share";
import { type Case, inNode, lines, trees } from "./learner-cases";

/**
 * What `npm run bench` measures, small: costs that grow faster than they should. CPU seconds at n and at 8 n, the least of
 * some runs each: a square gives the exponent 2, n log n about 1.2, and a machine that is twice as slow half of the time
 * adds a third.
 */
const TIMES = 8;
const MOST = 1.6;
const RUNS = 2;

async function exponent(work: (size: number) => Promise<number>, size: number): Promise<number> {
  const least = async (n: number): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run++) best = Math.min(best, await work(n));
    return best;
  };
  await work(size); // so that it is compiled
  return Math.log((await least(TIMES * size)) / (await least(size))) / Math.log(TIMES);
}

/** CPU seconds of what `prepare` gives back, without the preparing. */
const timed =
  (prepare: (size: number) => () => unknown) =>
  async (size: number): Promise<number> => {
    const work = prepare(size);
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };

const fitted = (of: (rows: number) => Case) => async (rows: number) => {
  const one = of(rows);
  return (await inNode(one, one.make(rows * 1.2))).fit;
};

const scored = (rows: number) => {
  const random = createRandom("growth");
  const labels = Int32Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0));
  const probabilities = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? random() : 0));
  for (let row = 0; row < rows; row++) probabilities[2 * row] = 1 - probabilities[2 * row + 1];
  return () =>
    score({ labels, probabilities, classes: ["0", "1"], track: "matching" as const, metric: "f1" as const, seed: 1 });
};

const markdownOf = (characters: number): string => {
  const random = createRandom("words");
  let text = "";
  while (text.length < characters) text += `${Math.floor(random() * 1e5).toString(36)} select feature `;
  return text;
};

it.each([
  ["fitting gbdt, rows", fitted((rows) => trees(rows, 10, 3)), 800],
  ["fitting linear on texts, rows", fitted((rows) => lines(rows, 4)), 400],
  ["a matching score with its interval, rows", timed(scored), 1_000],
  [
    "packing a link, characters",
    timed((size) =>
      (
        (text) => () =>
          encodeLink({ markdown: text })
      )(markdownOf(size)),
    ),
    2_500,
  ],
  [
    "opening a link, characters",
    timed((size) =>
      (
        (link) => () =>
          decodeLink(link)
      )(encodeLink({ markdown: markdownOf(size) })),
    ),
    2_500,
  ],
] as const)("%s: the cost does not grow like a square", async (_, work, size) => {
  expect(await exponent(work, size)).toBeLessThan(MOST);
});
