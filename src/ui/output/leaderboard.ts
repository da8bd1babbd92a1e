import type { Standing } from "../../cells";
import { metricWords } from "./metricWords";

export type BoardColumn = "score" | "weight" | "fitMs" | "predictMs" | "features";

export interface BoardSort {
  by: BoardColumn;
  /** From the best score, the largest weight, the longest time. */
  falling: boolean;
}

/** Members in the order of a column; equal ones keep theirs. A score that is no number is last either way. */
export function sortedMembers(members: readonly Standing[], { by, falling }: BoardSort): Standing[] {
  const key = (member: Standing): number => {
    if (by !== "score") return member[by];
    return metricWords(member.score.metric).lowerIsBetter ? -member.score.value : member.score.value;
  };
  return [...members].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return falling ? y - x : x - y;
  });
}
