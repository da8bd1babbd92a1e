import { autoPlan } from "./auto";
import { type BlendRequest, type BlendResult, type Contestant, rowsOfOne, type Standing } from "./blend";
import type { DatasetRequest, Facts } from "./dataset";
import type { FittedPlan } from "./export";
import { input } from "./inputs";
import { type Plan, planOf } from "./plan";
import type { Opened } from "./protocol";
import { type Absent, type MemberResult, type PlanContext, runPlan } from "./run";
import { readLearnerName, readSettings } from "./settings";

export interface FitRequest extends DatasetRequest {
  /** One of `LEARNERS`; checked here, since it is a text in a notebook. */
  learner: string;
  settings: Record<string, unknown>;
  seed: number;
  /** The task's metric, by which a leaderboard is sorted. */
  metric: string;
  /** Out-of-fold predictions of the training rows are wanted: for a threshold, or for another model to read. */
  outOfFold: boolean;
  /** The fit itself is wanted, to export it. */
  keep?: boolean;
  /** Predictions that were made elsewhere, to blend with. */
  models: Contestant[];
}

export interface FitResult {
  /** By split: rows x classes, row-major; every row sums to one. */
  probabilities: Record<string, Float64Array>;
  /** Of the training rows, by models that did not see them. */
  outOfFold?: { probabilities: Float64Array; folds: number };
  classes: string[];
  /** Encoded width: sparse and dense features together; of an ensemble, of its widest member. */
  features: number;
  fitMs: number;
  predictMs: number;
  /** Training rows. */
  rows: number;
  /** What a reader should know, like a column that was left out. */
  notes: string[];
  /** Of an ensemble: its members, best first. */
  members?: Standing[];
  /** Of an ensemble: why these members. */
  plan?: string[];
  /** Where it was asked for. */
  fitted?: FittedPlan;
  /** The time limit left members out: another run may get another result. */
  cut: boolean;
}

/** What a plan is done with. */
export interface Bench extends Opened, Pick<PlanContext, "executors" | "signal" | "onProgress"> {
  blend(request: BlendRequest, options: { signal?: AbortSignal }): Promise<BlendResult>;
  /** Milliseconds, from any beginning. */
  now(): number;
}

/**
 * @throws Fault `learner-settings` for a learner or a setting that is not there
 */
export function checkRequest(request: Pick<FitRequest, "learner" | "settings">): void {
  readSettings(readLearnerName(request.learner), request.settings);
}

/** The plan that a request comes to on these rows. */
export function planFor(request: FitRequest, facts: Facts): Plan {
  const learner = readLearnerName(request.learner);
  const settings = readSettings(learner, request.settings);
  const { seed, outOfFold } = request;
  const blends = learner === "blend" || (learner === "auto" && facts.columns.length === 0 && request.models.length > 0);
  if (!blends && learner !== "majority") checkInputs(request, facts);
  if (learner === "auto" && !blends) return autoPlan(String(settings.effort), seed, facts);
  if (learner !== "auto" && learner !== "blend") return planOf({ learner, settings, seed, outOfFold }, facts);
  return { members: [], folds: 0, answer: { blend: [] }, outOfFold, lines: [] };
}

function checkInputs({ labels, classes }: FitRequest, facts: Facts): void {
  if (facts.columns.length === 0)
    throw input("Cannot train without inputs", { hint: "Name columns or feature cells in inputs." });
  if (labels.some((label) => label !== labels[0])) return;
  throw input(`Cannot train: every training row has the label "${classes[labels[0]]}"`, {
    hint: "A learner needs rows of at least two classes.",
  });
}

/**
 * Fits and predicts what a request asks for: makes the plan, has it done, blends where it says so.
 * @throws Fault `learner-input`, `learner-settings`; AbortError
 */
