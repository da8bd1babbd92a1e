/** Marks a feature as text, which the learner turns into hashed n-grams, rather than as one category among few. */
export class TextFeature {
  constructor(readonly value: string | null) {}
}

/**
 * Free text as a feature: `description: text(row.description)`. Several texts are joined with a space; what is missing
 * is left out, and the feature is missing where all of them are.
 * @example text("Ball point pen", null, "blue").value // "Ball point pen blue"
 */
export function text(...parts: (string | null | undefined)[]): TextFeature {
  const present = parts.filter((part) => part !== null && part !== undefined);
  return new TextFeature(present.length === 0 ? null : present.map(String).join(" "));
}
