import { input } from "../inputs";
import { LEFT, RIGHT } from "./attributes";
import { cosine } from "./whitening";

export const VECTOR_FEATURES = ["cosine", "euclidean_distance", "cosine_whitened"] as const;

/** A vector, and its places along the principal axes of the training rows' vectors. */
export interface VectorProfile {
  vector: Float32Array;
  whitened: Float32Array;
}

export function vectorLikeness(a: VectorProfile, b: VectorProfile, out: Float32Array): void {
  let squares = 0;
  for (let i = 0; i < a.vector.length; i++) squares += (a.vector[i] - b.vector[i]) * (a.vector[i] - b.vector[i]);
  out[0] = cosine(a.vector, b.vector, a.vector.length);
  out[1] = Math.sqrt(squares);
  out[2] = a.whitened.length === 0 ? Number.NaN : cosine(a.whitened, b.whitened, a.whitened.length);
}

/** Where a vector stands: `side` counts left and right sides of rows, `2 r` and `2 r + 1`. */
export interface Place {
  attribute: string;
  side: number;
}

/** @throws Fault `learner-input` for a vector of another length, or one that holds no number */
export function checkVector(vector: Float32Array, length: number, { attribute, side }: Place): void {
  const where = `Cannot compare "${attribute}": row ${(side >> 1) + 1} of "${side % 2 === 0 ? LEFT : RIGHT}${attribute}"`;
  if (vector.length !== length) {
    throw input(`${where} has ${vector.length} numbers, others have ${length}`, {
      hint: "Both sides need vectors of one length, or null.",
    });
  }
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(vector[i])) continue;
    throw input(`${where} holds ${vector[i]} at position ${i}`, {
      hint: "Vectors hold finite numbers; use null for a missing vector.",
    });
  }
}
