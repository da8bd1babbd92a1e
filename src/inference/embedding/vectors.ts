import type { Provider } from "../protocol";
import type { Recipe } from "./recipe";

export type EmbedValue = string | Uint8Array;

/** An encoder with all that it needs to run. */
export interface LoadedEncoder {
  id: string;
  /** Of its bytes: the vectors of another encoder are no answer. */
  sha256: string;
  bytes: Uint8Array;
  recipe: Recipe;
  /** The names of the model's one input and one output. */
  input: string;
  output: string;
}

export interface Embedded {
  /** One for each value; null for a missing or an empty one. */
  vectors: (Float32Array | null)[];
  /** The encoder's id. */
  encoder: string;
  /** What was not known yet, and how it was computed. */
  computed?: { values: number; provider: Provider; reason: string; runMs: number };
}
