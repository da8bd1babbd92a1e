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
