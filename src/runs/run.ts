import { z } from "../base";

/**
 * What is remembered of a score: enough to rank it, to say how it came about, and to make it again. The notebook's text
 * and the predictions of its rows are the run's details, kept beside it. A new field is optional; a changed one raises
 * the number in `RUN_FORMAT`.
 */
export const RUN_FORMAT = "polytab-run/1";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 is 64 hexadecimal digits");
const name = z.string().min(1).max(200);
const words = z.string().max(2_000);
const milliseconds = z.number().nonnegative();

const intervalSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

const notebookSchema = z.object({
  /** SHA-256 of the text. */
  hash,
  title: z.string().max(500),
});

const taskSchema = z.object({
  id: name,
  title: z.string().max(500),
  track: z.enum(["classification", "matching"]),
  /** The task's own metric: what ranks it. */
  metric: name,
  /** Names the rows by content: only runs on the same data can be compared. */
  data: hash,
});

const memberSchema = z.object({
  /** Of the model cell. */
  name,
  /** The learner, or the ONNX model's id. */
  title: words,
  /** An ONNX model that was trained elsewhere. */
  baseline: z.boolean(),
  seed: z.number().int(),
  provider: z.enum(["webgpu", "wasm"]).optional(),
  trainRows: z.number().int().nonnegative(),
  /** Columns after encoding; 0 where that says nothing. */
  width: z.number().int().nonnegative(),
  fitMs: milliseconds,
  predictMs: milliseconds,
  /** Matching: a match is declared from this probability on. */
  threshold: z.number().optional(),
  /** False where a time limit cut the fit short. */
  reproducible: z.boolean(),
  metrics: z.record(z.string(), intervalSchema),
  /** Of an ensemble. */
  parts: z
    .array(z.object({ title: words, weight: z.number(), fitMs: milliseconds, predictMs: milliseconds }))
    .optional(),
});

const made = {
  /** Milliseconds since 1970. */
  made: z.number().int().nonnegative(),
  /** Of Polytab. */
  version: z.string().max(100),
  notebook: notebookSchema,
};

const scoreRunSchema = z.object({
  kind: z.literal("score"),
  /** The score cell's key: over all text and data that the score depends on. */
  id: hash,
  ...made,
  task: taskSchema,
  cell: name,
  split: z.enum(["train", "validation", "test"]),
  rows: z.number().int().positive(),
  /** What it was scored by; the task's metric unless the cell says otherwise. */
  metric: name,
  /** Of the bootstrap. */
  seed: z.number().int(),
  classes: z.array(z.string()).min(2),
  /** The first one is the run's own: the others are what it was scored beside. */
  members: z.array(memberSchema).min(1),
});

const faultSchema = z.object({
  code: name,
  message: words,
  hint: words.optional(),
  where: z
    .object({
      cell: z.string().optional(),
      file: z.string().optional(),
      line: z.number().optional(),
      column: z.number().optional(),
    })
    .optional(),
});

const taskResultSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("scored"),
    task: taskSchema,
    tookMs: milliseconds,
    /** The score's own run, by id. */
    run: hash,
    split: z.enum(["train", "validation", "test"]),
    rows: z.number().int().positive(),
    metric: name,
    lead: memberSchema,
    /** The majority class, where the score holds it: what guessing is worth. */
    floor: intervalSchema.optional(),
    /** Other predictions of the score cell that do not fit this task. */
    leftOut: z.array(z.object({ name, reason: words })),
  }),
  z.object({ status: z.literal("failed"), task: taskSchema, tookMs: milliseconds, fault: faultSchema }),
]);

const acrossRunSchema = z.object({
  kind: z.literal("across"),
  /** Over the notebook's code and the track. */
  id: hash,
  ...made,
  track: z.enum(["classification", "matching"]),
  cell: name,
  /** All tasks that belong to it, in the track's order, run or not. */
  tasks: z.array(z.object({ id: name, title: z.string().max(500) })).min(1),
  results: z.array(taskResultSchema),
  /** What the link's author had, by task: the data's hash (its first digits) and the score. */
  claims: z.record(z.string(), z.tuple([z.string(), z.number()])).optional(),
});

export const runSchema = z.discriminatedUnion("kind", [scoreRunSchema, acrossRunSchema]);

export type Run = z.infer<typeof runSchema>;
export type ScoreRun = z.infer<typeof scoreRunSchema>;
export type AcrossRun = z.infer<typeof acrossRunSchema>;
export type RunMember = z.infer<typeof memberSchema>;
export type RunTask = z.infer<typeof taskSchema>;
export type TaskResult = z.infer<typeof taskResultSchema>;

/** A base64 text of little-endian numbers. */
const packed = z.string().max(8_000_000);

export const detailSchema = z.object({
  /** The notebook as it was. */
  markdown: z.string().max(2_000_000),
  /** By row of the scored split, in the task's order; absent where there were too many. */
  rows: z
    .object({
      /** Class indices, 16 bits each. */
      labels: packed,
      /** By member: those that are kept. */
      members: z.array(
        z.object({
          name,
          /** The predicted class's index, 16 bits each. */
          predicted: packed,
          /** The largest probability, as 32-bit floats. */
          top: packed,
          /** The probability of the row's label, as 32-bit floats. */
          label: packed,
        }),
      ),
    })
    .optional(),
});
export type RunDetail = z.infer<typeof detailSchema>;

/** A run with what its reader made of it. */
export const keptSchema = z.object({
  /** The run's id; that of somebody else's card is told apart, so that it never stands for a run made here. */
  id: z.string().min(1),
  run: runSchema,
  /** What the reader calls it. */
  name: z.string().max(200).optional(),
  starred: z.boolean(),
  /** It came as a file: its numbers are what somebody says. */
  claimed: z.boolean(),
  /** Of its details. */
  bytes: z.number().nonnegative(),
});
export type KeptRun = z.infer<typeof keptSchema>;

export function keptId(run: Run, claimed: boolean): string {
  return claimed ? `claimed:${run.id}` : run.id;
}
