import { Fault } from "../base";

/** Rows to score: labels are indices into `classes`; probabilities are rows x classes, row-major. */
export interface ScoredRows {
  labels: Int32Array;
  probabilities: Float64Array;
  classes: readonly string[];
}

/** How far a row's probabilities may be from summing to one; six printed digits stay far below. */
const SUM_TOLERANCE = 0.01;

/**
 * @param name whose rows they are, for the message
 * @throws Fault `score-input`: no rows, fewer than two classes, sizes that do not fit, a label that is no class, a
 * probability that is NaN or outside [0, 1], a row that does not sum to one. Rows are counted from 1 in messages.
 */
export function checkRows({ labels, probabilities, classes }: ScoredRows, name?: string): void {
  const input = (problem: string, hint?: string) => refused(problem, hint, name);
  const width = classes.length;
  if (labels.length === 0) throw input("there are no rows", "Score a split that has rows and labels.");
  if (width < 2) throw input(`there ${width === 1 ? `is one class, "${classes[0]}"` : "are no classes"}`);
  if (probabilities.length !== labels.length * width) {
    throw input(
      `${labels.length} rows of ${width} classes need ${labels.length * width} probabilities, there are ${probabilities.length}`,
    );
  }
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] < 0 || labels[row] >= width) {
      throw input(
        `row ${row + 1} has the label ${labels[row]}, the classes are 0 to ${width - 1}`,
        "Every label must be one of the task's classes.",
      );
    }
    let total = 0;
    for (let k = 0; k < width; k++) {
      const value = probabilities[row * width + k];
      if (!(value >= 0 && value <= 1 + 1e-9)) {
        throw input(
          `row ${row + 1} gives "${classes[k]}" the probability ${value}`,
          "Probabilities are numbers from 0 to 1.",
        );
      }
      total += value;
    }
    if (Math.abs(total - 1) > SUM_TOLERANCE) {
      throw input(`the probabilities of row ${row + 1} sum to ${total.toPrecision(4)}`, "Divide each row by its sum.");
    }
  }
}

/** @throws Fault `score-input` for a threshold that is no number. */
export function checkThreshold(threshold: number): void {
  if (!Number.isFinite(threshold))
    throw refused(`the threshold is ${threshold}`, "A threshold is a number, usually from 0 to 1.");
}

function refused(problem: string, hint?: string, name?: string): Fault {
  return new Fault("score-input", `Cannot score${name === undefined ? "" : ` "${name}"`}: ${problem}`, { hint });
}

/** The scores of class 1 as the two columns that everything else takes. */
export function twoColumns(scores: Float64Array): Float64Array {
  const probabilities = new Float64Array(scores.length * 2);
  for (let row = 0; row < scores.length; row++) {
    probabilities[row * 2] = 1 - scores[row];
    probabilities[row * 2 + 1] = scores[row];
  }
  return probabilities;
}

export function secondColumn(probabilities: Float64Array): Float64Array {
  return Float64Array.from({ length: probabilities.length / 2 }, (_, row) => probabilities[row * 2 + 1]);
}
