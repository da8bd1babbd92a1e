import { TriangleAlert } from "lucide-react";
import type { FaultData } from "../../base";
import { LEAK, type Strength } from "../../tasks";
import { formatScore } from "../parts/format";
import type { Known } from "./profileStore";
import { strengthWords } from "./words";

/** What a column gives alone, from guessing (the tick) to 1. */
export function StrengthBar({ strength }: { strength: Known<Strength | undefined> | undefined }) {
  if (!strength) return <p className="strength muted">alone …</p>;
  if (strength.status === "failed") return <NotScored fault={strength.fault} />;
  const found = strength.value;
  if (!found) return <p className="strength muted">alone: nothing to look up</p>;
  return (
    <div className="strength" title={strengthWords(found)}>
      <span className="strength-word">alone</span>
      <span
        role="img"
        className="strength-track"
        aria-label={`${formatScore(found.score, 2)} by this column alone, where guessing reaches ${formatScore(found.chance, 2)}`}
      >
        <span
          className="strength-bar"
          style={{ width: `${100 * found.score}%` }}
          data-leak={found.score >= LEAK || undefined}
        />
        <span className="strength-chance" style={{ left: `${100 * found.chance}%` }} />
      </span>
      <b className="tabular">{formatScore(found.score, 2)}</b>
    </div>
  );
}

function NotScored({ fault }: { fault: FaultData }) {
  return (
    <p className="strength muted" title={fault.message}>
      alone: not scored
    </p>
  );
}

/** The warning beside a column that all but gives the label away. */
export function LeakWarning({ strength }: { strength: Known<Strength | undefined> | undefined }) {
  if (strength?.status !== "ready" || !strength.value || strength.value.score < LEAK) return null;
  return (
    <p className="profile-leak">
      <TriangleAlert aria-hidden size={14} /> May give the label away: {formatScore(strength.value.score, 2)} by its{" "}
      {strength.value.key} alone
    </p>
  );
}
