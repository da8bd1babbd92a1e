import type { ImportState } from "../../app";
import { type BlockingAsk, type BlockingFacts, SPLIT_NAMES } from "../../tasks";
import { useApp } from "../pages/useApp";
import { formatCount, formatCountOf, formatShare } from "../parts/format";

/** Two tables and the pairs that are known to match: how candidates are found, what that finds, and what is taken. */
export function BlockingStep({ importing: { about, draft, blockable = [] } }: { importing: ImportState }) {
  const app = useApp();
  const { blocking } = about;
  if (!blocking) return null;
  const change = (part: Partial<BlockingAsk>): void =>
    void app.wizard.change({ blocking: { ...blocking, ...part } }).catch(app.report);
  const toggled = (list: readonly string[], name: string): string[] =>
    list.includes(name) ? list.filter((each) => each !== name) : [...list, name];
  return (
    <section className="blocking" aria-labelledby="blocking">
      <h2 id="blocking">Candidate pairs</h2>
      <p className="muted">
        The pair list names only records that are the same. Pairs that are not are taken from candidates: records with
        the same value in a column, and records whose words are alike.
      </p>
      <div className="blocking-ask">
        <Columns
          legend="The same value of"
          names={blockable}
          chosen={blocking.keys}
          onToggle={(name) => change({ keys: toggled(blocking.keys, name) })}
        />
        <Columns
          legend="Like words in"
          names={blockable}
          chosen={blocking.texts}
          onToggle={(name) => change({ texts: toggled(blocking.texts, name) })}
        />
        <Count
          label="Most alike of each left record"
          value={blocking.top}
          most={100}
          onChange={(top) => change({ top })}
        />
        <Count
          label="Non-matches for each match"
          value={blocking.negatives}
          most={50}
          onChange={(negatives) => change({ negatives })}
        />
      </div>
      {draft?.blocking && <Facts facts={draft.blocking} />}
    </section>
  );
}

function Columns({
  legend,
  names,
  chosen,
  onToggle,
}: {
  legend: string;
  names: readonly string[];
  chosen: readonly string[];
  onToggle: (name: string) => void;
}) {
  return (
    <fieldset className="pick-choice">
      <legend>{legend}</legend>
      {names.map((name) => (
        <label key={name} className="import-check">
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => onToggle(name)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Count({
  label,
  value,
  most,
  onChange,
}: {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className="pick-count">
      <span>{label}</span>
      <input
        type="number"
        min={1}
        max={most}
        value={value}
        onChange={(event) => {
          const wanted = Math.trunc(event.currentTarget.valueAsNumber);
          if (wanted >= 1) onChange(Math.min(wanted, most));
        }}
      />
    </label>
  );
}

function Facts({ facts }: { facts: BlockingFacts }) {
  const { candidates, possible, found, matches, ways, pairs, across } = facts;
  return (
    <div className="blocking-facts">
      <p>
        <b>
          {formatShare(found / matches)} of {formatCountOf(matches, "known match", "known matches")} found
        </b>{" "}
        among {formatCountOf(candidates, "candidate")}, {formatShare(candidates / possible)} of {formatCount(possible)}{" "}
        possible pairs.
      </p>
      <table className="blocking-ways tabular">
        <thead>
          <tr>
            <th scope="col">Candidates by</th>
            <th scope="col">Pairs</th>
            <th scope="col">Matches found</th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way.way}>
              <th scope="row">
                {way.way}
                {way.skipped > 0 && (
                  <small className="muted"> {formatCountOf(way.skipped, "value")} of too many records left aside</small>
                )}
              </th>
              <td>{formatCount(way.candidates)}</td>
              <td>{formatShare(way.found / matches)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted tabular">
        {SPLIT_NAMES.map(
          (split) => `${split}: ${pairs[split].matches} matches, ${pairs[split].others} non-matches`,
        ).join(" · ")}
        . The non-matches are the candidates most alike that are no known match. Records of one entity are in one split
        {across > 0 &&
          `; ${formatCountOf(across, "candidate")} across two splits ${across === 1 ? "is" : "are"} left out`}
        .
      </p>
    </div>
  );
}
