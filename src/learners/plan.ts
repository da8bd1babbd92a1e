import type { ColumnFacts, Facts } from "./dataset";
import { LONGEST_VECTOR } from "./features";
import { input } from "./inputs";
import type { LearnerName, Settings } from "./settings";

/** What fits a member: the learners of a notebook, and `rates`, the target encoding that trees read. */
export type MemberLearner = Exclude<LearnerName, "auto" | "blend"> | "rates";

/** One model of a plan. */
export interface Member {
  name: string;
  /** For people, say "gbdt on text and numbers". */
  title: string;
  learner: MemberLearner;
  settings: Settings;
  /** The columns that it reads. */
  columns: string[];
  /** Members whose probabilities it reads too: out of fold for the training rows. */
  stack: string[];
  seed: number;
  /** Expected seconds of one fit on all rows: what progress and the plan of `auto` are counted in. */
  cost: number;
}

/** What is fitted, and what its answer is. Data; `runPlan` does it. */
export interface Plan {
  members: Member[];
  /** Folds for out-of-fold predictions. */
  folds: number;
  /** The member whose predictions are the answer, or those that are blended. */
  answer: { member: string } | { blend: string[] };
  /** Out-of-fold predictions of the answer are wanted. */
  outOfFold: boolean;
  /** No member is begun later than this. */
  limitMs?: number;
  /** What a reader should know of how it was made. */
  lines: string[];
}

export interface Asked {
  learner: LearnerName;
  settings: Settings;
  seed: number;
  outOfFold: boolean;
}

/** Small data needs every row that a fold can give; large data has enough. */
export const foldsFor = (rows: number): number => (rows < 20_000 ? 5 : 3);

/**
 * The plan of one learner on its inputs. Trees read words, pictures and long vectors by the out-of-fold probabilities of a
 * linear model on them, and categories with many values by their class rates.
 * @throws Fault `learner-input` where the learner has nothing to read
 */
export function planOf(asked: Asked, facts: Facts): Plan {
  const { learner, settings, seed, outOfFold } = asked;
  if (learner === "auto" || learner === "blend") throw new Error(`${learner} has a plan of its own`);
  const members = learner === "gbdt" ? stackFor(facts, seed) : [];
  members.push({
    name: "answer",
    title: learner,
    learner,
    settings,
    columns: columnsFor(learner, facts),
    stack: members.map(({ name }) => name),
    seed,
    cost: 1,
  });
  return { members, folds: foldsFor(facts.rows), answer: { member: "answer" }, outOfFold, lines: [] };
}

/** Kinds of columns that belong together in one model. */
export const isText = (column: ColumnFacts): boolean => column.as === "text";
export const isPicture = (column: ColumnFacts): boolean => column.as === "picture";
const isLongVector = (column: ColumnFacts): boolean => column.as === "vector" && column.size > LONGEST_VECTOR;

/** Categories with more values than a split can try with any trust. */
const MANY_CATEGORIES = 32;
/** With more classes a category's rates would be more columns than all others together. */
const MOST_RATED_CLASSES = 20;

/** The members that a tree ensemble reads instead of raw words and pixels. */
export function stackFor(facts: Facts, seed: number): Member[] {
  const member = (name: string, learner: MemberLearner, columns: ColumnFacts[]): Member[] =>
    columns.length === 0
      ? []
      : [
          {
            name,
            title: `${learner} on ${name}`,
            learner,
            settings: {},
            columns: columns.map((column) => column.name),
            stack: [],
            seed,
            cost: 0.3,
          },
        ];
  const many = facts.columns.filter((column) => column.as === "categorical" && column.size > MANY_CATEGORIES);
  return [
    ...member("text", "linear", facts.columns.filter(isText)),
    ...member("pictures", "linear", facts.columns.filter(isPicture)),
    ...member("vectors", "linear", facts.columns.filter(isLongVector)),
    ...(facts.classes.length <= MOST_RATED_CLASSES
      ? many.flatMap((column) => member(`rates of ${column.name}`, "rates", [column]))
      : []),
  ];
}

/**
 * Names of the columns that a learner reads.
 * @throws Fault `learner-input` for a network of pictures without any
 */
export function columnsFor(learner: MemberLearner, facts: Facts): string[] {
  if (learner === "majority") return [];
  if (learner !== "cnn") return facts.columns.map(({ name }) => name);
  if (facts.pictures.length > 0) return facts.pictures;
  throw input("Cannot train cnn: none of its inputs is a picture", {
    hint: "Name an image column in inputs, or choose another learner.",
  });
}
