import { Equal, EyeOff } from "lucide-react";
import { isMatch } from "../../tasks";
import { FieldName, type FieldsProps, FieldValue, FilterBy, sameLabel } from "./fieldParts";
import { pairFields } from "./pairFields";
import type { Part } from "./wordDiff";

/** The two records of a pair face to face, field by field, what differs marked. */
export function PairFields({ table, manifest, relation, label, filters, onFilter }: FieldsProps) {
  const fields = pairFields(table, 0, manifest.columns);
  const shown = fields.filter((field) => field.verdict !== "missing");
  const missing = fields.filter((field) => field.verdict === "missing");
  const differing = fields.filter((field) => field.verdict === "different" || field.verdict === "one-sided").length;
  return (
    <>
      <div className="pair-label">
        <Verdict label={label} />
        {label !== undefined && (
          <FilterBy filter={sameLabel(relation, manifest, label)} filters={filters} onFilter={onFilter} />
        )}
        <span className="muted tabular">
          {differing} of {fields.length} fields differ
        </span>
      </div>
      <div className="pair-sides overline" aria-hidden>
        <span>left</span>
        <span>right</span>
      </div>
      {shown.map((field) => (
        <section key={field.name} className="pair-field" data-verdict={field.verdict} aria-label={field.name}>
          <FieldName name={field.name} modality={field.modality}>
            <span className="pair-words tabular">
              {field.verdict === "equal" && <Equal aria-hidden size={13} strokeWidth={2.2} />}
              {field.words}
            </span>
          </FieldName>
          <div className="pair-values">
            <div>
              <span className="unseen">left: </span>
              <FieldValue column={field.left}>{field.diff && <Marked parts={field.diff.left} />}</FieldValue>
            </div>
            <div>
              <span className="unseen">right: </span>
              <FieldValue column={field.right}>{field.diff && <Marked parts={field.diff.right} />}</FieldValue>
            </div>
          </div>
        </section>
      ))}
      {missing.length > 0 && (
        <p className="muted pair-missing">Missing on both sides: {missing.map((field) => field.name).join(", ")}</p>
      )}
    </>
  );
}

function Verdict({ label }: { label: string | undefined }) {
  if (label === undefined)
    return (
      <strong className="pair-verdict" data-held>
        <EyeOff aria-hidden size={15} strokeWidth={2} />
        label held back
      </strong>
    );
  return (
    <strong className="pair-verdict" data-match={isMatch(label)}>
      {isMatch(label) ? "match" : "no match"}
    </strong>
  );
}

function Marked({ parts }: { parts: Part[] }) {
  let at = 0;
  return parts.map(({ text, changed }) => {
    const start = at;
    at += text.length;
    return changed ? <mark key={start}>{text}</mark> : <span key={start}>{text}</span>;
  });
}
