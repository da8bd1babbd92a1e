import { Fault, hash32 } from "../../base";

/** A training row as far as the encoder reads it. */
export interface LabelledRow {
  id: string;
  label: string | null;
}

export interface TargetEncodingOptions {
  /** The classes to give a share to, in this order; the labels that occur, sorted, unless said. */
  classes?: readonly string[];
  /** Folds for the training rows' own values, 5 unless said. */
  folds?: number;
  /** How many rows the overall share counts for, 10 unless said: rare categories stay near it. */
  smoothing?: number;
  /** Another seed deals the training rows to other folds. */
  seed?: number;
}

export interface TargetEncoding<Row> {
  /** The classes in the order of `shares`. */
  classes: readonly string[];
  /** The share of each class among training rows of the row's category. A training row never counts in its own. */
  shares(row: Omit<Row, "label">): number[];
  /** The share of one class. */
  share(row: Omit<Row, "label">, label: string): number;
}

/**
 * Encodes a category by the labels of the training rows that have it, out of fold: a training row's own fold is left
 * out of its value, so that its label cannot leak into its feature; other rows see all training rows.
 *
 * `(n · share + m · overall) / (n + m)` with `m` the smoothing (Micci-Barreca 2001). Rows are told apart by `id`, and
 * dealt to folds by a hash of it, whatever their order. A missing category is a category of its own.
 * @throws Fault `code-argument` for fewer than 2 folds or a class that is not among `classes`
 */
export function targetEncoding<Row extends LabelledRow>(
  rows: readonly Row[],
  categoryOf: (row: Omit<Row, "label">) => string | number | boolean | null | undefined,
  options: TargetEncodingOptions = {},
): TargetEncoding<Row> {
  const { folds = 5, smoothing = 10, seed = 0 } = options;
  if (!Number.isInteger(folds) || folds < 2)
    throw new Fault("code-argument", `Cannot encode with ${folds} folds`, { hint: "Say 2 folds or more." });
  const found = new Set(rows.map((row) => row.label).filter((label) => label !== null));
  const classes = options.classes ?? [...found].sort();
  const classIndex = new Map(classes.map((name, index) => [name, index]));
  // Fold `folds` is the one of rows that were not trained on: nothing is left out for them.
  const counts = Array.from({ length: folds + 1 }, () => new Map<unknown, Float64Array>());
  const overall = Array.from({ length: folds + 1 }, () => new Float64Array(classes.length));
  const foldOf = new Map<string, number>();
  for (const row of rows) {
    const fold = hash32(`${seed}:${row.id}`) % folds;
    foldOf.set(row.id, fold);
    const label = row.label === null ? undefined : classIndex.get(row.label);
    if (label === undefined) continue;
    const category = categoryOf(row) ?? null;
    for (let other = 0; other <= folds; other++) {
      if (other === fold) continue;
      overall[other][label]++;
      let own = counts[other].get(category);
      if (!own) {
        own = new Float64Array(classes.length);
        counts[other].set(category, own);
      }
      own[label]++;
    }
  }
  const totals = overall.map((perClass) => perClass.reduce((sum, count) => sum + count, 0));
  const shares = (row: Omit<Row, "label">): number[] => {
    const fold = foldOf.get((row as { id?: string }).id ?? "") ?? folds;
    const own = counts[fold].get(categoryOf(row) ?? null);
    const rowsOfIt = own?.reduce((sum, count) => sum + count, 0) ?? 0;
    return classes.map((_, index) => {
      const prior = totals[fold] === 0 ? 1 / classes.length : overall[fold][index] / totals[fold];
      return ((own?.[index] ?? 0) + smoothing * prior) / (rowsOfIt + smoothing || 1);
    });
  };
  return {
    classes,
    shares,
    share(row, label) {
      const index = classIndex.get(label);
      if (index === undefined)
        throw new Fault("code-argument", `Cannot give the share of "${label}": no such class`, {
          hint: `The classes are ${classes.slice(0, 12).join(", ")}.`,
        });
      return shares(row)[index];
    },
  };
}
