import { Equal, TrendingDown, TrendingUp } from "lucide-react";
import { formatDifference } from "../parts/format";
import { metricWords } from "./metricWords";

export interface ScoreComparison {
  verdict: "better" | "worse" | "no difference seen";
  a: string;
  b: string;
  difference: { value: number; low: number; high: number };
}

const ICONS = { better: TrendingUp, worse: TrendingDown, "no difference seen": Equal } as const;

/** A paired comparison in a sentence, with the numbers that it rests on. */
export function Verdict({ comparison, metric }: { comparison: ScoreComparison; metric: string }) {
  const { verdict, a, b, difference } = comparison;
  const Icon = ICONS[verdict];
  return (
    <p className="verdict" data-verdict={verdict}>
      <Icon aria-hidden size={16} strokeWidth={2.1} />
      <span>
        {verdict === "no difference seen" ? (
          <>
            <b>No difference seen</b> between <b>{a}</b> and <b>{b}</b>
          </>
        ) : (
          <>
            <b>{a}</b> is <b>{verdict}</b> than <b>{b}</b>
          </>
        )}
        <span className="verdict-numbers tabular">
          {metricWords(metric).title} {formatDifference(difference.value)}, 95 % interval{" "}
          {formatDifference(difference.low)} to {formatDifference(difference.high)}, on the same rows
        </span>
      </span>
    </p>
  );
}
