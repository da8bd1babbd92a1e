import { readAs, z } from "../base";
import { outOfFoldSchema } from "./out-of-fold-file";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 is 64 hexadecimal digits");
const file = z.string().regex(/^[\w][\w.-]*$/, "a file name of this folder");
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const bytes = z.number().int().positive();
const width = z.number().int().positive();

/** What an ONNX model reads, for people. */
const inputs = z.array(z.object({ name: z.string(), type: z.string(), shape: z.string(), meaning: z.string() }));

/** A score on a task's validation rows with its 95 % bootstrap interval. */
const measured = z.object({ metric: z.string(), value: z.number(), low: z.number(), high: z.number() });

const entrySchema = z.object({
  kind: z.literal("classifier").default("classifier"),
  id,
  title: z.string(),
  /** The task that it was trained for. */
  task: z.string(),
  /** Its columns of one modality, numbers and categories counting as one, or all of them. */
  reads: z.enum(["text", "table", "image", "all"]).default("all"),
  file,
  sha256: hash,
  bytes,
  sidecar: file,
  sidecarSha256: hash,
  /** The sidecar's encoder makes them. */
  inputs,
  classes: z.array(z.string()).min(2),
  /** Of a matching model: where a match is declared, chosen on the training rows out of fold. */
  threshold: z.number().min(0).max(1).optional(),
  /** What it predicts of the training rows by models that did not see them: an honest member of a blend. */
  outOfFold: outOfFoldSchema.extend({ file, sha256: hash, bytes }).optional(),
  /** The hash is of train.parquet; `code` changes when the training would give another model from the same data. */
  trained: z.object({ dataSha256: hash, rows: z.number().int().positive(), code: z.string() }),
  scores: z.object({
    validation: measured,
    /** The same task by less, for comparison: the majority class, and single modalities. */
    variants: z.array(measured.extend({ name: z.string() })),
  }),
  /** What a reader should know of it, say why it is no better than one of its parts. */
  note: z.string().optional(),
});

/** How a column becomes the input of an encoder; code that training and the tab share. */
const preprocessingSchema = z.discriminatedUnion("kind", [
  /** `rgba(bytes, size)` of each picture as uint8 [N, size, size, 4], straight alpha; a missing picture is all zeros. */
  z.object({ kind: z.literal("rgba"), input: z.string(), size: z.number().int().positive() }),
]);

const encoderSchema = z.object({
  kind: z.literal("encoder"),
  id,
  title: z.string(),
  modality: z.enum(["text", "image"]),
  file,
  sha256: hash,
  bytes,
  inputs,
  preprocessing: preprocessingSchema,
  /** The name of the model's output, and how many numbers a value becomes. */
  output: z.object({ name: z.string(), width }),
  /** What it was trained on: train splits only. */
  trained: z.object({
    data: z.array(z.object({ task: z.string(), dataSha256: hash, rows: z.number().int().positive() })),
    code: z.string(),
  }),
  /** Of a linear model on its output alone, on the task's validation rows. */
  scores: z.array(measured.extend({ task: z.string() })),
});

const manifestSchema = z.object({
  format: z.literal("polytab-models/1"),
  /** Baselines of the sample tasks. */
  models: z.array(entrySchema),
  /** What turns a text or a picture into numbers: `embed:text(column)`, `embed:image(column)`. */
  encoders: z.array(encoderSchema).default([]),
});

/** `public/models/models.json`: the ONNX models that ship. */
export type ModelManifest = z.infer<typeof manifestSchema>;
export type ModelEntry = ModelManifest["models"][number];
export type EncoderEntry = ModelManifest["encoders"][number];

/** @throws Fault `invalid` naming the file and the path of what is wrong */
export function readModelManifest(value: unknown, file: string): ModelManifest {
  return readAs(manifestSchema, value, file, { file });
}
