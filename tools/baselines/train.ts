import type { InputColumn, ModelEntry } from "../../src/learners";
import { greedyWeights, mixed, ownProbabilities, rowsOfOne } from "../../src/learners/blend";
import { openDataset } from "../../src/learners/dataset";
import type { FittedPlan } from "../../src/learners/export";
import { runJob } from "../../src/learners/members";
import { PictureStore } from "../../src/learners/pictures";
import { type Executor, runPlan } from "../../src/learners/run";
import { bestThreshold, score } from "../../src/scoring";
import type { TaskRows } from "./data";
import { planFor } from "./plans";
import { type Reads, SEED, type TaskBaselines } from "./suite";

export type Measured = ModelEntry["scores"]["validation"];

/** A model of a task, fitted on its training rows. */
export interface Trained {
  fitted: FittedPlan;
  /** The task's columns that it reads. */
  inputs: Pick<InputColumn, "name" | "as">[];
  /** Rows x classes, each row summing to one: of the training rows by models that did not see them, and of validation. */
  outOfFold: Float64Array;
  validation: Float64Array;
  /** Where a match is declared: best on the training rows out of fold. */
  threshold?: number;
  /** For people, of each member's part in the answer. */
  words: string;
}

const FILTERS: Record<Reads, (column: Pick<InputColumn, "as">) => boolean> = {
  text: ({ as }) => as === "text",
  table: ({ as }) => as === "numeric" || as === "categorical",
  image: ({ as }) => as === "image",
  all: () => true,
};

/** Fits what the recipe says on the columns that a model reads; validation plays no part in it. */
export async function train(
  data: Pick<TaskRows, "classes" | "train" | "validation"> & { pairs: boolean },
  recipe: Pick<TaskBaselines, "recipe" | "stacks" | "folds">,
  reads: Reads,
  store = new PictureStore(),
): Promise<Trained> {
  const { classes, pairs } = data;
  const { labels } = data.train;
  const columns = data.train.columns.filter(FILTERS[reads]);
  const predict = { validation: data.validation.columns.filter(FILTERS[reads]) };
  const dataset = await openDataset({ classes, labels, pairs, train: columns, predict }, async () => {}, store);
  const { groups, facts, expansion } = dataset;
  const executor: Executor = { run: async (job) => toEnd(runJob(dataset, job, () => 0)) };
  const plan = planFor(recipe, reads, facts);
  const context = { labels, classes: classes.length, groups, executors: [executor], seed: SEED, keep: true };
  const results = await runPlan(plan, context);
  const members = plan.members.flatMap((member) => {
    const result = results.get(member.name);
    return typeof result === "object" && result.fitted && result.outOfFold
      ? [{ member, fitted: result.fitted, outOfFold: result.outOfFold, validation: result.probabilities.validation }]
      : [];
  });
  if (members.length < plan.members.length) throw new Error("a member of the plan came to nothing");
  const weights =
    members.length === 1
      ? [1]
      : toEnd(greedyWeights(members.map(({ outOfFold }) => ownProbabilities(outOfFold, labels, classes.length))));
  const blended = (parts: Float32Array[]) => rowsOfOne(mixed(parts, weights), classes.length);
  const outOfFold = blended(members.map((member) => member.outOfFold));
  return {
    fitted: {
      classes,
      expansion,
      members: members.map(({ member, fitted }) => ({ member, fitted })),
      weights: Object.fromEntries(members.map(({ member }, i) => [member.name, weights[i]])),
    },
    inputs: columns.map(({ name, as }) => ({ name, as })),
    outOfFold,
    validation: blended(members.map((member) => member.validation)),
    ...(pairs && { threshold: thresholdOf(outOfFold, labels) }),
    words: members.map(({ member }, i) => `${member.title} ${weights[i].toFixed(2)}`).join(", "),
  };
}

export function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function thresholdOf(outOfFold: Float64Array, labels: Int32Array): number {
  return bestThreshold(
    labels,
    Float64Array.from(labels, (_, row) => outOfFold[row * 2 + 1]),
  ).threshold;
}

export function measure(
  { task, classes, validation }: TaskRows,
  probabilities: Float64Array,
  threshold: number | undefined,
): Measured {
  const { track, metric } = task;
  const { labels } = validation;
  const { primary } = score({ track, metric, labels, probabilities, classes, threshold, seed: SEED });
  return { metric: primary.metric, value: primary.value, low: primary.low, high: primary.high };
}

/** What the classes' shares alone are worth. */
export function measureMajority(data: TaskRows): Measured {
  const { train, validation, classes } = data;
  const shares = classes.map((_, k) => train.labels.filter((label) => label === k).length / train.labels.length);
  return measure(data, Float64Array.from(repeated(shares, validation.labels.length)), undefined);
}

const repeated = (values: readonly number[], times: number): number[] =>
  Array.from({ length: times }, () => values).flat();
