import type { Progress } from "../base";
import { type CnnModel, fitCnn, predictCnn } from "./cnn/cnn";
import type { Dataset } from "./dataset";
import { type EncoderOptions, type FittedEncoder, widthsOf } from "./encoder";
import { featureScales } from "./feature-scales";
import { type Feature, type FeatureTable, pickTable } from "./feature-table";
import type { FittedFeature } from "./features";
import { fitGbdt, type GbdtModel, type GbdtOptions, gbdtDefaults, predictGbdt } from "./gbdt";
import { input, saysNothing } from "./inputs";
import { fitKnn, type KnnModel, predictKnn } from "./knn/knn";
import { allRows, fitLinear, type LinearModel, predictLinear, priors } from "./linear";
import { fitLinearExactly, isSmall } from "./linear-exact";
import { type Matrix, pickMatrix } from "./matrix";
import { fitMlp, type MlpModel, predictMlp } from "./mlp/mlp";
import { mlpDefaults } from "./mlp/options";
import type { Member } from "./plan";
import { fitRates, predictRates, type RatesModel } from "./rates";
import type { Settings } from "./settings";
import { noted, scaled, within } from "./steps";

/** A member's probabilities as another member reads them: rows x classes, by split; of training rows out of fold. */
export interface Stacked {
  name: string;
  of: Record<string, Float32Array>;
}

/** One fit of one member: on all training rows, or on those outside a fold. */
export interface Job {
  member: Member;
  /** Rows to fit on; all where undefined. */
  fit?: Int32Array;
  /** Training rows to predict; where undefined, the other splits are predicted, and with `own` the training rows too. */
  held?: Int32Array;
  own?: boolean;
  stacked: Stacked[];
  /** Rounds of boosting or passes that fits on the folds found best: with them there is no inner split to stop by. */
  rounds?: number;
  /** The fit itself is wanted, too. */
  keep?: boolean;
}

export interface JobResult {
  /** rows x classes: of the held rows as `held`, else by split. */
  probabilities: Record<string, Float32Array>;
  fitMs: number;
  predictMs: number;
  /** Encoded width of what it read. */
  features: number;
  notes: string[];
  rounds?: number;
  fitted?: FittedMember;
}

/** A fitted member: what predicts, and what an export is made of. */
export type FittedMember =
  | { learner: "majority"; shares: Float64Array }
  | { learner: "rates"; column: string; model: RatesModel }
  | { learner: "linear"; encoder: FittedEncoder; model: LinearModel }
  | { learner: "gbdt"; encoder: FittedFeature[]; model: GbdtModel }
  | { learner: "mlp"; encoder: FittedEncoder; model: MlpModel }
  | { learner: "knn"; encoder: FittedEncoder; model: KnnModel }
  | { learner: "cnn"; model: CnnModel };

/** How many classes or features would no longer fit into a tab's memory, as 32-bit weights. */
const MOST_WEIGHTS = 150_000_000;

/**
 * Fits a member and predicts. Synchronous, in steps of a few milliseconds; `now` is a clock in milliseconds.
 * @throws Fault `learner-input`
 */
export function* runJob(dataset: Dataset, job: Job, now: () => number): Generator<Progress, JobResult> {
  const started = now();
  const { fitted, features, notes, rounds } = yield* within(0, 0.85, fitMember(dataset, job));
  const fitMs = now() - started;
  const probabilities: Record<string, Float32Array> = {};
  if (job.held) {
    probabilities.held = yield* noted("predicting the held-out rows", predictMember(fitted, dataset, "train", job));
  } else {
    const splits = Object.keys(dataset.splits).filter((split) => job.own || split !== "train");
    for (const [i, split] of splits.entries()) {
      const from = 0.85 + (0.15 * i) / splits.length;
      const steps = noted(`predicting ${split}`, predictMember(fitted, dataset, split, job));
      probabilities[split] = yield* within(from, from + 0.15 / splits.length, steps);
    }
  }
  return {
    probabilities,
    fitMs,
    predictMs: now() - started - fitMs,
    features,
    notes,
    ...(rounds && { rounds }),
    ...(job.keep && { fitted }),
  };
}

interface Outcome {
  fitted: FittedMember;
  features: number;
  notes: string[];
  rounds?: number;
}

