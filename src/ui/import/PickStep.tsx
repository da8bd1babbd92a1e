import { Rows3 } from "lucide-react";
import { useId, useState } from "react";
import type { PickState } from "../../app";
import { estimateOf, fitsInTab, rowsThatFit, type Taking } from "../../tasks";
import { useApp } from "../pages/useApp";
import { Button } from "../parts/Button";
import { FaultView } from "../parts/FaultView";
import { formatBytes, formatCount, formatCountOf } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { ScrollBox } from "../parts/ScrollBox";

/** A large file, or one that lies elsewhere: its first rows, what it weighs, and what of it to take. */
export function PickStep({ pick }: { pick: PickState }) {
  const app = useApp();
  const { key, name, bytes, footer, first, taking, fault, busy, elsewhere } = pick;
  const title = useId();
  return (
    <section className="pick" aria-labelledby={title}>
      <h2 id={title}>{name}</h2>
      <p className="muted tabular">
        {[
          bytes > 0 && formatBytes(bytes),
          footer && formatCountOf(footer.rows, "row"),
          footer && formatCountOf(footer.columns.length, "column"),
          footer && formatCountOf(footer.groups.length, "row group"),
        ]
          .filter(Boolean)
          .join(" · ")}
        .{" "}
        {elsewhere
          ? "It lies on its host; only what you choose is fetched."
          : "It is read where it lies and not copied."}
      </p>
      {first && <FirstRows rows={first} />}
      {footer && !busy && <Choices pick={pick} />}
      {fault && <FaultView fault={fault} />}
      {busy && <ProgressBar label={`Reading ${name}`} note={busy.note} />}
      <div className="pick-foot">
        <Button look="quiet" onClick={() => app.wizard.picker.drop(key)}>
          Leave it out
        </Button>
        {footer && !busy && (
          <Button
            look="main"
            icon={Rows3}
            disabled={taking.columns.length === 0}
            onClick={() => void app.wizard.picker.take(key).catch(app.report)}
          >
            Take these rows
          </Button>
        )}
      </div>
    </section>
  );
}

function FirstRows({ rows }: { rows: NonNullable<PickState["first"]> }) {
  const columns = Object.keys(rows[0] ?? {});
  return (
    <ScrollBox label="First rows" className="pick-rows">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name, and never change places.
            <tr key={at}>
              {columns.map((column) => (
                <td key={column}>{row[column] === null ? <span className="muted">–</span> : String(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

const KINDS: readonly { kind: Taking["rows"]["kind"]; words: string }[] = [
  { kind: "all", words: "All rows" },
  { kind: "first", words: "The first rows" },
  { kind: "sample", words: "A sample over the whole file" },
];

function Choices({ pick: { key, footer, taking, elsewhere } }: { pick: PickState }) {
  const app = useApp();
  const group = useId();
  const [fitting] = useState(() => (footer ? rowsThatFit(footer, taking.columns) : 1));
  if (!footer) return null;
  const count = taking.rows.kind === "all" ? fitting : taking.rows.count;
  const change = (part: Partial<Taking>): void => app.wizard.picker.change(key, part);
  const estimate = estimateOf(footer, taking);
  const toggle = (column: string): void =>
    change({
      columns: taking.columns.includes(column)
        ? taking.columns.filter((each) => each !== column)
        : footer.columns.flatMap(({ name }) => (name === column || taking.columns.includes(name) ? name : [])),
    });
  return (
    <>
      <fieldset className="pick-choice">
        <legend>Rows</legend>
        {KINDS.map(({ kind, words }) => (
          <label key={kind} className="import-check">
            <input
              type="radio"
              name={group}
              checked={taking.rows.kind === kind}
              onChange={() => change({ rows: kind === "all" ? { kind } : { kind, count } })}
            />
            {words}
          </label>
        ))}
        {taking.rows.kind !== "all" && (
          <label className="pick-count">
            <span>Number of rows</span>
            <input
              type="number"
              min={1}
              max={footer.rows}
              value={count}
              onChange={(event) => {
                const wanted = Math.trunc(event.currentTarget.valueAsNumber);
                if (wanted >= 1)
                  change({ rows: { ...taking.rows, count: Math.min(wanted, footer.rows) } as Taking["rows"] });
              }}
            />
          </label>
        )}
      </fieldset>
      <fieldset className="pick-choice">
        <legend>
          Columns{" "}
          <button
            type="button"
            className="import-undo"
            onClick={() => change({ columns: footer.columns.map(({ name }) => name) })}
          >
            all
          </button>{" "}
          <button type="button" className="import-undo" onClick={() => change({ columns: [] })}>
            none
          </button>
        </legend>
        <div className="pick-columns">
          {footer.columns.map(({ name, type, packed }) => (
            <label key={name} className="import-check" title={type}>
              <input type="checkbox" checked={taking.columns.includes(name)} onChange={() => toggle(name)} />
              <span>{name}</span>
              <small className="muted tabular">{formatBytes(packed)}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <p className="pick-estimate" data-much={fitsInTab(estimate) ? undefined : true}>
        <b>{formatCountOf(estimate.rows, "row")}</b>: {formatBytes(estimate.read)} {elsewhere ? "to fetch" : "to read"},
        and about {formatBytes(estimate.memory)} of memory while the task is made.
        {!fitsInTab(estimate) &&
          ` That is more than a tab is likely to have: take ${formatCount(rowsThatFit(footer, taking.columns))} rows, or fewer columns.`}
      </p>
    </>
  );
}
