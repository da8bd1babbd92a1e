import type { Shared } from "../../share";
import { formatDifference, formatScore } from "../parts/format";

/** Scores of both sides by what was scored, and how far apart they are. */
export function ScoreChange({ here = {}, there = {} }: { here: Shared["scores"]; there: Shared["scores"] }) {
  const rows = rowsOf(here, there);
  if (rows.length === 0)
    return <p className="muted compare-none">No scores to compare: run this notebook, or open one that was scored.</p>;
  return (
    <table className="share-fits compare-scores">
      <caption>Scores</caption>
      <thead>
        <tr>
          <th scope="col">predictions</th>
          <th scope="col">here</th>
          <th scope="col">there</th>
          <th scope="col">difference</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ cell, name, mine, theirs }) => (
          <tr key={`${cell} ${name}`}>
            <th scope="row">
              {name} <span className="muted">in {cell}</span>
            </th>
            <td className="tabular">{mine === undefined ? "–" : formatScore(mine)}</td>
            <td className="tabular">{theirs === undefined ? "–" : formatScore(theirs)}</td>
            <td className="tabular">
              {mine === undefined || theirs === undefined ? "" : formatDifference(theirs - mine)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Row {
  cell: string;
  name: string;
  mine?: number;
  theirs?: number;
}

function rowsOf(here: NonNullable<Shared["scores"]>, there: NonNullable<Shared["scores"]>): Row[] {
  const rows = new Map<string, Row>();
  const put = (scores: typeof here, side: "mine" | "theirs"): void => {
    for (const [cell, values] of Object.entries(scores))
      for (const [name, value] of Object.entries(values)) {
        const key = JSON.stringify([cell, name]);
        rows.set(key, { ...(rows.get(key) ?? { cell, name }), [side]: value });
      }
  };
  put(here, "mine");
  put(there, "theirs");
  return [...rows.values()];
}
