import { Fault } from "../../base";

/** What a model says of a split's rows. */
export interface Predictions {
  ids: readonly string[];
  classes: readonly string[];
  /** Index into `classes`, by row. */
  predicted: Int32Array;
  /** rows x classes. */
  probabilities: Float64Array;
}

/** How far a row's probabilities may be from summing to one: six printed digits stay below it. */
const SUM_TOLERANCE = 0.001;

/**
 * Whether predictions are whole: every id once, every probability a number from 0 to 1, each row's sum one.
 * @param what the file or the cell, for the message
 * @throws Fault `predictions`
 */
export function checkPredictions({ ids, classes, predicted, probabilities }: Predictions, what: string): void {
  const width = classes.length;
  if (ids.length === 0) throw unfit(what, "there are no rows");
  if (predicted.length !== ids.length || probabilities.length !== ids.length * width)
    throw unfit(what, `${ids.length} rows of ${width} classes do not go with ${probabilities.length} probabilities`);
  const seen = new Set<string>();
  for (const [row, id] of ids.entries()) {
    if (seen.has(id)) throw unfit(what, `the row "${id}" is there twice`, "Predict each row once.");
    seen.add(id);
    if (!(predicted[row] >= 0 && predicted[row] < width)) throw unfit(what, `row "${id}" predicts no class`);
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const value = probabilities[row * width + k];
      if (!(value >= 0 && value <= 1 + 1e-9))
        throw unfit(
          what,
          `row "${id}" gives "${classes[k]}" the probability ${Number.isNaN(value) ? "(none)" : value}`,
          "Probabilities are numbers from 0 to 1.",
        );
      sum += value;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE)
      throw unfit(what, `the probabilities of row "${id}" sum to ${sum.toPrecision(5)}`, "Divide each row by its sum.");
  }
}

/**
 * Whether the rows are those of the split, each of them and no other, in whatever order.
 * @throws Fault `predictions` with what is missing or too much
 */
export function checkIds(ids: readonly string[], expected: ReadonlySet<string>, what: string): void {
  const given = new Set(ids);
  const missing = [...expected].filter((id) => !given.has(id));
  const foreign = ids.filter((id) => !expected.has(id));
  if (missing.length === 0 && foreign.length === 0) return;
  const parts = [
    ...(missing.length > 0 ? [`${some(missing)} of ${expected.size.toLocaleString("en")} are missing`] : []),
    ...(foreign.length > 0 ? [`${some(foreign)} are not among the split's`] : []),
  ];
  throw unfit(what, `of its rows ${parts.join(", and ")}`, "Predict every row of the test split, and no other.");
}

export function unfit(what: string, problem: string, hint?: string): Fault {
  return new Fault("predictions", `The predictions in ${what} cannot be used: ${problem}`, {
    hint,
    where: { file: what },
  });
}

function some(ids: readonly string[]): string {
  const few = ids.slice(0, 3).map((id) => `"${id}"`);
  const rest = ids.length - few.length;
  return `${few.join(", ")}${rest > 0 ? ` and ${rest.toLocaleString("en")} more` : ""}`;
}