export function* fitMember(dataset: Dataset, job: Job): Generator<Progress, Outcome> {
  const { member } = job;
  const { labels, classes } = dataset;
  const rows = job.fit ?? allRows(labels.length);
  const own = rows.map((row) => labels[row]);
  if (member.learner === "majority") {
    return { fitted: { learner: "majority", shares: priors(own, classes.length) }, features: 0, notes: [] };
  }
  if (own.every((label) => label === own[0])) {
    throw input(`Cannot train: every training row has the label "${classes[own[0]]}"`, {
      hint: "A learner needs rows of at least two classes.",
    });
  }
  switch (member.learner) {
    case "rates": {
      const model = fitRates(categoriesOf(dataset, member.columns[0], "train"), labels, classes.length, rows);
      return {
        fitted: { learner: "rates", column: member.columns[0], model },
        features: model.shares.size,
        notes: [],
      };
    }
    case "linear":
      return yield* fitLinearMember(dataset, job, rows);
    case "gbdt":
      return yield* fitTrees(dataset, job, rows, own);
    case "mlp":
      return yield* fitMlpMember(dataset, job, rows, own);
    case "knn": {
      const { encoder, matrix, notes } = yield* within(0, 0.4, encoded(dataset, member));
      const { neighbours } = member.settings;
      const options = {
        neighbours: typeof neighbours === "number" ? neighbours : ("auto" as const),
        seed: member.seed,
      };
      const steps = noted(`fitting ${member.title}`, fitKnn(picked(matrix, rows), own, classes.length, options));
      const model = yield* within(0.4, 1, steps);
      return {
        fitted: { learner: "knn", encoder, model },
        features: widthOf(encoder),
        notes: [...notes, ...model.notes],
      };
    }
    case "cnn": {
      const pictures = dataset.pictures("train", rows);
      const { settings, seed } = member;
      const epochs = numberOr(settings.epochs, cnnEpochs(rows.length));
      const options = {
        epochs,
        channels: [16, 32, 64],
        rate: numberOr(settings.rate, 0.005),
        batch: 32,
        augment: true,
        ...innerStop(settings, rows.length, epochs),
        seed,
      };
      const steps = noted(`fitting ${member.title}`, fitCnn(pictures, own, classes.length, options));
      return { fitted: { learner: "cnn", model: yield* steps }, features: pictures.columns * 32 * 32 * 4, notes: [] };
    }
  }
}

function* fitLinearMember(dataset: Dataset, { member }: Job, rows: Int32Array): Generator<Progress, Outcome> {
  const { settings, seed } = member;
  const classes = dataset.classes.length;
  const { encoder, matrix, notes } = yield* within(0, 0.4, encoded(dataset, member));
  const { sparse, dense } = widthsOf(encoder);
  if ((sparse + dense) * classes > MOST_WEIGHTS) {
    throw input(`Cannot train: ${sparse + dense} features times ${classes} classes do not fit into memory`, {
      hint: "Lower text_bits or max_categories, or raise text_min_rows.",
    });
  }
  const { labels } = dataset;
  const { epochs } = settings;
  // Whoever counts the passes wants a descent.
  const exact = typeof epochs !== "number" && isSmall(matrix, classes);
  // Two classes share what scikit-learn penalises as one row of weights.
  const l2 = numberOr(settings.l2, autoPenalty(rows.length) * (exact && classes === 2 ? 2 : 1));
  const steps = exact
    ? fitLinearExactly(matrix, featureScales(encoder), labels, classes, { l2, passes: exactPasses(matrix) }, rows)
    : fitLinear(
        matrix,
        labels,
        classes,
        { epochs: numberOr(epochs, autoEpochs(rows.length)), rate: numberOr(settings.rate, 4), l2, seed },
        rows,
      );
  const model = yield* within(0.4, 1, noted(`fitting ${member.title}`, steps));
  return { fitted: { learner: "linear", encoder, model }, features: sparse + dense, notes };
}

