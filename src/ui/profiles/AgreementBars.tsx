import type { Agreement, PairAgreement } from "../../tasks";
import { formatCount, formatShare } from "../parts/format";

const PARTS: { how: keyof Agreement; word: string }[] = [
  { how: "equal", word: "equal" },
  { how: "different", word: "different" },
  { how: "oneMissing", word: "missing on one side" },
  { how: "bothMissing", word: "missing on both sides" },
];

/** How both sides of train's pairs compare in a column: one bar for matches, one for the others, each to 100 %. */
export function AgreementBars({
  name,
  pairs,
  onPick,
}: {
  name: string;
  pairs: PairAgreement;
  onPick?: (how: keyof Agreement) => void;
}) {
  const rows = [
    { label: "match", agreement: pairs.matches },
    { label: "no match", agreement: pairs.others },
  ];
  return (
    <fieldset className="agreement" aria-label={`Both sides of ${name}, by the label`}>
      {rows.map(({ label, agreement }) => {
        const total = Math.max(
          1,
          PARTS.reduce((sum, { how }) => sum + agreement[how], 0),
        );
        return (
          <div key={label} className="agreement-row">
            <span className="agreement-label">{label}</span>
            <span className="agreement-bar">
              {PARTS.filter(({ how }) => agreement[how] > 0).map(({ how, word }) => {
                const words = `${label}: ${word} in ${formatCount(agreement[how])} pairs, ${formatShare(agreement[how] / total)}`;
                return (
                  <button
                    key={how}
                    type="button"
                    className="agreement-part"
                    data-how={how}
                    style={{ flexGrow: agreement[how] }}
                    aria-label={words}
                    title={words}
                    aria-disabled={!onPick || undefined}
                    onClick={() => onPick?.(how)}
                  />
                );
              })}
            </span>
            <span className="agreement-share tabular">{formatShare(agreement.equal / total)} equal</span>
          </div>
        );
      })}
    </fieldset>
  );
}
