import { useState } from "react";
import type { ClassScore } from "../../scoring";
import { Button } from "../parts/Button";
import { formatCount, formatScore } from "../parts/format";
import { ScrollBox } from "../parts/ScrollBox";

const SHORT = 12;

/** Precision, recall and F1 of each class, the weakest first: that is where a feature helps. */
export function PerClassTable({ rows, onOpen }: { rows: readonly ClassScore[]; onOpen?: (k: number) => void }) {
  const [all, setAll] = useState(false);
  const sorted = [...rows].sort((a, b) => a.f1 - b.f1);
  const shown = all ? sorted : sorted.slice(0, SHORT);
  return (
    <ScrollBox className="per-class" label="By class">
      <table className="tabular">
        <caption className="unseen">By class, the weakest first</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" data-number>
              F1
            </th>
            <th scope="col" aria-hidden className="per-class-bar" />
            <th scope="col" data-number>
              Precision
            </th>
            <th scope="col" data-number>
              Recall
            </th>
            <th scope="col" data-number>
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.class}>
              <th scope="row" className="truncate">
                {onOpen ? (
                  <button
                    type="button"
                    className="link-button truncate"
                    title="Show its errors"
                    aria-label={`${row.class}. Show its errors`}
                    onClick={() => onOpen(rows.indexOf(row))}
                  >
                    {row.class}
                  </button>
                ) : (
                  row.class
                )}
              </th>
              <td data-number>{formatScore(row.f1, 2)}</td>
              <td aria-hidden className="per-class-bar">
                <span style={{ width: `${100 * (Number.isFinite(row.f1) ? row.f1 : 0)}%` }} />
              </td>
              <td data-number>{formatScore(row.precision, 2)}</td>
              <td data-number>{formatScore(row.recall, 2)}</td>
              <td data-number>{formatCount(row.support)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > SHORT && (
        <Button small look="quiet" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${formatCount(sorted.length)} classes`}
        </Button>
      )}
    </ScrollBox>
  );
}
