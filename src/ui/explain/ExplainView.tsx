import { TriangleAlert } from "lucide-react";
import type { Explanation, Level } from "../../cells";
import "../output/score.css";
import "./explain.css";
import { AblationPart } from "./AblationPart";
import { CurvePart } from "./CurvePart";
import { ImportancePart } from "./ImportancePart";
import { LeaksPart } from "./LeaksPart";

export interface ExplainViewProps {
  /** The explain cell's name: what a SQL cell reads. */
  name: string;
  value: Explanation;
  /** Puts a SQL cell of this name (or one like it) after the explain cell. */
  onQuery?: (name: string, sql: string) => void;
}

/** What a model's score comes from: what it leans on, what each modality adds, whether more rows help, and what is suspicious. */
export default function ExplainView({ name, value, onQuery }: ExplainViewProps) {
  const { importance, ablation, curve, leaks, notes } = value;
  const query = (part: string, order: string, level?: Level): void => {
    const conditions = [`part = '${part}'`, ...(level === undefined ? [] : [`level = '${level}'`])];
    const sql = `select * exclude (part)\nfrom ${name}\nwhere ${conditions.join(" and ")}\norder by ${order}`;
    onQuery?.(`${name}_${part}`, sql);
  };
  return (
    <div className="score explain">
      {notes.length > 0 && (
        <ul className="explain-notes">
          {notes.map((note) => (
            <li key={note}>
              <TriangleAlert aria-hidden size={14} /> {note}
            </li>
          ))}
        </ul>
      )}
      <div className="score-parts">
        {importance && (
          <ImportancePart
            value={value}
            importance={importance}
            onQuery={onQuery && ((level) => query("importance", "value desc", level))}
          />
        )}
        {ablation && (
          <AblationPart value={value} ablation={ablation} onQuery={onQuery && (() => query("ablation", "value"))} />
        )}
        {curve && <CurvePart value={value} curve={curve} onQuery={onQuery && (() => query("curve", "rows"))} />}
        {leaks && <LeaksPart value={value} leaks={leaks} onQuery={onQuery} />}
      </div>
    </div>
  );
}
