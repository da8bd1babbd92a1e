import { Fault, readAs, z } from "../base";
import { ENCODER_VERSION } from "./encoder";
import { fittedPairsSchema } from "./pairs";

const inputKind = z.enum(["numeric", "categorical", "text", "image", "vector"]);
const classes = z.array(z.string()).min(2);

const numbers = z.array(z.number());
const counts = z.array(z.number().int().nonnegative());
const grams = z
  .object({ buckets: counts, texts: counts })
  .refine((block) => block.buckets.length === block.texts.length, {
    message: "buckets and texts differ in length",
  });
const standardised = { name: z.string(), mean: numbers, deviation: numbers, flag: z.boolean() };

const columnSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("numeric"),
    name: z.string(),
    fill: z.number(),
    mean: z.number(),
    deviation: z.number().positive(),
    clip: z.number().positive(),
    flag: z.boolean(),
    edges: numbers,
  }),
  z.object({ kind: z.literal("categorical"), name: z.string(), categories: z.array(z.string()) }),
  z.object({
    kind: z.literal("text"),
    name: z.string(),
    bits: z.number().int().min(1).max(20),
    count: z.number().int().positive(),
    longestWords: z.union([z.literal(1), z.literal(2)]),
    words: grams,
    chars: grams,
  }),
  z.object({ kind: z.literal("image"), ...standardised }),
  z.object({ kind: z.literal("vector"), ...standardised }),
  z.object({ kind: z.literal("unused"), name: z.string(), reason: z.string() }),
]);

const names = z.array(z.string());
const featureSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("number"), name: z.string() }),
  z.object({ kind: z.literal("category"), name: z.string(), categories: names }),
  z.object({ kind: z.literal("text"), name: z.string() }),
  z.object({ kind: z.literal("image"), name: z.string() }),
  z.object({ kind: z.literal("vector"), name: z.string(), length: z.number().int().positive() }),
  z.object({ kind: z.literal("unused"), name: z.string(), reason: z.string() }),
]);
const partSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("matrix"),
    /** Of the inputs `ids`, `weights` and `dense`. */
    prefix: z.string(),
    columns: names,
    encoder: z.object({ version: z.number().int(), columns: z.array(columnSchema) }),
  }),
  z.object({
    kind: z.literal("table"),
    input: z.string(),
    columns: names,
    features: z.array(featureSchema),
    /** Of a category's code, by the name of its feature. */
    bins: z.record(z.string(), counts),
  }),
  z.object({
    kind: z.literal("rates"),
    input: z.string(),
    columns: names.length(1),
    prior: numbers,
    shares: z.record(z.string(), numbers),
  }),
  /** The pixels of these columns, rows x columns x size x size x 4; a missing picture is a transparent one. */
  z.object({ kind: z.literal("pictures"), input: z.string(), columns: names.min(1) }),
  /** A zero a row: how many rows there are. */
  z.object({ kind: z.literal("rows"), input: z.string() }),
]);

const expansionSchema = z.object({ dates: names, words: names, pairs: fittedPairsSchema.optional() });

const sidecarSchema = z.object({
  format: z.literal("polytab-sidecar/2"),
  /** The task's columns that the model reads. */
  inputs: z.array(z.object({ name: z.string(), as: inputKind })).min(1),
  expansion: expansionSchema,
  /** How each of the model's inputs is made of the expanded columns. */
  parts: z.array(partSchema),
  /** Of other models that it reads, whose columns are expanded apart. */
  others: z.array(z.object({ expansion: expansionSchema, parts: z.array(partSchema) })).optional(),
  classes,
  /** The name of the model's output, rows x classes. */
  output: z.string(),
});

export type SidecarPart = z.infer<typeof partSchema>;

/** What beside the ONNX file is needed to run it: the fitted encoder, the inputs, the classes in their order. */
export type Sidecar = z.infer<typeof sidecarSchema>;

/** @throws Fault `invalid`, or `model-stale` for an encoder of another version of Polytab */
export function readSidecar(value: unknown, file: string): Sidecar {
  const sidecar = readAs(sidecarSchema, value, file, { file });
  const parts = [sidecar, ...(sidecar.others ?? [])].flatMap((group) => group.parts);
  const other = parts.find((part) => part.kind === "matrix" && part.encoder.version !== ENCODER_VERSION);
  if (other?.kind !== "matrix") return sidecar;
  throw new Fault(
    "model-stale",
    `Cannot use ${file}: its encoder is of version ${other.encoder.version}, this Polytab has ${ENCODER_VERSION}`,
    { hint: "Train the model again: npm run baselines.", where: { file } },
  );
}
