import { secondsOf } from "./costs";
import type { Facts } from "./dataset";
import { isPicture, type Member, type MemberLearner, type Plan, stackFor } from "./plan";
import type { Settings } from "./settings";

/** What an effort may cost, in seconds on two cores, and into how many folds its members are crossed. */
const EFFORTS: Record<string, { seconds: number; folds: number }> = {
  quick: { seconds: 10, folds: 3 },
  normal: { seconds: 60, folds: 5 },
  thorough: { seconds: 300, folds: 8 },
};

/** The safety net: this much longer than planned, and no further member is begun. */
const PATIENCE = 4;
const CORES = 2;

interface Candidate {
  learner: MemberLearner;
  /** Told apart by this. */
  variant?: string;
  settings?: Settings;
  columns?: string[];
  stacked?: boolean;
}

/**
 * The plan of `auto`: from rows, columns, modalities and classes alone, so that it is the same in every tab. Candidates
 * come in the order of what they usually bring; those that fit into the budget of the effort are taken.
 */
export function autoPlan(effort: string, seed: number, facts: Facts): Plan {
  const { seconds, folds } = EFFORTS[effort];
  const stack = stackFor(facts, seed).map((member) => ({ ...member, cost: secondsOf(member, facts) }));
  const fits = folds; // folds - 1 shares of the rows in each of the folds, and all rows once
  const members: Member[] = [...stack];
  let spent = stack.reduce((sum, member) => sum + (member.cost * fits) / CORES, 0);
  const lines: string[] = [];
  for (const [i, candidate] of candidatesFor(effort, facts).entries()) {
    const member = memberOf(candidate, stack, seed + i, facts);
    const cost = (member.cost * fits) / CORES;
    if (i > 0 && spent + cost > seconds) {
      lines.push(`${member.title}: left out, about ${wordsFor(cost)} more than the effort allows`);
      continue;
    }
    spent += cost;
    members.push(member);
  }
  // What trees stack on is a model of its own right, too.
  const chosen = members.filter((member) => member.learner !== "rates");
  return {
    members,
    folds,
    answer: { blend: chosen.map(({ name }) => name) },
    outOfFold: true,
    limitMs: seconds * PATIENCE * 1000,
    lines: [
      `${chosen.length} models on ${folds} folds of ${facts.rows} rows, planned for about ${wordsFor(spent)}`,
      ...lines,
    ],
  };
}

const wordsFor = (seconds: number): string =>
  `${seconds < 10 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 5) * 5} s`;

function candidatesFor(effort: string, facts: Facts): Candidate[] {
  const pictures = facts.columns.filter(isPicture).map(({ name }) => name);
  const cnn = pictures.length > 0 ? [{ learner: "cnn" as const, columns: pictures }] : [];
  const first: Candidate[] = [{ learner: "linear" }, { learner: "gbdt", stacked: true }];
  if (effort === "quick") return first;
  const more: Candidate[] = [
    ...first,
    { learner: "mlp" },
    ...cnn,
    { learner: "linear", variant: "strong penalty", settings: { l2: 1 / (2 * facts.rows) } },
    { learner: "gbdt", variant: "small trees", settings: { leaves: 8 }, stacked: true },
    { learner: "knn" },
  ];
  if (effort === "normal") return more;
  return [
    ...more,
    { learner: "mlp", variant: "second seed" },
    { learner: "gbdt", variant: "large trees", settings: { leaves: 63 }, stacked: true },
    { learner: "linear", variant: "weak penalty", settings: { l2: 1 / (50 * facts.rows) } },
    { learner: "mlp", variant: "wide", settings: { hidden: 256 } },
  ];
}

function memberOf(candidate: Candidate, stack: readonly Member[], seed: number, facts: Facts): Member {
  const { learner, variant, settings = {}, stacked } = candidate;
  const named = variant ? `${learner}, ${variant}` : learner;
  const member = {
    name: named,
    title: named,
    learner,
    settings,
    columns: candidate.columns ?? facts.columns.map(({ name }) => name),
    stack: stacked ? stack.map(({ name }) => name) : [],
    seed,
  };
  return { ...member, cost: secondsOf(member, facts) };
}
