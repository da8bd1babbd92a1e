import { Fault, type Progress, throwIfAborted } from "../base";
import { foldsOf, sidesOf } from "./folds";
import { NOTHING } from "./inputs";
import type { FittedMember, Job, JobResult, Stacked } from "./members";
import type { Member, Plan } from "./plan";

/** Runs jobs on one opened dataset: a worker, or this thread. */
export interface Executor {
  run(job: Job, options: { signal?: AbortSignal; onProgress?: (progress: Progress) => void }): Promise<JobResult>;
}

export interface PlanContext {
  labels: Int32Array;
  classes: number;
  /** Rows of a group stay in one fold. */
  groups?: Int32Array;
  executors: readonly Executor[];
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** True once the time limit, the safety net of `auto`, is over. */
  late?: () => boolean;
  seed: number;
  /** The fits on all rows are wanted. */
  keep?: boolean;
}

/** What came of a member. */
export interface MemberResult {
  member: Member;
  /** Of the training rows, by models that did not see them. */
  outOfFold?: Float32Array;
  /** By split, of the fit on all rows. */
  probabilities: Record<string, Float32Array>;
  features: number;
  fitMs: number;
  predictMs: number;
  notes: string[];
  fitted?: FittedMember;
}

/** Why there is no result: it would have begun late, or its columns say nothing. */
export type Absent = "late" | "nothing";

/**
 * Does what the plan says: every member on its folds, where its out-of-fold predictions are needed, and on all rows. Jobs
 * whose inputs are there go to the executors in the plan's order; what comes out does not depend on how many there are.
 * Members that would start late are left out, and so are those that stack on them; members whose columns say nothing are
 * no loss to anybody.
 */
export async function runPlan(plan: Plan, asked: PlanContext): Promise<Map<string, MemberResult | Absent>> {
  const { labels, classes, groups, seed } = asked;
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(asked.signal ? [asked.signal] : [])]);
  const context = { ...asked, signal };
  const folded = new Set(foldedMembers(plan));
  const folds = folded.size > 0 ? foldsOf(labels, classes, plan.folds, seed, groups) : new Int32Array(0);
  const sides = Array.from({ length: folded.size > 0 ? plan.folds : 0 }, (_, fold) => sidesOf(folds, fold));
  const pool = createPool(plan, folded, context);
  const results = new Map<string, Promise<MemberResult | Absent>>();

  const fitMember = async (member: Member): Promise<MemberResult | Absent> => {
    const below = await Promise.all(member.stack.map((name) => results.get(name) as Promise<MemberResult | Absent>));
    if (below.includes("late")) return "late";
    const stacked = below.flatMap((result): Stacked[] =>
      typeof result === "object" && result.outOfFold
        ? [{ name: result.member.name, of: { ...result.probabilities, train: result.outOfFold } }]
        : [],
    );
    // For the folds the training rows are enough.
    const lower = stacked.map(({ name, of }) => ({ name, of: { train: of.train } }));
    const parts = folded.has(member.name)
      ? await Promise.all(
          sides.map(({ fit, held }, i) =>
            pool.run({ member, fit, held, stacked: lower }, `${member.title}, fold ${i + 1} of ${plan.folds}`),
          ),
        )
      : [];
    if (parts.some((part) => part === undefined)) return "late";
    const done = parts.filter((part) => part !== undefined);
    const rounds = meanRounds(done);
    // What nobody predicts out of fold is told of the training rows by the fit that saw them.
    const own = "member" in plan.answer && plan.answer.member === member.name && !folded.has(member.name);
    const all = await pool.run({ member, stacked, own, keep: asked.keep, ...(rounds && { rounds }) }, member.title);
    if (!all) return "late";
    return {
      member,
      ...(done.length > 0 && { outOfFold: gathered(done, sides, labels.length, classes) }),
      probabilities: all.probabilities,
      features: all.features,
      fitMs: sum([...done, all].map((part) => part.fitMs)),
      predictMs: all.predictMs,
      notes: all.notes,
      ...(all.fitted && { fitted: all.fitted }),
    };
  };

  for (const member of plan.members) {
    const isAnswer = "member" in plan.answer && plan.answer.member === member.name;
    const result = fitMember(member).catch((error: unknown): Absent => {
      if (!isAnswer && error instanceof Fault && error.code === NOTHING) return "nothing";
      throw error;
    });
    result.catch(() => {}); // heard below
    results.set(member.name, result);
  }
  const out = new Map<string, MemberResult | Absent>();
  try {
    const ended = await Promise.all(results.values());
    for (const [i, { name }] of plan.members.entries()) out.set(name, ended[i]);
  } finally {
    failed.abort(); // one fault ends what else is running
  }
  throwIfAborted(asked.signal);
  return out;
}

/** Members whose out-of-fold predictions somebody reads. */
function foldedMembers({ members, answer, outOfFold }: Plan): string[] {
  const answers = "blend" in answer ? answer.blend : outOfFold ? [answer.member] : [];
  return [...answers, ...members.flatMap((member) => member.stack)];
}

/** The executors as one, first come first served, with one progress over all jobs of the plan. */
function createPool(plan: Plan, folded: ReadonlySet<string>, context: PlanContext) {
  const { signal, onProgress, late } = context;
  const free = [...context.executors];
  const waiting: ((executor: Executor) => void)[] = [];
  const jobsOf = (member: Member) => (folded.has(member.name) ? plan.folds : 0) + 1;
  const total = sum(plan.members.map((member) => member.cost * jobsOf(member)));
  const shares = new Map<Job, number>();
  let finished = 0;
  let last = 0;
  const report = (note: string): void => {
    let running = 0;
    for (const [job, share] of shares) running += job.member.cost * share;
    last = Math.max(last, Math.min(1, (finished + running) / total));
    onProgress?.({ done: last, note });
  };
  const acquire = (): Promise<Executor> => {
    const executor = free.shift();
    return executor ? Promise.resolve(executor) : new Promise((resolve) => waiting.push(resolve));
  };
  const release = (executor: Executor): void => {
    const next = waiting.shift();
    if (next) next(executor);
    else free.push(executor);
  };
  return {
    /** Undefined for a job that was not begun because it is late. */
    run: async (job: Job, what: string): Promise<JobResult | undefined> => {
      const executor = await acquire();
      try {
        throwIfAborted(signal);
        if (late?.()) return undefined;
        const result = await executor.run(job, {
          signal,
          onProgress: ({ done, note }) => {
            shares.set(job, done);
            report(plan.members.length > 1 || job.held ? what : (note ?? what));
          },
        });
        finished += job.member.cost;
        return result;
      } finally {
        shares.delete(job);
        release(executor);
      }
    },
  };
}

/** The folds' held-out rows in the order of the training rows. */
function gathered(
  parts: readonly JobResult[],
  sides: readonly { held: Int32Array }[],
  rows: number,
  classes: number,
): Float32Array {
  const out = new Float32Array(rows * classes);
  parts.forEach(({ probabilities }, fold) => {
    sides[fold].held.forEach((row, i) => {
      out.set(probabilities.held.subarray(i * classes, (i + 1) * classes), row * classes);
    });
  });
  return out;
}

function meanRounds(parts: readonly JobResult[]): number | undefined {
  const rounds = parts.flatMap((part) => (part.rounds === undefined ? [] : [part.rounds]));
  return rounds.length === 0 ? undefined : Math.max(1, Math.round(sum(rounds) / rounds.length));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