function* fitMlpMember(
  dataset: Dataset,
  { member }: Job,
  rows: Int32Array,
  labels: Int32Array,
): Generator<Progress, Outcome> {
  const { settings, seed } = member;
  const { encoder, matrix, notes } = yield* within(0, 0.3, encoded(dataset, member));
  const usual = mlpDefaults(rows.length, dataset.classes.length, widthsOf(encoder));
  const epochs = numberOr(settings.epochs, usual.epochs);
  const options = {
    ...usual,
    epochs,
    hidden: typeof settings.hidden === "number" ? [settings.hidden] : usual.hidden,
    rate: numberOr(settings.rate, usual.rate),
    dropout: numberOr(settings.dropout, usual.dropout),
    l2: numberOr(settings.l2, usual.l2),
    ...innerStop(settings, rows.length, epochs),
    seed,
  };
  const steps = noted(`fitting ${member.title}`, fitMlp(picked(matrix, rows), labels, dataset.classes.length, options));
  return {
    fitted: { learner: "mlp", encoder, model: yield* within(0.3, 1, steps) },
    features: widthOf(encoder),
    notes,
  };
}

const widthOf = (encoder: FittedEncoder): number => {
  const { sparse, dense } = widthsOf(encoder);
  return sparse + dense;
};

const picked = (matrix: Matrix, rows: Int32Array): Matrix =>
  rows.length === matrix.rows ? matrix : pickMatrix(matrix, rows);

/** Fewer rows are too few to hold any out. */
const LEAST_TO_HOLD = 300;

/** A network's early stopping; a member of `auto` goes without and sees all rows, for its pace falls to nothing anyhow. */
function innerStop(settings: Settings, rows: number, epochs: number): { stop?: { share: number; patience: number } } {
  const share = numberOr(settings.inner_split, rows < LEAST_TO_HOLD ? 0 : 0.1);
  return share > 0 ? { stop: { share, patience: Math.max(3, Math.ceil(epochs / 4)) } } : {};
}

/** Passes over the pictures: about a hundred thousand in all. */
const cnnEpochs = (rows: number): number => Math.min(40, Math.max(6, Math.round(120_000 / rows)));

function* fitTrees(
  dataset: Dataset,
  { member, stacked, rounds }: Job,
  rows: Int32Array,
  labels: Int32Array,
): Generator<Progress, Outcome> {
  const { encoder, of } = yield* within(0, 0.2, noted("encoding the rows", dataset.tables(member.columns)));
  const table = pickTable(withStacked(of.train, dataset, "train", stacked), rows);
  if (!table.features.some(varies)) throw saysNothing(member.columns.map((name) => `"${name}"`).join(", "));
  const { settings } = member;
  const classes = dataset.classes.length;
  const { stop, ...usual } = gbdtDefaults(rows.length, classes);
  const options: GbdtOptions = {
    ...usual,
    rounds: rounds ?? numberOr(settings.rounds, usual.rounds),
    leaves: numberOr(settings.leaves, usual.leaves),
    rate: numberOr(settings.rate, usual.rate),
    leastRows: numberOr(settings.min_rows, usual.leastRows),
    l2: numberOr(settings.l2, usual.l2),
    bins: numberOr(settings.bins, usual.bins),
    rowShare: numberOr(settings.row_share, usual.rowShare ?? 1),
    featureShare: numberOr(settings.feature_share, usual.featureShare ?? 1),
    // Rounds that the folds found best need no inner split.
    ...(rounds === undefined && stop && { stop }),
    seed: member.seed,
  };
  const steps = noted(`fitting ${member.title}`, fitGbdt(table, labels, classes, options));
  const model = yield* within(0.2, 1, steps);
  const notes = encoder.flatMap((feature) => (feature.kind === "unused" ? [feature.reason] : []));
  return { fitted: { learner: "gbdt", encoder, model }, features: table.features.length, notes, rounds: model.rounds };
}

function varies(feature: Feature): boolean {
  const values = feature.kind === "number" ? feature.values : feature.codes;
  return values.some((value) => !Object.is(value, values[0]));
}

/** The table with other members' probabilities as further features. Of two classes one says all. */
function withStacked(table: FeatureTable, dataset: Dataset, split: string, stacked: readonly Stacked[]): FeatureTable {
  const classes = dataset.classes.length;
  const rows = dataset.rows(split);
  const told = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  const added = stacked.flatMap(({ name, of }) =>
    told.map((k): Feature => {
      const values = new Float32Array(rows);
      for (let row = 0; row < rows; row++) values[row] = of[split][row * classes + k];
      return { kind: "number", name: `${name}: ${dataset.classes[k]}`, values };
    }),
  );
  return { rows, features: [...table.features, ...added] };
}

