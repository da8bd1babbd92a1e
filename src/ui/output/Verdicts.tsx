import { Equal, TrendingDown, TrendingUp } from "lucide-react";
import { Fragment } from "react";
import type { NamedComparison } from "../../cells";
import { formatDifference } from "../parts/format";
import { inSentence, metricWords } from "./metricWords";

export const VERDICT_ICONS = { better: TrendingUp, worse: TrendingDown, "no difference seen": Equal } as const;

const ORDER = ["better", "worse", "no difference seen"] as const;

/** The first predictions against the others: a sentence a verdict, with the numbers where there is one to give. */
export function Verdicts({ comparisons }: { comparisons: readonly NamedComparison[] }) {
  if (comparisons.length === 0) return null;
  const { a, metric, difference } = comparisons[0];
  const { title } = metricWords(metric);
  return (
    <div className="verdicts">
      {ORDER.map((verdict) => {
        const others = comparisons.filter((each) => each.verdict === verdict).map((each) => each.b);
        return others.length > 0 && <Verdict key={verdict} verdict={verdict} a={a} others={others} />;
      })}
      <p className="verdict-numbers tabular">
        {comparisons.length === 1
          ? `${title} ${formatDifference(difference.value)}, 95 % interval ${formatDifference(difference.low)} to ${formatDifference(difference.high)}, on the same rows`
          : `By ${inSentence(title)}, each pair on the same rows at 95 %; the differences are in the table`}
      </p>
    </div>
  );
}

function Verdict({ verdict, a, others }: { verdict: NamedComparison["verdict"]; a: string; others: string[] }) {
  const Icon = VERDICT_ICONS[verdict];
  return (
    <p className="verdict" data-verdict={verdict}>
      <Icon aria-hidden size={16} strokeWidth={2.1} />
      <span>
        {verdict === "no difference seen" ? (
          <>
            <b>No difference seen</b> between <b>{a}</b> and <Names of={others} />
          </>
        ) : (
          <>
            <b>{a}</b> is <b>{verdict}</b> than <Names of={others} />
          </>
        )}
      </span>
    </p>
  );
}

function Names({ of }: { of: string[] }) {
  return of.map((name, i) => (
    <Fragment key={name}>
      {i > 0 && (i === of.length - 1 ? " and " : ", ")}
      <b>{name}</b>
    </Fragment>
  ));
}
