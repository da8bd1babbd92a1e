import { suggest } from "../base";
import { damerauLevenshtein } from "./toolbox/edit-distance";

/**
 * `Did you mean "name"?` for `nmae`: two neighbours swapped are one slip of the finger, where the plain edit distance
 * counts two. Otherwise what there is.
 */
export function suggestName(name: string, known: readonly string[]): string {
  const swapped = known.find((candidate) => damerauLevenshtein(name.toLowerCase(), candidate.toLowerCase()) === 1);
  return swapped === undefined ? suggest(name, known) : `Did you mean "${swapped}"?`;
}
