import { formatShare } from "./format";
import "./states.css";

export interface ProgressBarProps {
  /** In [0, 1]; absent while nobody can say. */
  done?: number;
  /** What is going on, with numbers: `round 43 of 100`. */
  note?: string;
  label: string;
  /** Only the hairline, for the edge of a cell; the words stand elsewhere. */
  bare?: boolean;
}

/** Progress with numbers. */
export function ProgressBar({ done, note, label, bare = false }: ProgressBarProps) {
  const share = done === undefined ? undefined : Math.min(1, Math.max(0, done));
  return (
    <div className="progress" data-bare={bare || undefined}>
      {!bare && (
        <div className="progress-words tabular">
          <span className="truncate">{note ?? label}</span>
          {share !== undefined && <span>{formatShare(Math.round(share * 100) / 100)}</span>}
        </div>
      )}
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
        aria-valuetext={note}
      >
        <div
          className="progress-bar"
          data-unknown={share === undefined || undefined}
          style={share === undefined ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
