import { readAs, z } from "../base";

export const MODALITIES = ["text", "numeric", "categorical", "image"] as const;
export type Modality = (typeof MODALITIES)[number];

export const SPLIT_NAMES = ["train", "validation", "test"] as const;
export type SplitName = (typeof SPLIT_NAMES)[number];

export const CLASSIFICATION_METRICS = [
  "accuracy",
  "balanced_accuracy",
  "macro_f1",
  "log_loss",
  "top3_accuracy",
  "mcc",
  "expected_calibration_error",
] as const;
export const MATCHING_METRICS = ["f1", "precision", "recall", "average_precision", "roc_auc"] as const;
export type MetricName = (typeof CLASSIFICATION_METRICS)[number] | (typeof MATCHING_METRICS)[number];

const columnSchema = z.object({
  name: z.string().min(1),
  modality: z.enum(MODALITIES),
  description: z.string().default(""),
});

const splitSchema = z.object({
  rows: z.number().int().nonnegative(),
  parquet: z.string().min(1),
  /** The same rows, for people and other programs; a task that a reader brought has them as Parquet only. */
  csv: z.string().min(1).optional(),
  /** SHA-256 of each file's bytes, in hex. */
  sha256: z.object({
    parquet: z.string().regex(/^[0-9a-f]{64}$/),
    csv: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
});

const attributionSchema = z.object({
  name: z.string(),
  licence: z.string(),
  url: z.string().optional(),
  text: z.string().optional(),
  changes: z.string().optional(),
});

/**
 * `task.json`, design section 3. For a matching task `columns` are the record's columns, without the prefixes
 * `left_` and `right_` that they carry in the split's rows.
 */
export const manifestSchema = z
  .object({
    format: z.literal("polytab-task/1"),
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "an id is lower-case letters, digits and hyphens"),
    title: z.string().min(1),
    track: z.enum(["classification", "matching"]),
    kind: z.enum(["exact", "variant"]).optional(),
    description: z.string(),
    licence: z.string(),
    attribution: z.array(attributionSchema),
    source: z.string(),
    columns: z.array(columnSchema).min(1),
    label: z.object({ column: z.string().min(1), classes: z.array(z.string()).min(2).optional() }),
    metric: z.enum([...CLASSIFICATION_METRICS, ...MATCHING_METRICS]),
    splits: z.object({ train: splitSchema, validation: splitSchema, test: splitSchema }),
    /**
     * Matching only: each record once (`id` and `columns`), where a flat CSV would repeat its pictures in every pair. The
     * splits' rows are then `id, left_id, right_id, label`, and the flat form is a view.
     */
    records: splitSchema.optional(),
    baselines: z.array(z.string()).default([]),
    notebook: z.string().default("notebook.md"),
  })
  .refine((task) => task.track === "matching" || task.label.classes !== undefined, {
    path: ["label", "classes"],
    message: "a classification task lists its classes",
  })
  .refine((task) => task.track === "matching" || task.records === undefined, {
    path: ["records"],
    message: "only a matching task keeps its records apart",
  });

export type TaskManifest = z.infer<typeof manifestSchema>;
export type TaskColumn = TaskManifest["columns"][number];
export type Track = TaskManifest["track"];

/** @throws Fault `invalid` naming the file and the path of what is wrong. */
export function readManifest(value: unknown, file: string): TaskManifest {
  return readAs(manifestSchema, value, file, { file });
}

/** The classes in their order: the manifest's, or "0" and "1" for a matching task. */
export function classesOf(task: TaskManifest): string[] {
  return task.label.classes ?? ["0", "1"];
}

/** The columns of a split's flat rows that a model may read: not the id, not the label. */
export function featureColumns(task: TaskManifest): TaskColumn[] {
  if (task.track === "classification") return task.columns;
  return ["left", "right"].flatMap((side) =>
    task.columns.map((column) => ({ ...column, name: `${side}_${column.name}` })),
  );
}

/** The task's column that one of a split's flat rows is, or is a side of. */
export function taskColumnOf(task: TaskManifest, flat: string): TaskColumn | undefined {
  const names = task.track === "classification" ? [flat] : [/^(?:left|right)_(.*)$/s.exec(flat)?.[1]];
  return task.columns.find(({ name }) => names.includes(name));
}
