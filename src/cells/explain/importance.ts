import { createRandom, shuffle, throwIfAborted } from "../../base";
import { drive } from "../../learners";
import { compareRuns } from "../../scoring";
import { PAGE_TURNS } from "../turns";
import { type Explaining, trainedElsewhere } from "./asked";
import type { Importance, Weighed } from "./explanation";
import { predictorOfFile } from "./file-predictor";
import { type Group, shuffleKey } from "./groups";
import type { Predictor } from "./predictor";
import { predictorOfRows } from "./rows-predictor";

/** With one round the luck of the shuffling would be part of the value and not of the interval. */
const LEAST_ROUNDS = 2;

/**
 * Permutation importance: what the metric loses when a column's values are dealt out to other rows, the model as it is. By
 * column and modality the task's own columns are shuffled, and feature cells computed again of them.
 */
export async function importanceOf(asked: Explaining): Promise<Importance> {
  const { context, settings, signal, onProgress, late, value } = asked;
  const rows = drawnRows(asked.labels.length, settings.rows, settings.seed);
  const labels = rows.map((row) => asked.labels[row]);
  const encoders = context.engines.encoders();
  // A model that was fitted here, or ships with the task, runs as a file whose inputs are known one by one.
  const byRows = trainedElsewhere(value) && !value.info.baseline;
  const predictor: Predictor = await (byRows ? predictorOfRows(asked, rows) : predictorOfFile(asked, rows));
  try {
    const still = Int32Array.from(rows.keys());
    const base = await (await predictor.round(still, []))();
    const distinct = [...new Map(predictor.groups.map((group) => [shuffleKey(group), group])).values()];
    const shuffled = new Map(distinct.map((group) => [group, [] as Float32Array[]]));
    let rounds = 0;
    while (rounds < settings.rounds && (rounds < LEAST_ROUNDS || !late())) {
      const order = shuffle(still.slice(), createRandom(`round ${rounds} of ${settings.seed}`));
      const predict = await predictor.round(order, distinct);
      for (const [i, group] of distinct.entries()) {
        throwIfAborted(signal);
        const done = (rounds + i / distinct.length) / settings.rounds;
        onProgress({ done: 0.9 * done, note: `shuffling ${group.name}, round ${rounds + 1} of ${settings.rounds}` });
        shuffled.get(group)?.push(await predict(group));
      }
      rounds++;
    }
    const { classes, threshold } = value;
    const judged = { labels, classes, metric: asked.metric, seed: settings.seed, threshold: threshold?.value };
    const drops = new Map<string, Weighed["drop"]>();
    for (const [i, group] of distinct.entries()) {
      onProgress({ done: 0.9 + (0.1 * i) / distinct.length, note: `weighing ${group.name}` });
      const request = { ...judged, base, shuffled: shuffled.get(group) ?? [] };
      drops.set(shuffleKey(group), await encoders.drop(request, { signal }));
    }
    const whole = { labels, classes, probabilities: Float64Array.from(base), threshold: threshold?.value };
    const { intervals } = await drive(compareRuns([whole], asked.metric, settings.seed), PAGE_TURNS, { signal });
    const items = predictor.groups.flatMap((group: Group): Weighed[] => {
      const drop = drops.get(shuffleKey(group));
      return drop ? [{ level: group.level, name: group.name, parts: group.parts, drop }] : [];
    });
    return { rows: rows.length, score: intervals[0], rounds, asked: settings.rounds, items };
  } finally {
    await predictor.release();
  }
}

/** All rows, or so many of them drawn by the seed, rising. */
function drawnRows(count: number, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, row) => row);
  return count <= most
    ? all
    : shuffle(all, createRandom(`rows ${seed}`))
        .slice(0, most)
        .sort();
}
