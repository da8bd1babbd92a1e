import type { FeatureTable } from "../feature-table";
import { input } from "../inputs";
import { FEATURE_BYTES } from "./kernel";
import type { BinnedFeature } from "./model";
import type { GbdtOptions } from "./options";

/** Of the 4 GB that a kernel can address, for histograms. */
const MOST_HISTOGRAM_BYTES = 2e9;

/** What a tree's feature numbers are stored in. */
const MOST_FEATURES = 65_535;

/** @throws Fault `learner-input` */
export function checkInput(
  { rows, features }: FeatureTable,
  labels: Int32Array,
  classes: number,
  options: GbdtOptions,
) {
  if (rows === 0) throw input("Cannot train: there are no training rows");
  if (features.length === 0) {
    throw input("Cannot train without features", { hint: "Name columns or feature cells in inputs." });
  }
  if (classes < 2) throw input(`Cannot train: there are ${classes} classes, at least two are needed`);
  if (labels.length !== rows) throw input(`Cannot train: ${rows} rows of features and ${labels.length} labels`);
  checkLengths({ rows, features });
  const row = labels.findIndex((label) => !(label >= 0 && label < classes));
  if (row >= 0) throw input(`Cannot train: row ${row + 1} has the label ${labels[row]}, there are ${classes} classes`);
  const bytes = features.length * FEATURE_BYTES * (options.leaves + 1);
  if (features.length > MOST_FEATURES || bytes > MOST_HISTOGRAM_BYTES) {
    throw input(`Cannot train: ${features.length} features with ${options.leaves} leaves do not fit into memory`, {
      hint: "Use fewer features or leaves, or the learner linear.",
    });
  }
}

/**
 * Rows to predict must have the features that the model was fitted with, in their order.
 * @throws Fault `learner-input` naming the first that differs
 */
export function checkFeatures(fitted: readonly BinnedFeature[], table: FeatureTable): void {
  if (fitted.length !== table.features.length) {
    throw input(`Cannot predict: the model has ${fitted.length} features, the rows have ${table.features.length}`);
  }
  for (const [index, { name, kind }] of fitted.entries()) {
    const given = table.features[index];
    if (given.name === name && given.kind === kind) continue;
    throw input(`Cannot predict: feature ${index + 1} is the ${given.kind} "${given.name}", not the ${kind} "${name}"`);
  }
  checkLengths(table);
}

function checkLengths({ rows, features }: FeatureTable): void {
  for (const feature of features) {
    const length = feature.kind === "number" ? feature.values.length : feature.codes.length;
    if (length !== rows) throw input(`Cannot use "${feature.name}": it has ${length} values for ${rows} rows`);
  }
}
