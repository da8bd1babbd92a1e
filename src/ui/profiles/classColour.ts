/** What the classes that are not told apart are called together. */
export const OTHER_CLASSES = "other";

/** The colour of a class: its place among the largest, in the palette of the charts; quiet for all others together. */
export function classColour(names: readonly string[], index: number): string {
  return names[index] === OTHER_CLASSES || index >= 8 ? "var(--line-strong)" : `var(--class-${index + 1})`;
}
