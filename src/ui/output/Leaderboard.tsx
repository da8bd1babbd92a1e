import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { Standing } from "../../cells";
import { Button } from "../parts/Button";
import { formatCount, formatCountOf, formatMs, formatScore, formatShare } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";
import "./leaderboard.css";
import { type BoardColumn, type BoardSort, sortedMembers } from "./leaderboard";
import { metricWords } from "./metricWords";

export interface LeaderboardProps {
  /** Best first. */
  members: readonly Standing[];
  /** Why these members, a line each. */
  plan?: readonly string[];
}

const SHORT = 12;

/** What an ensemble was made of, as AutoML users know it: members by out-of-fold score, with their part in the blend. */
export function Leaderboard({ members, plan = [] }: LeaderboardProps) {
  const [sort, setSort] = useState<BoardSort>({ by: "score", falling: true });
  const [all, setAll] = useState(false);
  if (members.length === 0) return null;
  const { metric } = members[0].score;
  const sorted = sortedMembers(members, sort);
  const shown = all ? sorted : sorted.slice(0, SHORT);
  const used = members.filter((member) => member.weight > 0).length;
  const fitMs = members.reduce((sum, member) => sum + member.fitMs, 0);
  const most = Math.max(...members.map((member) => member.weight));
  const head = (by: BoardColumn, words: string) => <Head by={by} words={words} sort={sort} onSort={setSort} />;
  const time = (ms: number) => (ms > 0 ? formatMs(ms) : "–");
  return (
    <div className="leaderboard">
      <ScrollBox className="leaderboard-scroll" label="Members">
        <table className="tabular">
          <caption>
            {formatCountOf(members.length, "member")}, {formatCount(used)} in the blend
          </caption>
          <thead>
            <tr>
              <th scope="col">Member</th>
              {head("score", metricWords(metric).title)}
              {head("weight", "Weight")}
              {head("fitMs", "Fit")}
              {head("predictMs", "Predict")}
              {head("features", "Columns")}
            </tr>
          </thead>
          <tbody>
            {shown.map((member) => (
              <tr key={member.name} data-out={member.weight === 0 || undefined}>
                <th scope="row">
                  {member.title}
                  {member.notes.map((note) => (
                    <small key={note}>{note}</small>
                  ))}
                </th>
                <td data-number className="leaderboard-score">
                  {formatScore(member.score.value)}
                </td>
                <td className="leaderboard-weight">
                  <span aria-hidden>
                    <span style={{ width: `${(100 * member.weight) / (most || 1)}%` }} />
                  </span>
                  {member.weight > 0 ? formatShare(member.weight) : "left out"}
                </td>
                <td data-number>{time(member.fitMs)}</td>
                <td data-number>{time(member.predictMs)}</td>
                <td data-number>{member.features > 0 ? formatCount(member.features) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {sorted.length > SHORT && (
        <Button small look="quiet" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${formatCountOf(sorted.length, "member")}`}
        </Button>
      )}
      <p className="leaderboard-note">
        Scored on training rows by fits that did not see them; {formatMs(fitMs)} of fitting in all.
      </p>
      {plan.length > 0 && (
        <details className="leaderboard-plan" open={plan.length <= 6}>
          <summary>Why these members</summary>
          <ul>
            {plan.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface HeadProps {
  by: BoardColumn;
  words: string;
  sort: BoardSort;
  onSort: (sort: BoardSort) => void;
}

function Head({ by, words, sort, onSort }: HeadProps) {
  const own = sort.by === by;
  const Icon = sort.falling ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-number={by === "weight" ? undefined : true}
      aria-sort={own ? (sort.falling ? "descending" : "ascending") : undefined}
    >
      <button type="button" onClick={() => onSort({ by, falling: own ? !sort.falling : true })}>
        {words}
        {own && <Icon aria-hidden size={12} strokeWidth={2.2} />}
      </button>
    </th>
  );
}
