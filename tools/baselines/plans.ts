import type { Facts } from "../../src/learners/dataset";
import type { Member, Plan } from "../../src/learners/plan";
import { type Reads, SEED, type TaskBaselines } from "./suite";

const named = (name: string, title: string, learner: Member["learner"], settings: Record<string, number>): Member => ({
  name,
  title,
  learner,
  settings,
  columns: [],
  stack: [],
  seed: SEED,
  cost: 1,
});

/** The members that a model is made of, on the columns of a dataset: names of those that answer come last. */
export function planFor(
  { recipe, stacks, folds }: Pick<TaskBaselines, "recipe" | "stacks" | "folds">,
  reads: Reads,
  facts: Facts,
): Plan {
  const columns = facts.columns.map(({ name }) => name);
  const on = (member: Member, stack: string[] = []): Member => ({ ...member, columns, stack });
  const linear = on(named("linear", "linear model", "linear", recipe.linear));
  const trees = (stack: string[]) => on(named("trees", "trees", "gbdt", recipe.trees), stack);
  const words = facts.columns.some(({ as }) => as === "text" || as === "picture" || as === "vector");
  const members = ((): Member[] => {
    if (!words) return [trees([])];
    if (facts.pairs || (reads === "all" && stacks)) return [linear, trees(["linear"])];
    return [linear];
  })();
  return { members, folds, answer: { blend: members.map(({ name }) => name) }, outOfFold: true, lines: [] };
}