/** The training rows as a matrix, and what was left out of it. */
function* encoded(
  dataset: Dataset,
  member: Member,
): Generator<Progress, { encoder: FittedEncoder; matrix: Matrix; notes: string[] }> {
  const steps = dataset.matrices(member.columns, encoderOptions(member.settings, dataset.labels.length));
  const { encoder, of } = yield* noted("encoding the rows", steps);
  const unused = encoder.columns.flatMap((column) => (column.kind === "unused" ? [column.reason] : []));
  return { encoder, matrix: of.train, notes: unused };
}

/** Probabilities of a split's rows, or of some training rows: rows x classes. */
export function* predictMember(
  fitted: FittedMember,
  dataset: Dataset,
  split: string,
  { member, held, stacked }: Pick<Job, "member" | "held" | "stacked">,
): Generator<number, Float32Array> {
  const count = held?.length ?? dataset.rows(split);
  switch (fitted.learner) {
    case "majority": {
      const out = new Float32Array(count * fitted.shares.length);
      for (let row = 0; row < count; row++) out.set(fitted.shares, row * fitted.shares.length);
      return out;
    }
    case "rates": {
      const all = categoriesOf(dataset, fitted.column, split);
      return Float32Array.from(predictRates(fitted.model, held ? Array.from(held, (row) => all[row]) : all));
    }
    case "linear": {
      const { of } = yield* scaled(
        0,
        0.5,
        dataset.matrices(member.columns, encoderOptions(member.settings, dataset.labels.length)),
      );
      const matrix = held ? pickMatrix(of[split], held) : of[split];
      return Float32Array.from(yield* scaled(0.5, 1, predictLinear(fitted.model, matrix)));
    }
    case "mlp":
    case "knn": {
      const options = encoderOptions(member.settings, dataset.labels.length);
      const { of } = yield* scaled(0, 0.3, dataset.matrices(member.columns, options));
      const matrix = held ? pickMatrix(of[split], held) : of[split];
      const steps = fitted.learner === "mlp" ? predictMlp(fitted.model, matrix) : predictKnn(fitted.model, matrix);
      return Float32Array.from(yield* scaled(0.3, 1, steps));
    }
    case "cnn":
      return Float32Array.from(yield* predictCnn(fitted.model, dataset.pictures(split, held)));
    case "gbdt": {
      const { of } = yield* scaled(0, 0.2, dataset.tables(member.columns));
      const all = withStacked(of[split], dataset, split, stacked);
      const table = held ? pickTable(all, held) : all;
      return Float32Array.from(yield* scaled(0.2, 1, predictGbdt(fitted.model, table)));
    }
  }
}

function categoriesOf(dataset: Dataset, name: string, split: string): (string | null)[] {
  const column = dataset.splits[split].find((one) => one.name === name);
  if (column?.as === "categorical" || column?.as === "text") return column.values;
  throw input(`Cannot encode "${name}": it holds no categories in ${split}`);
}

/** Small data needs many passes until the steps have summed up; large data is seen often enough in a few. */
function autoEpochs(rows: number): number {
  return Math.min(20, Math.max(5, Math.ceil(50_000 / rows)));
}

/** Passes to the optimum: a hundred, but of millions of numbers fewer, as in scikit-learn's time. */
function exactPasses({ ids, rows, denseWidth }: Matrix): number {
  return Math.round(Math.min(100, Math.max(30, 5e8 / (ids.length + rows * denseWidth + 1))));
}

/** The penalty that keeps its weight against the sum over the rows, as scikit-learn's C = 10 does. */
function autoPenalty(rows: number): number {
  return 1 / (10 * rows);
}

export const numberOr = (value: number | string | undefined, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;

export function encoderOptions(settings: Settings, rows: number): EncoderOptions {
  return {
    numericBins: numberOr(settings.numeric_bins, 16),
    clip: numberOr(settings.clip, 5),
    mostCategories: numberOr(settings.max_categories, 500),
    textBits: numberOr(settings.text_bits, 18),
    // A gram of one text among thousands is noise that only costs memory; among hundreds it is most of the signal.
    leastTexts: numberOr(settings.text_min_rows, rows < 5000 ? 1 : 2),
  };
}
