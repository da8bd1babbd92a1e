import { useState } from "react";
import { Button } from "../parts/Button";
import { formatCount, formatShare } from "../parts/format";
import "./tasks.css";

const SHORT = 12;

export interface ClassBalanceProps {
  classes: { label: string; count: number }[];
  /** What a class is called, where the label is a code: "1" is `match`. */
  names?: Record<string, string>;
}

/** The classes by size, with counts and shares. */
export function ClassBalance({ classes, names = {} }: ClassBalanceProps) {
  const [all, setAll] = useState(false);
  const total = classes.reduce((sum, each) => sum + each.count, 0);
  const most = Math.max(1, ...classes.map((each) => each.count));
  const shown = all ? classes : classes.slice(0, SHORT);
  return (
    <div className="balance">
      <table className="tabular">
        <caption className="unseen">Classes with their numbers of rows</caption>
        <thead className="unseen">
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Share of the largest</th>
            <th scope="col">Rows</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ label, count }) => (
            <tr key={label}>
              <th scope="row" className="truncate" title={names[label] ?? label}>
                {names[label] ?? label}
              </th>
              <td aria-hidden className="balance-bar">
                <span style={{ width: `${(100 * count) / most}%` }} />
              </td>
              <td className="balance-count">{formatCount(count)}</td>
              <td className="balance-share muted">{formatShare(total ? count / total : 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {classes.length > SHORT && (
        <Button small look="quiet" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${formatCount(classes.length)} classes`}
        </Button>
      )}
    </div>
  );
}
