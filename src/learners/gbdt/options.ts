import { input } from "../inputs";

export interface GbdtOptions {
  /** At most so many rounds of trees. */
  rounds: number;
  /** Leaves of a tree, 2 to 128. */
  leaves: number;
  /** What a tree's values are multiplied with: the learning rate. */
  rate: number;
  /** Rows that a leaf must have. */
  leastRows: number;
  /** Added to the hessian of a leaf: the quadratic penalty on its value. */
  l2: number;
  /** Bins of a feature beside the one for missing values, 2 to 255. */
  bins: number;
  /**
   * At most this share of the rows grows a tree, drawn by the size of their gradients. Not given: all rows, or fewer for a
   * class of many (see draw.ts). 1: always all rows.
   */
  rowShare?: number;
  /** Share of the features that a tree may use; 1 unless given. */
  featureShare?: number;
  /** Early stopping: `share` of the rows is held out; ends `patience` rounds after the best log loss on them. */
  stop?: { share: number; patience: number };
  category?: CategoryOptions;
  seed: number;
}

/** How categories are split into two sets, by LightGBM's rules. Splits of four categories or fewer are free of them. */
export interface CategoryOptions {
  /** Added to a category's hessian before categories are sorted by gradient over hessian (cat_smooth). */
  smooth: number;
  /** Added to l2 when the gain is weighed (cat_l2). */
  l2: number;
  /** Most categories in the smaller set (max_cat_threshold). */
  most: number;
  /** Rows in the node that a category needs to be moved to the smaller set. */
  leastRows: number;
  /** Rows that the set must grow by between two candidates (min_data_per_group). */
  stepRows: number;
}

export const LIGHTGBM_CATEGORIES: CategoryOptions = { smooth: 10, l2: 10, most: 32, leastRows: 10, stepRows: 100 };

/** @throws Fault `learner-input` naming the option that is out of its range */
export function checkOptions(options: GbdtOptions): void {
  const { rounds, leaves, rate, leastRows, l2, bins, rowShare = 1, featureShare = 1, stop, category } = options;
  whole("rounds", rounds, 0, 100_000);
  whole("leaves", leaves, 2, 128);
  whole("bins", bins, 2, 255);
  whole("leastRows", leastRows, 1, 1e9);
  between("rate", rate, 1e-6, 10);
  between("l2", l2, 0, 1e9);
  between("rowShare", rowShare, 1e-6, 1);
  between("featureShare", featureShare, 1e-6, 1);
  if (category) {
    between("category.smooth", category.smooth, 0, 1e9);
    between("category.l2", category.l2, 0, 1e9);
    whole("category.most", category.most, 1, 255);
    whole("category.leastRows", category.leastRows, 1, 1e9);
    whole("category.stepRows", category.stepRows, 1, 1e9);
  }
  if (!stop) return;
  between("stop.share", stop.share, 0.01, 0.9);
  whole("stop.patience", stop.patience, 1, 100_000);
}

function whole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value)) throw input(`Cannot train: ${name} is ${value}, not a whole number`);
  between(name, value, least, most);
}

function between(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw input(`Cannot train: ${name} is ${value}`, { hint: `It is from ${least} to ${most}.` });
}

/** Fewer rows than this are fitted as few: more bounds, and chance against overfitting. */
const FEW_ROWS = 5000;

/** Too few to hold some out for early stopping. */
const ROWS_TO_STOP = 1000;

/** Trees, of all rounds: some 12 MB of model. Early stopping seldom comes so far. */
const MOST_TREES = 10_000;

/**
 * Options for a table of this size. Chosen on fifteen tasks of 90 to 20,000 rows (the sample tasks with text as 24 TF-IDF
 * components a column, scikit-learn's small ones, made ones) by the log loss on other rows, against scikit-learn's
 * defaults (l2 0, leastRows 20, 255 bins, 100 rounds) in the same code:
 *
 * - `l2` 3 takes a fifth off below 5,000 rows and 2 % above, mostly overconfidence; 1 and 5 are about as good;
 * - half of the features for a tree takes another 7 % off below 5,000 rows; above it costs as often as it helps;
 * - 63 bins take 2 % off below 5,000 rows; above, 127 are as good as 255 and faster;
 * - a leaf needs a hundredth of the rows, 5 to 20: with 10 instead of 20 rows, 4 % less below 1,500 rows;
 * - categories may be fewer than LightGBM's 100 rows a step, which small data do not have.
 */
export function gbdtDefaults(rows: number, classes: number): Omit<GbdtOptions, "seed"> {
  const few = rows < FEW_ROWS;
  return {
    rounds: rows < ROWS_TO_STOP ? 100 : Math.min(300, Math.max(100, Math.round(MOST_TREES / classes))),
    leaves: 31,
    rate: 0.1,
    leastRows: Math.min(20, Math.max(5, Math.round(rows / 100))),
    l2: 3,
    bins: few ? 63 : 127,
    ...(few && { featureShare: 0.5 }),
    ...(rows >= ROWS_TO_STOP && { stop: { share: 0.1, patience: 20 } }),
    category: few ? { ...LIGHTGBM_CATEGORIES, leastRows: 5, stepRows: 20 } : LIGHTGBM_CATEGORIES,
  };
}
