import { secondsOf } from "./costs";
import type { Facts } from "./dataset";
import { columnsFor, type Member, type MemberLearner, type Plan, stackFor } from "./plan";
import type { Settings } from "./settings";

/** What an effort may cost, in seconds on two cores, and into how many folds its members are crossed at most. */
const EFFORTS: Record<string, { seconds: number; folds: number }> = {
  quick: { seconds: 10, folds: 3 },
  normal: { seconds: 60, folds: 5 },
  thorough: { seconds: 300, folds: 8 },
};

/** The safety net: this many times the planned seconds, and no further member is begun. */
const PATIENCE = 4;
const CORES = 2;
/** Fewer folds before fewer members: the first members must come into the budget. */
const LEAST_FOLDS = 3;

interface Candidate {
  learner: MemberLearner;
  /** Told apart by this. */
  variant?: string;
  /** From the dearest to the cheapest: the first that the budget allows is taken. */
  settings: Settings[];
  /** Reads the probabilities of the stack, and is read by no other. */
  stacked?: boolean;
  /** Trees read it too. */
  stacks?: boolean;
}

/**
 * The plan of `auto`: from rows, columns, modalities and classes alone, so that it is the same in every tab. Candidates
 * come in the order of what they usually bring; those that fit into the budget of the effort are taken.
 */
export function autoPlan(effort: string, seed: number, facts: Facts): Plan {
  const { seconds, folds: most } = EFFORTS[effort];
  const candidates = candidatesFor(effort, facts);
  const stack = stackFor(facts, seed).map((member) => ({ ...member, cost: secondsOf(member, facts) }));
  const [first] = candidates;
  const base = [...stack, memberOf(first, first.settings[0], stack, seed, facts)];
  let folds = most;
  while (folds > LEAST_FOLDS && total(base, folds) > seconds / 3) folds--;

  const members: Member[] = [...stack];
  const lines: string[] = [];
  for (const [i, candidate] of candidates.entries()) {
    const tried = candidate.settings.map((settings) =>
      memberOf(
        candidate,
        settings,
        members.filter((member) => isRead(member, stack, candidates)),
        seed + i,
        facts,
      ),
    );
    const left = seconds - total(members, folds);
    const chosen =
      tried.find((member) => total([member], folds) <= left) ?? (i === 0 ? tried[tried.length - 1] : undefined);
    if (chosen) members.push(chosen);
    else lines.push(`${tried[0].title}: left out, it would take about ${wordsFor(total(tried.slice(-1), folds))} more`);
  }
  const answer = members.filter((member) => member.learner !== "rates");
  return {
    members,
    folds,
    answer: { blend: answer.map(({ name }) => name) },
    outOfFold: true,
    limitMs: seconds * PATIENCE * 1000,
    lines: [
      `${answer.length} models on ${folds} folds of ${facts.rows.toLocaleString("en")} rows, planned for about ${wordsFor(total(members, folds))} on two cores`,
      ...lines,
    ],
  };
}

/** A fit on all rows, and one a fold on the others: `folds` fits' worth of rows. */
const total = (members: readonly Member[], folds: number): number =>
  members.reduce((sum, member) => sum + (member.cost * folds) / CORES, 0);

const wordsFor = (seconds: number): string =>
  `${seconds < 10 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 5) * 5} s`;

/** Whether a stacked member reads this one. */
function isRead({ name }: Member, stack: readonly Member[], candidates: readonly Candidate[]): boolean {
  return (
    stack.some((member) => member.name === name) ||
    candidates.some((candidate) => candidate.stacks && titleOf(candidate) === name)
  );
}

function candidatesFor(effort: string, facts: Facts): Candidate[] {
  const { rows } = facts;
  const cnn: Candidate[] =
    facts.pictures.length > 0
      ? [{ learner: "cnn", settings: [{ inner_split: 0 }, { inner_split: 0, epochs: 8 }], stacks: true }]
      : [];
  const linear: Candidate = { learner: "linear", settings: [{}] };
  const trees: Candidate = {
    learner: "gbdt",
    settings: [{}, { rounds: 100, rate: 0.2 }, { rounds: 40, rate: 0.3 }],
    stacked: true,
  };
  const quick = [linear, trees];
  if (effort === "quick") return quick;
  const normal: Candidate[] = [
    linear,
    ...cnn,
    trees,
    { learner: "mlp", settings: [{ inner_split: 0 }] },
    {
      learner: "gbdt",
      variant: "small random trees",
      settings: [{ leaves: 8, row_share: 0.7, feature_share: 0.5 }],
      stacked: true,
    },
    { learner: "linear", variant: "strong penalty", settings: [{ l2: 1 / (2 * rows) }] },
    { learner: "knn", settings: [{}] },
  ];
  if (effort === "normal") return normal;
  return [
    ...normal,
    { learner: "mlp", variant: "second seed", settings: [{ inner_split: 0 }] },
    { learner: "gbdt", variant: "slow", settings: [{ rounds: 1000, rate: 0.03 }], stacked: true },
    { learner: "mlp", variant: "wide", settings: [{ inner_split: 0, hidden: 256 }] },
    { learner: "linear", variant: "weak penalty", settings: [{ l2: 1 / (50 * rows) }] },
  ];
}

const titleOf = ({ learner, variant }: Candidate): string => (variant ? `${learner}, ${variant}` : learner);

function memberOf(
  candidate: Candidate,
  settings: Settings,
  stack: readonly Member[],
  seed: number,
  facts: Facts,
): Member {
  const title = titleOf(candidate);
  const member = {
    name: title,
    title,
    learner: candidate.learner,
    settings,
    columns: columnsFor(candidate.learner, facts),
    stack: candidate.stacked ? stack.map(({ name }) => name) : [],
    seed,
  };
  return { ...member, cost: secondsOf(member, facts) };
}
