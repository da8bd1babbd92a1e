import { CircleCheck, DatabaseZap, TriangleAlert } from "lucide-react";
import type { Explanation } from "../../cells";
import { ScorePart } from "../output/ScorePart";
import { Button } from "../parts/Button";

export interface LeaksPartProps {
  value: Explanation;
  leaks: NonNullable<Explanation["leaks"]>;
  onQuery?: (name: string, sql: string) => void;
}

/** What may make the score better than the model is. */
export function LeaksPart({ value, leaks, onQuery }: LeaksPartProps) {
  const { found, looked } = leaks;
  return (
    <ScorePart title="Too good to be true?" words={`Looked at: ${looked.join("; ")}.`}>
      {found.length === 0 && (
        <p className="explain-leak" data-fine>
          <CircleCheck aria-hidden size={15} />
          <span>Nothing found that would flatter {value.of}.</span>
        </p>
      )}
      {found.map(({ kind, name, words, sql }) => (
        <p key={`${kind} ${name}`} className="explain-leak">
          <TriangleAlert aria-hidden size={15} />
          <span>{words[0].toUpperCase() + words.slice(1)}.</span>
          {sql && onQuery && (
            <Button
              small
              look="quiet"
              icon={DatabaseZap}
              aria-label={`SQL cell of ${kind}${name ? ` ${name}` : ""}`}
              onClick={() => onQuery(`${kind.replaceAll(" ", "_")}${name ? `_${name.replace(/\W/g, "_")}` : ""}`, sql)}
            >
              SQL cell
            </Button>
          )}
        </p>
      ))}
    </ScorePart>
  );
}