export async function fitPlanned(request: FitRequest, bench: Bench): Promise<FitResult> {
  const plan = planFor(request, bench.facts);
  const started = bench.now();
  const { labels, classes, seed } = request;
  const late = plan.limitMs === undefined ? undefined : () => bench.now() - started > (plan.limitMs ?? 0);
  const keep = request.keep ?? false;
  const results = await runPlan(plan, { ...bench, labels, classes: classes.length, seed, late, keep });
  const missing = plan.members.filter(({ name }) => results.get(name) === "late");
  const common = { classes, rows: labels.length, cut: missing.length > 0 };
  const fitted = (weights: Record<string, number>): FittedPlan | undefined =>
    keep ? fittedOf(plan, results, weights, request, bench) : undefined;
  if ("member" in plan.answer) {
    const { member } = plan.answer;
    return { ...common, ...answerOf(results.get(member), plan, classes.length), fitted: fitted({ [member]: 1 }) };
  }
  const contestants = plan.answer.blend.flatMap((name) => contestantOf(results.get(name)));
  const blended = await blendAll(request, [...contestants, ...request.models], bench);
  const own = [...results.values()].filter((result) => typeof result === "object");
  return {
    ...common,
    probabilities: withTrain(blended.probabilities, blended.outOfFold),
    outOfFold: { probabilities: blended.outOfFold, folds: plan.folds },
    features: Math.max(0, ...own.map((result) => result.features)),
    fitMs: sum(own.map((result) => result.fitMs)),
    predictMs: sum(own.map((result) => result.predictMs)),
    notes: [...new Set(own.flatMap((result) => result.notes)), ...missing.map(leftOut)],
    members: blended.standings,
    plan: plan.lines,
    fitted: fitted(Object.fromEntries(blended.standings.map(({ name, weight }) => [name, weight]))),
  };
}

function fittedOf(
  plan: Plan,
  results: ReadonlyMap<string, MemberResult | Absent>,
  weights: Record<string, number>,
  { classes }: FitRequest,
  { expansion }: Bench,
): FittedPlan {
  const members = plan.members.flatMap((member) => {
    const result = results.get(member.name);
    return typeof result === "object" && result.fitted ? [{ member, fitted: result.fitted }] : [];
  });
  return { classes, expansion, members, weights };
}

const leftOut = ({ title }: { title: string }): string =>
  `Left out for lack of time: ${title}. This score may differ on another machine or run.`;

async function blendAll(request: FitRequest, members: Contestant[], bench: Bench): Promise<BlendResult> {
  if (members.length === 0) {
    throw input("Cannot blend: there is nothing to blend", {
      hint: "Name two or more model cells in inputs, say `inputs: [linear_one, trees]`.",
    });
  }
  const { labels, classes, metric, pairs } = request;
  return bench.blend({ labels, classes, metric, pairs, members }, { signal: bench.signal });
}

function contestantOf(result: MemberResult | Absent | undefined): Contestant[] {
  if (typeof result !== "object" || !result.outOfFold) return [];
  const { member, outOfFold, probabilities, fitMs, predictMs, features, notes } = result;
  return [{ name: member.name, title: member.title, outOfFold, probabilities, fitMs, predictMs, features, notes }];
}

function answerOf(
  result: MemberResult | Absent | undefined,
  plan: Plan,
  classes: number,
): Omit<FitResult, "classes" | "rows" | "cut"> {
  if (typeof result !== "object") throw new Error("the plan's answer is not there");
  const probabilities = Object.fromEntries(
    Object.entries(result.probabilities).map(([split, values]) => [split, rowsOfOne(values, classes)]),
  );
  const outOfFold = result.outOfFold && rowsOfOne(result.outOfFold, classes);
  return {
    probabilities: withTrain(probabilities, outOfFold),
    ...(outOfFold && { outOfFold: { probabilities: outOfFold, folds: plan.folds } }),
    features: result.features,
    fitMs: result.fitMs,
    predictMs: result.predictMs,
    notes: result.notes,
  };
}

/** What is said of the training rows is said out of fold, where there are folds: a fit has seen its own rows. */
function withTrain(
  probabilities: Record<string, Float64Array>,
  outOfFold: Float64Array | undefined,
): Record<string, Float64Array> {
  return outOfFold ? { ...probabilities, train: outOfFold } : probabilities;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
