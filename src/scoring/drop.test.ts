import { describe, expect, it } from "vitest";
import { createRandom, shuffle } from "../base";
import { compareRuns, dropOf } from "./drop";
import type { Judged } from "./measure";

const ROWS = 200;

/** A model of one number: it says class 1 as surely as `signal` tells, and adds a noise of its own. */
function rowsOf(seed: string) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: ROWS }, () => (random() < 0.5 ? 1 : 0));
  const signal = Float64Array.from(labels, (label) => label + (random() - 0.5) * 1.6);
  const noise = Float64Array.from({ length: ROWS }, () => random() - 0.5);
  return { labels, signal, noise };
}

function judged(labels: Int32Array, signal: Float64Array, noise: Float64Array): Judged {
  const probabilities = new Float64Array(2 * ROWS);
  labels.forEach((_, row) => {
    const yes = 1 / (1 + Math.exp(-4 * (signal[row] - 0.5 + 0.15 * noise[row])));
    probabilities.set([1 - yes, yes], 2 * row);
  });
  return { labels, probabilities, classes: ["0", "1"] };
}

function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function rounds(seed: string, of: "signal" | "noise") {
  const { labels, signal, noise } = rowsOf(seed);
  const shuffled = Array.from({ length: 5 }, (_, round) => {
    const mixed = shuffle({ signal, noise }[of].slice(), createRandom(`${seed} ${round}`));
    return of === "signal" ? judged(labels, mixed, noise) : judged(labels, signal, mixed);
  });
  return { base: judged(labels, signal, noise), shuffled };
}

describe("what shuffling loses", () => {
  it("is far above zero for what the labels depend on, by any metric's direction", () => {
    const { base, shuffled } = rounds("told", "signal");
    expect(toEnd(dropOf(base, shuffled, "accuracy", 7)).low).toBeGreaterThan(0.2);
    expect(toEnd(dropOf(base, shuffled, "log_loss", 7)).low).toBeGreaterThan(0.2);
  });

  it("has an interval over zero for noise that the model reads, in about 19 of 20 cases", () => {
    const over = Array.from({ length: 40 }, (_, i) => {
      const { base, shuffled } = rounds(`noise ${i}`, "noise");
      const { low, high } = toEnd(dropOf(base, shuffled, "accuracy", 7));
      return low <= 0 && high >= 0;
    });
    // Of 40 at 95 %, fewer than 34 has a probability below 1 %.
    expect(over.filter(Boolean).length).toBeGreaterThanOrEqual(34);
  });

  it("is the same for the same seed, and its value the plain mean over the rounds", () => {
    const { base, shuffled } = rounds("seeded", "signal");
    const drop = toEnd(dropOf(base, shuffled, "accuracy", 7));
    expect(toEnd(dropOf(base, shuffled, "accuracy", 7))).toEqual(drop);
    const { intervals } = toEnd(compareRuns([base, ...shuffled], "accuracy", 1));
    const [own, ...others] = intervals.map(({ value }) => value);
    expect(drop.value).toBeCloseTo(own - others.reduce((sum, value) => sum + value, 0) / others.length, 12);
  });
});

it("runs are compared with the first one, each with its interval", () => {
  const { base, shuffled } = rounds("compared", "signal");
  const { intervals, against } = toEnd(compareRuns([base, shuffled[0], base], "accuracy", 3));
  expect(intervals).toHaveLength(3);
  expect(against.map(({ verdict }) => verdict)).toEqual(["better", "no difference seen"]);
});
