import type { ReactNode } from "react";
import { formatCount, formatShare } from "../parts/format";
import "./tasks.css";

export interface SplitSizesProps {
  train: number;
  validation: number;
  test: number;
  /** Stands beside the drawing. */
  action?: ReactNode;
}

const ABOUT = { train: "labels included", validation: "labels public", test: "labels held back" } as const;

/** The three splits to scale, with their rows. */
export function SplitSizes({ train, validation, test, action }: SplitSizesProps) {
  const total = train + validation + test;
  const splits = [
    { name: "train", rows: train },
    { name: "validation", rows: validation },
    { name: "test", rows: test },
  ] as const;
  return (
    <div className="splits">
      <div className="splits-top">
        <div aria-hidden className="splits-bar">
          {splits.map(({ name, rows }) => (
            <span key={name} data-split={name} style={{ flexGrow: rows }} />
          ))}
        </div>
        {action}
      </div>
      <dl className="splits-words tabular">
        {splits.map(({ name, rows }) => (
          <div key={name}>
            <dt>
              <span aria-hidden className="splits-key" data-split={name} />
              {name}
            </dt>
            <dd>
              <b>{formatCount(rows)}</b> rows <span className="muted">{formatShare(total ? rows / total : 0)}</span>
              <small>{ABOUT[name]}</small>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
