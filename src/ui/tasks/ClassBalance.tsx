import { type ReactNode, useState } from "react";
import { Button } from "../parts/Button";
import { formatCount, formatShare } from "../parts/format";
import "./tasks.css";

const SHORT = 12;

export interface ClassBalanceProps {
  classes: { label: string; train: number; validation: number }[];
  /** What a class is called, where the label is a code: "1" is `match`. */
  nameOf?: (label: string) => string;
  /** A click on a class. */
  onPick?: (label: string) => void;
  /** Stands at the end of the legend. */
  action?: ReactNode;
}

/** The classes by size, with counts and shares; a tick where validation has its share. */
export function ClassBalance({ classes, nameOf = (label) => label, onPick, action }: ClassBalanceProps) {
  const [all, setAll] = useState(false);
  const total = (split: "train" | "validation"): number =>
    Math.max(
      1,
      classes.reduce((sum, each) => sum + each[split], 0),
    );
  const totals = { train: total("train"), validation: total("validation") };
  const shares = classes.map((each) => ({
    train: each.train / totals.train,
    validation: each.validation / totals.validation,
  }));
  const most = Math.max(1e-9, ...shares.flatMap(({ train, validation }) => [train, validation]));
  const width = (share: number): string => `${(100 * share) / most}%`;
  return (
    <div className="balance">
      <div className="balance-head">
        <ul className="balance-legend" aria-hidden>
          <li>
            <span className="balance-swatch" /> train
          </li>
          <li>
            <span className="balance-stroke" /> validation
          </li>
        </ul>
        {action}
      </div>
      <table className="tabular">
        <caption className="unseen">Classes with their numbers of rows</caption>
        <thead className="unseen">
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Share of train beside that of validation</th>
            <th scope="col">Rows of train</th>
            <th scope="col">Share of train</th>
          </tr>
        </thead>
        <tbody>
          {classes.slice(0, all ? undefined : SHORT).map(({ label, train }, i) => {
            const name = nameOf(label);
            const told = `${name}: ${formatCount(train)} rows of train (${formatShare(shares[i].train)}), ${formatShare(shares[i].validation)} of validation`;
            return (
              <tr key={label}>
                <th scope="row" className="truncate" title={name}>
                  {name}
                </th>
                <td>
                  <button
                    type="button"
                    className="balance-bar"
                    aria-label={told}
                    title={told}
                    aria-disabled={!onPick || undefined}
                    onClick={() => onPick?.(label)}
                  >
                    <span className="balance-train" style={{ width: width(shares[i].train) }} />
                    <span className="balance-tick" style={{ left: width(shares[i].validation) }} />
                  </button>
                </td>
                <td className="balance-count">{formatCount(train)}</td>
                <td className="balance-share muted">{formatShare(shares[i].train)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {classes.length > SHORT && (
        <Button small look="quiet" className="balance-more" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${formatCount(classes.length)} classes`}
        </Button>
      )}
    </div>
  );
}
