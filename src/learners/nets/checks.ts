import { Fault } from "../../base";

export const learnerInput = (message: string, hint?: string): Fault =>
  new Fault("learner-input", message, hint === undefined ? {} : { hint });

/**
 * Labels that a classifier can be fitted to. Classes without a row are allowed: they keep a small probability.
 * @throws Fault `learner-input`
 */
export function checkLabels(labels: Int32Array, classes: number, rows: number): void {
  if (rows === 0) throw learnerInput("Cannot train: there are no training rows");
  if (labels.length !== rows) throw learnerInput(`Cannot train: ${rows} rows of features and ${labels.length} labels`);
  if (classes < 2) throw learnerInput(`Cannot train: there are ${classes} classes, at least two are needed`);
  const row = labels.findIndex((label) => !(label >= 0 && label < classes));
  if (row >= 0) {
    throw learnerInput(
      `Cannot train: row ${row + 1} has no label of the ${classes} classes`,
      "Leave out rows without a label, or correct the task's classes.",
    );
  }
  if (labels.every((label) => label === labels[0])) {
    throw learnerInput(
      `Cannot train: all ${rows} rows have the same label`,
      "A learner needs rows of at least two classes.",
    );
  }
}

/** Checks an option; `what` names it, as in "the rate of mlp". @throws Fault `learner-settings` */
export function checkRange(what: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new Fault("learner-settings", `Cannot train with ${what} of ${value}: it must be from ${least} to ${most}`);
}
