import { z } from "../../base";
import { joinedCalls, oneOrMany } from "../settings";

/** A model that the reader brought: its file's name, and the first digits of the hash of its content. */
export interface OwnModelName {
  file: string;
  hash: string;
}

/** So many digits of a SHA-256 name a model: no two files of a browser share them by chance. */
export const HASH_DIGITS = 16;

/** `net.onnx@3f2ab9c1d0e4f567`; anything else is the id of a model that ships. */
export function ownModelOf(value: unknown): OwnModelName | undefined {
  const parts = typeof value === "string" ? /^(.+)@([0-9a-f]{16})$/.exec(value.trim()) : null;
  return parts ? { file: parts[1], hash: parts[2] } : undefined;
}

export function ownModelText({ file, hash }: OwnModelName): string {
  return `${file.replaceAll(/[^\p{L}\p{N}._ -]/gu, "_")}@${hash.slice(0, HASH_DIGITS)}`;
}

export const PIXELS = ["0..1", "0..255", "-1..1", "imagenet"] as const;
export const SCORES = ["probabilities", "logits"] as const;

const texts = oneOrMany.transform(joinedCalls);
const className = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const ownModelSchema = z.strictObject({
  model: z.string(),
  /** What each of the model's inputs is given, in the language of a learner's inputs; a list where there is one input. */
  inputs: z
    .union([texts.transform((list) => ({ "": list })), z.record(z.string(), texts)], {
      message: "give a list of inputs, or `name: [inputs]` for each of the model's",
    })
    .optional(),
  output: z.string().optional(),
  /** The class of each number that the model gives, in its order. */
  classes: z.array(className).min(2).optional(),
  scores: z.enum(SCORES).default("probabilities"),
  /** What a missing number is given as; without it a NaN. */
  missing: z.number().optional(),
  pixels: z.enum(PIXELS).default("0..1"),
  provider: z.enum(["auto", "webgpu", "wasm"]).default("auto"),
});
export type OwnModelSettings = z.infer<typeof ownModelSchema>;
