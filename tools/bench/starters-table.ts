import type { Part } from "./single-modality";

export interface Score {
  value: number;
  low: number;
  high: number;
}

/** What was measured of a task. */
export interface StarterResult {
  task: string;
  metric: string;
  rows: { train: number; validation: number };
  majority: Score;
  /** A linear model on one part of the columns alone. */
  parts: Partial<Record<Part, Score>>;
  /** The starter notebook's own model. */
  starter: Score;
  /** Its further metrics, for the reader of the JSON. */
  metrics: Record<string, number>;
  /** From opening the task to its rows lying in the engine. */
  openMs: number;
  /** The whole starter notebook, by its first run. */
  runMs: number;
  /** By their last run; a cell that waits for an engine counts its waiting. */
  cells: { name: string; tookMs: number }[];
  /** Processes that wanted a core meanwhile, by the system's mean of a minute: above the cores, times are too long. */
  load: number;
}

/**
 * The reference scores of data.md ("Ranked final suite"), quoted: other splits, other rows, measured in Python with random
 * forests and stacked models. Matching: F1 at a threshold chosen on validation; "trivial" calls every pair the same.
 */
const REFERENCE: Record<string, string> = {
  "emoji-aisle": ".19 / .71 / .61 / .59 / **.785**",
  "emoji-languages": ".50 / .68 / .73 / .67 / **.88**",
  "icon-styles": ".51 / .57 / .87 / .65 / **.91**",
  "icon-topic": ".08 / .80 / .54 / .34 / **.83–.84**",
  "smart-home-type": ".17 / .86 / – / .68 / **.92**",
  "smart-home-variants": ".38 / .63 / – / .38 / **.64–.69**",
  "web-features": ".20 / .91 / – / .76 / **.94**",
  "word-sense": ".12 / .79 / – / .31 / **.81**",
};

/** The page of all results. */
export function startersPage(results: readonly StarterResult[], machine: string): string {
  const scores = results.map(
    ({ task, metric, majority, parts, starter }) =>
      `| ${[task, metric, shown(majority), shown(parts.text), shown(parts.image), shown(parts.tabular), `**${shown(starter)}**`, REFERENCE[task] ?? "–"].join(" | ")} |`,
  );
  const times = results.map(({ task, rows, openMs, runMs, cells, load }) => {
    const slowest = [...cells].sort((a, b) => b.tookMs - a.tookMs).slice(0, 3);
    const named = slowest.map((cell) => `${cell.name} ${seconds(cell.tookMs)}`).join(", ");
    return `| ${[task, rows.train.toLocaleString("en-GB"), seconds(openMs), seconds(runMs), load.toFixed(1), named].join(" | ")} |`;
  });
  return `# The starter notebooks, measured

Made by \`npx tsx tools/bench/starters.ts\` in the built app, on ${machine}. Validation scores with 95 % bootstrap intervals.

* **Each modality alone**: the learner \`linear\`, in classification on the columns of that modality; in matching on plain
  likenesses of left and right (word and letter overlap, Jaro-Winkler and TF-IDF cosine of texts; pixel, hash and colour
  distances of pictures; differences and equality of numbers and categories): tools/bench/single-modality.ts.
* **Majority** in matching calls every pair different, which finds none: its F1 is 0.
* **Reference**, quoted from the survey of the data (majority or all-yes / text / image / numeric + categorical / **all**):
  measured elsewhere, on other splits and with stronger learners. For the order of magnitude.

| task | metric | majority | text | image | numeric + categorical | starter | reference |
|---|---|---|---|---|---|---|---|
${scores.join("\n")}

## Times

From opening the task, and from _Run all_ of its starter notebook in a fresh tab, to the last cell. The load is
how many processes wanted a core at the time: above the number of cores, other work shared the machine, and times are too long.

| task | training rows | open | run all | load | slowest cells |
|---|---|---|---|---|---|
${times.join("\n")}
`;
}

const shown = (score: Score | undefined): string =>
  score ? `${score.value.toFixed(3)} (${score.low.toFixed(3)}–${score.high.toFixed(3)})` : "–";

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
