import { Check, Download, Undo2, X } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { createRandom, shuffle } from "../../base";
import { predictionsFor } from "../../cells";
import { agreement } from "../../scoring";
import { Switch } from "../explore/Switch";
import { save } from "../import/save";
import { useApp, useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCountOf, formatScore, formatShare } from "../parts/format";
import { ProgressBar } from "../parts/ProgressBar";
import { keepLabels, labelsAsCsv, type OwnLabels, readLabels } from "./ownLabels";
import { PairCard } from "./PairCard";
import type { PairsScored } from "./pairsScored";

const AMOUNTS = ["10", "20", "50"] as const;

/** The reader labels pairs without seeing their label or what a model says, and then sees who agrees with whom. */
export function BlindLabels(props: PairsScored) {
  const app = useApp();
  const { scored, value } = props;
  const { manifest } = scored;
  const asked = useAsked(`${manifest.id} ${value.split}`, async (signal) =>
    app.tasks.loaded()?.ids(value.split, signal),
  );
  if (asked.status === "failed") return <FaultView fault={asked.fault} />;
  if (asked.status === "loading" || !asked.value) return <Skeleton lines={4} />;
  return <Labelling {...props} ids={asked.value} />;
}

function Labelling({ value, entry, scored, ids }: PairsScored & { ids: (string | null)[] }) {
  const { manifest } = scored;
  const { split } = value;
  const key = `polytab.labels.${manifest.id}.${split}.${manifest.splits[split].sha256.parquet.slice(0, 12)}`;
  const [own, setOwn] = useState<OwnLabels>(() => readLabels(localStorage, key));
  const [unkept, setUnkept] = useState(false);
  const [amount, setAmount] = useState<(typeof AMOUNTS)[number]>("20");
  const [skipped, setSkipped] = useState<readonly number[]>([]);
  const [shown, setShown] = useState(false);
  const [seen, setSeen] = useState<number>();
  const bench = useRef<HTMLElement>(null);
  // Drawn by chance, the same each time: a reader who picks pairs measures agreement on what is easy.
  const drawn = useMemo(
    () =>
      shuffle(
        Array.from(ids.keys()).filter((row) => ids[row] !== null),
        createRandom(`blind ${key}`),
      ),
    [ids, key],
  );
  const labelOf = (row: number): "0" | "1" | undefined => own[ids[row] ?? ""];
  const set = drawn.filter((row) => !skipped.includes(row)).slice(0, Number(amount));
  const labelled = set.filter((row) => labelOf(row) !== undefined);
  const row = set.find((each) => labelOf(each) === undefined);
  const keep = (next: OwnLabels): void => {
    setOwn(next);
    setUnkept(!keepLabels(localStorage, key, next));
  };
  const label = (said: "0" | "1"): void => {
    // A key that is held must not label a pair that nobody has seen.
    if (row === undefined || row !== seen || shown) return;
    keep({ ...own, [ids[row] ?? ""]: said });
    bench.current?.focus();
  };
  const skip = (): void => {
    if (row !== undefined) setSkipped([...skipped, row]);
  };
  const undo = (): void => {
    const last = labelled.at(-1);
    if (last === undefined) return;
    keep(Object.fromEntries(Object.entries(own).filter(([id]) => id !== ids[last])));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const does = { m: () => label("1"), n: () => label("0"), s: skip, u: undo }[event.key.toLowerCase()];
    if (!does) return;
    event.preventDefault();
    does();
  };
  const done = row === undefined || shown;
  return (
    <section ref={bench} className="bench" aria-label="Blind labelling" tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="bench-bar">
        <span className="muted">How many pairs</span>
        <Switch label="How many pairs" options={AMOUNTS} chosen={amount} onChoose={setAmount} />
        <Button
          small
          look="quiet"
          icon={Download}
          className="bench-place"
          disabled={Object.keys(own).length === 0}
          onClick={() => save(`${manifest.id}-${split}-labels.csv`, new Blob([labelsAsCsv(own)], { type: "text/csv" }))}
        >
          Labels as CSV
        </Button>
      </div>
      <ProgressBar
        label="Pairs labelled"
        done={set.length === 0 ? 1 : labelled.length / set.length}
        note={`${labelled.length} of ${set.length} labelled, kept in this browser`}
      />
      {unkept && <p>This browser keeps nothing: take your labels along as CSV before you leave.</p>}
      {done ? (
        <Agreement value={value} entry={entry} rows={labelled} own={(each) => Number(labelOf(each))} />
      ) : (
        <>
          <PairCard scored={scored} row={row} label={undefined} onShown={setSeen} />
          <div className="bench-answers">
            <Button look="main" icon={Check} disabled={row !== seen} onClick={() => label("1")}>
              Match <kbd>M</kbd>
            </Button>
            <Button icon={X} disabled={row !== seen} onClick={() => label("0")}>
              No match <kbd>N</kbd>
            </Button>
            <Button look="quiet" onClick={skip}>
              Skip <kbd>S</kbd>
            </Button>
          </div>
        </>
      )}
      <div className="bench-bar">
        <Button small look="quiet" icon={Undo2} disabled={labelled.length === 0 || shown} onClick={undo}>
          Undo
        </Button>
        {row !== undefined && labelled.length > 0 && (
          <Button small look="quiet" onClick={() => setShown(!shown)}>
            {shown ? "Go on labelling" : "Stop and compare"}
          </Button>
        )}
      </div>
    </section>
  );
}

interface AgreementProps extends Pick<PairsScored, "value" | "entry"> {
  rows: readonly number[];
  own: (row: number) => number;
}

function Agreement({ value, entry, rows, own }: AgreementProps) {
  if (rows.length === 0) return <p className="muted">Nothing is labelled yet.</p>;
  const predicted = predictionsFor(value, entry);
  const mine = rows.map(own);
  const labels = rows.map((row) => value.labels[row]);
  const models = rows.map((row) => predicted[row]);
  const lines = [
    { who: "You and the labels", ...agreement(mine, labels) },
    { who: `You and ${entry.name}`, ...agreement(mine, models) },
    { who: `${entry.name} and the labels`, ...agreement(models, labels) },
  ];
  return (
    <>
      <table className="analysis-table tabular">
        <caption className="unseen">Agreement on the pairs that you labelled</caption>
        <thead>
          <tr>
            <th scope="col">On {formatCountOf(rows.length, "pair")}</th>
            <th scope="col" data-number>
              Agree
            </th>
            <th scope="col" data-number>
              Cohen's kappa
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ who, raw, kappa }) => (
            <tr key={who}>
              <th scope="row">{who}</th>
              <td data-number>{formatShare(raw)}</td>
              <td data-number>{formatScore(kappa, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted analysis-note">
        Kappa is agreement beyond chance: 0 is what chance gives, 1 is always; there is none (–) where both say the same
        of every pair. The pairs were drawn by chance from {value.split}.
      </p>
    </>
  );
}
