import { log } from "../portable";
import { type Voting, voteOf } from "./votes";

/** A training row's nearest others, by falling similarity: whether each is of the row's own class. */
export interface Asked {
  similarities: Float32Array;
  same: Uint8Array;
  /** The share of the row's class in training. */
  prior: number;
}

const NEIGHBOURS: readonly number[] = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

/** No colder: a rounding of 1e-7 in a similarity must not move a probability by 1e-5. */
const TEMPERATURES: readonly number[] = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2];

const STRENGTHS: readonly number[] = [0.1, 0.3, 1, 3];

/** So many nearest rows of each asked one decide: more than vote with any choice, but for rows equally near. */
export const LOOKED_AT = 160;

/**
 * The voting with the lowest log loss where every asked row is predicted from the others. Yields the share done.
 */
export function* chooseVoting(asked: readonly Asked[], neighbours: number | "auto"): Generator<number, Voting> {
  let best: Voting & { loss: number } = { neighbours: 1, temperature: 1, strength: 1, loss: Number.POSITIVE_INFINITY };
  const counts = neighbours === "auto" ? NEIGHBOURS : [neighbours];
  for (const [i, temperature] of TEMPERATURES.entries()) {
    for (const [j, count] of counts.entries()) {
      const sums = asked.map((row) => votesOf(row, count, temperature));
      for (const strength of STRENGTHS) {
        let loss = 0;
        for (let q = 0; q < asked.length; q++) {
          loss -= log((sums[q].own + strength * asked[q].prior) / (sums[q].all + strength));
        }
        if (loss < best.loss) best = { neighbours: count, temperature, strength, loss };
      }
      yield (i * counts.length + j) / (TEMPERATURES.length * counts.length);
    }
  }
  const { neighbours: chosen, temperature, strength } = best;
  return { neighbours: chosen, temperature, strength };
}

function votesOf({ similarities, same }: Asked, neighbours: number, temperature: number): { own: number; all: number } {
  const nearest = similarities[0];
  const last = similarities[Math.min(neighbours, similarities.length) - 1];
  let own = 0;
  let all = 0;
  for (let i = 0; i < similarities.length; i++) {
    const weight = voteOf(similarities[i], nearest, last, temperature);
    if (weight === 0) break;
    all += weight;
    if (same[i] === 1) own += weight;
  }
  return { own, all };
}
