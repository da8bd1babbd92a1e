/**
 * Target encoding as a learner of its own: the class shares of each category, drawn towards the overall shares where a
 * category has few rows. What other learners read of it are its out-of-fold predictions, so that no row's own label is in
 * its encoding (Micci-Barreca 2001, made honest by cross-fitting).
 */
export interface RatesModel {
  classes: number;
  prior: Float32Array;
  /** Category to its class shares. */
  shares: Map<string, Float32Array>;
}

/** A category weighs as much as the prior when it has this many rows. */
const PRIOR_ROWS = 10;

export function fitRates(
  values: readonly (string | null)[],
  labels: Int32Array,
  classes: number,
  rows: Int32Array,
): RatesModel {
  const prior = new Float32Array(classes).fill(1 / (rows.length + classes));
  for (const row of rows) prior[labels[row]] += 1 / (rows.length + classes);
  const counts = new Map<string, Float64Array>();
  for (const row of rows) {
    const value = values[row];
    if (value === null) continue;
    let own = counts.get(value);
    if (!own) {
      own = new Float64Array(classes);
      counts.set(value, own);
    }
    own[labels[row]]++;
  }
  const shares = new Map<string, Float32Array>();
  for (const [value, own] of counts) {
    const total = own.reduce((sum, count) => sum + count, 0);
    shares.set(
      value,
      Float32Array.from(own, (count, k) => (count + PRIOR_ROWS * prior[k]) / (total + PRIOR_ROWS)),
    );
  }
  return { classes, prior, shares };
}

/** rows x classes; a category that was not seen, or is missing, has the prior. */
export function predictRates(model: RatesModel, values: readonly (string | null)[]): Float64Array {
  const out = new Float64Array(values.length * model.classes);
  values.forEach((value, row) => {
    out.set((value === null ? undefined : model.shares.get(value)) ?? model.prior, row * model.classes);
  });
  return out;
}
