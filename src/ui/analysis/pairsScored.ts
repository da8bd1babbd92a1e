import type { ScoreEntry } from "../../cells";
import type { Score } from "../output/scoreWords";
import type { Scored } from "./useScored";

/** One model's score on a matching task, with what stands around it. */
export interface PairsScored {
  value: Score;
  entry: ScoreEntry;
  scored: Scored;
}

/** The probability of a match of every scored pair. */
export const matchScores = ({ labels }: Score, { probabilities }: ScoreEntry): Float64Array =>
  Float64Array.from(labels, (_, row) => probabilities[row * 2 + 1]);
