import type { ColumnProfile, TextFacts } from "../../tasks";
import { exampleCells, factCells, repeatedCells, SCRIPTS } from "../../tasks";
import { formatCount, formatShare } from "../parts/format";
import { ClassFacts } from "./ClassFacts";
import type { Drawn } from "./drawn";
import { FactTable } from "./FactTable";
import { NotebookButton } from "./NotebookButton";
import { className } from "./words";

/** What the texts of a column are made of: repeats, character sets, and a few to read. */
export function TextDetail({
  profile,
  drawn,
}: {
  profile: Extract<ColumnProfile, { modality: "text" }>;
  drawn: Drawn;
}) {
  const { column, examples } = profile;
  const { frame, facts: byClass, classes } = drawn;
  const matching = frame.track === "matching";
  return (
    <section className="detail-part" aria-label={`Texts of ${column.name}`}>
      <header className="detail-head">
        <h4>Texts</h4>
        <NotebookButton frame={frame} cells={() => factCells(frame, profile, byClass && classes)} />
      </header>
      {byClass ? (
        <ClassFacts
          caption="What the texts are made of, by class"
          facts={byClass}
          names={byClass.groups.map((name) => className(name, matching))}
        />
      ) : (
        <SplitFacts facts={profile.facts} />
      )}
      <div>
        <div className="detail-head">
          <h5 className="overline">A few of train</h5>
          <NotebookButton
            iconOnly
            what="these examples"
            frame={frame}
            cells={() => exampleCells(frame, column, examples.some.length)}
          />
        </div>
        <ul className="detail-examples">
          {examples.some.map(({ text, label }) => (
            <li key={text}>
              {text} {!matching && label !== null && <span className="muted">{label}</span>}
            </li>
          ))}
        </ul>
      </div>
      {examples.repeated.length > 0 && (
        <div>
          <div className="detail-head">
            <h5 className="overline">Most repeated in train</h5>
            <NotebookButton
              iconOnly
              what="the repeated texts"
              frame={frame}
              cells={() => repeatedCells(frame, column)}
            />
          </div>
          <ul className="detail-examples">
            {examples.repeated.map(({ text, rows }) => (
              <li key={text}>
                {text} <span className="muted tabular">× {formatCount(rows)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function SplitFacts({ facts }: { facts: Extract<ColumnProfile, { modality: "text" }>["facts"] }) {
  const splits = [facts.train, facts.validation, facts.test];
  const share = (of: (each: TextFacts) => number): string[] =>
    splits.map((each) => formatShare(each.present > 0 ? of(each) / each.present : 0));
  const scripts = SCRIPTS.flatMap(({ words }, i): string[][] =>
    splits.some((each) => each.scripts[i] > 0) ? [[`with ${words}`, ...share((each) => each.scripts[i])]] : [],
  );
  return (
    <FactTable
      caption="What the texts are made of, by split"
      head={["", "train", "validation", "test"]}
      rows={[
        ["missing", ...splits.map((each) => formatCount(each.rows - each.present))],
        ["empty", ...splits.map((each) => formatCount(each.empty))],
        ["distinct", ...splits.map((each) => formatCount(each.distinct))],
        ["repeat another row of the split", ...share((each) => each.present - each.distinct)],
        ["occur in train word for word", "–", ...share((each) => each.inTrain).slice(1)],
        ["only ASCII", ...share((each) => each.present - each.nonAscii)],
        ...scripts,
        ["with digits", ...share((each) => each.digits)],
        ["with upper-case letters", ...share((each) => each.upperCase)],
      ]}
    />
  );
}
