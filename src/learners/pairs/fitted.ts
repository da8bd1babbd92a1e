import { z } from "../../base";

/** Changes whenever equal columns would give other features; what was fitted by another version is stale. */
export const PAIRS_VERSION = 1;

const numbers = z.array(z.number());

const wordCounts = z
  .object({ count: z.number().int(), words: z.array(z.string()), records: numbers })
  .refine(({ words, records }) => words.length === records.length, { message: "words and records differ in length" });

const whitening = z.object({ mean: numbers, axes: z.array(numbers) });

const attribute = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), name: z.string(), words: wordCounts }),
  /** `values`: as `words`, of the values as a whole. */
  z.object({ kind: z.literal("categorical"), name: z.string(), words: wordCounts, values: wordCounts }),
  /** Quantiles of the records' values. */
  z.object({ kind: z.literal("numeric"), name: z.string(), knots: numbers }),
  z.object({ kind: z.literal("picture"), name: z.string(), whitenings: z.array(whitening) }),
  z.object({ kind: z.literal("vector"), name: z.string(), length: z.number().int(), whitening }),
]);

/** Reads `FittedPairs` from a sidecar. */
export const fittedPairsSchema = z.object({
  version: z.number().int(),
  /** In the order of the left columns. */
  attributes: z.array(attribute),
  /** Words of whole records, where texts are among their attributes. */
  record: wordCounts.optional(),
  /** Names of the features that tell training rows apart, in their order. */
  features: z.array(z.string()),
});

/**
 * What the training rows, without their labels, say about how pairs of records are to be compared. Plain data that JSON
 * keeps: it goes into a model's sidecar.
 */
export type FittedPairs = z.infer<typeof fittedPairsSchema>;
export type FittedAttribute = FittedPairs["attributes"][number];
