import { TriangleAlert } from "lucide-react";
import { LEAK, SHIFTED, SOME_SHIFT, type Strength } from "../../tasks";
import { formatCount, formatScore } from "../parts/format";
import type { Known } from "./profileStore";

/** Above guessing by this much, the order of the rows is no accident of a small validation split. */
const TELLING = 0.15;

/** How the figures of the profiles are made, and what they cannot say. */
export function MethodNote({
  matching,
  order,
  done,
  count,
}: {
  matching: boolean;
  order: Known<Strength | undefined> | undefined;
  done: number;
  count: number;
}) {
  const telling =
    order?.status === "ready" && order.value && order.value.score > order.value.chance + TELLING
      ? order.value
      : undefined;
  return (
    <>
      {telling && (
        <p className="profile-leak">
          <TriangleAlert aria-hidden size={14} /> The {telling.key} alone reaches {formatScore(telling.score, 2)} where
          guessing reaches {formatScore(telling.chance, 2)}: the rows or their ids give labels away.
        </p>
      )}
      <details className="profiles-method">
        <summary>
          How these figures are made
          {done < count && (
            <span className="muted tabular">
              {" "}
              · {formatCount(done)} of {formatCount(count)} columns scored
            </span>
          )}
        </summary>
        <dl>
          <dt>Drawings</dt>
          <dd>
            The same bins for all splits, each split as shares of its own rows with a value
            {matching && "; the left and the right side of every pair count as a row each"}. Open ends take in the
            rarest half per cent; long tails get bins that grow by 1, 2, 5.
          </dd>
          <dt>validation, test</dt>
          <dd>
            Their distribution against train's, by the population stability index over at most ten groups of bins: alike
            to {SOME_SHIFT}, some shift to {SHIFTED}, shifted above. What sampling alone may do (99 %) counts as alike;
            where that exceeds {SHIFTED}, there are too few rows to tell.
          </dd>
          <dt>alone</dt>
          <dd>
            What one column gives by the simplest model: a lookup, made on train, of{" "}
            {matching
              ? "how both sides compare (equal, difference, words in common)"
              : "its value (numbers in bins; texts by first or last word, length, whole)"}{" "}
            to the class that is most frequent there, all classes weighing the same. Scored on validation as the mean of
            the recalls per class; the tick is guessing. A low score does not mean that a column is useless: pictures
            and whole texts say more than a lookup can read, and columns help each other. {LEAK} or more is flagged.
          </dd>
          {order?.status === "ready" && order.value && (
            <>
              <dt>Order and ids</dt>
              <dd>
                The {order.value.key} alone: {formatScore(order.value.score, 2)}, guessing{" "}
                {formatScore(order.value.chance, 2)}.
              </dd>
            </>
          )}
        </dl>
      </details>
    </>
  );
}
