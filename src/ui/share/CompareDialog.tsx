import { diffLines } from "diff";
import { ArrowLeftRight } from "lucide-react";
import { useMemo, useState } from "react";
import type { Other, OtherChoice } from "../../app";
import {
  type Compared,
  compareNotebooks,
  type Decision,
  type Difference,
  differs,
  isCode,
  mergeNotebooks,
  parseNotebook,
} from "../../notebook";
import { useApp, useAppState, useAsked } from "../pages/useApp";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { EmptyState, Skeleton } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { formatCountOf } from "../parts/format";
import { ScoreChange } from "./ScoreChange";
import "./compare.css";

/** The open notebook against another one, cell by cell; what the reader takes becomes one step that undo takes back. */
export function CompareDialog() {
  const app = useApp();
  const slot = useAppState((state) => state.session?.slot);
  const close = (): void => app.view.show(undefined);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      wide
      title="Compare"
      about="Cell by cell, what another notebook says differently. Nothing changes here but what you take."
    >
      <Compare key={slot} onDone={close} />
    </Dialog>
  );
}

const PASTE = "paste";

function Compare({ onDone }: { onDone: () => void }) {
  const app = useApp();
  const choices = useMemo(() => app.others.choices(), [app]);
  const against = useAppState((state) => state.view.against);
  const [picked, setPicked] = useState(() => {
    const at = choices.findIndex(({ choice }) => choice.kind === "slot" && choice.id === against);
    return choices.length > 0 ? String(Math.max(0, at)) : PASTE;
  });
  const [pasted, setPasted] = useState("");
  const [file, setFile] = useState<File>();
  const choice: OtherChoice | undefined =
    picked !== PASTE
      ? choices[Number(picked)]?.choice
      : file
        ? { kind: "file", file }
        : pasted.trim() === ""
          ? undefined
          : { kind: "pasted", text: pasted.trim() };
  const question = choice && `${picked} ${pasted} ${file?.name} ${file?.lastModified}`;
  const asked = useAsked(question, () =>
    choice ? app.others.read(choice) : Promise.reject(new Error("nothing to read")),
  );
  return (
    <div className="compare">
      <label className="compare-choice">
        <span>With</span>
        <select value={picked} onChange={(event) => setPicked(event.target.value)}>
          {choices.map(({ choice: each, label, updated }, i) => (
            <option key={JSON.stringify(each)} value={String(i)}>
              {label}
              {updated !== undefined &&
                `, ${new Date(updated).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}`}
            </option>
          ))}
          <option value={PASTE}>A link or a file…</option>
        </select>
      </label>
      {choice?.kind === "slot" && (
        <p className="compare-turn">
          What you take goes into the notebook that is open.{" "}
          <Button small icon={ArrowLeftRight} onClick={() => void app.others.turn(choice.id).catch(app.report)}>
            Take into that one instead
          </Button>
        </p>
      )}
      {picked === PASTE && (
        <div className="compare-paste">
          <input
            type="text"
            aria-label="A link to a notebook"
            placeholder="Paste a link"
            value={pasted}
            onChange={(event) => {
              setPasted(event.target.value);
              setFile(undefined);
            }}
          />
          <input
            type="file"
            aria-label="A notebook's file"
            accept=".md,.html,.ipynb"
            onChange={(event) => setFile(event.target.files?.[0])}
          />
        </div>
      )}
      {choice && asked.status === "loading" && <Skeleton lines={6} />}
      {choice && asked.status === "failed" && <FaultView fault={asked.fault} />}
      {choice && asked.status === "ready" && <Differences key={question} other={asked.value} onDone={onDone} />}
    </div>
  );
}

function Differences({ other, onDone }: { other: Other; onDone: () => void }) {
  const app = useApp();
  const here = useAppState((state) => state.session?.history.present);
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decision>>(new Map());
  const compared: Compared = useMemo(
    () => compareNotebooks(here ?? parseNotebook(""), parseNotebook(other.markdown)),
    [here, other],
  );
  const changes = compared.cells.filter(differs);
  const count = changes.length + compared.front.length;
  const taken = [...decisions.values()].filter((decision) => decision === "taken").length;
  const decide = (key: string, decision: Decision): void => setDecisions(new Map(decisions).set(key, decision));
  const decideAll = (decision: Decision): void =>
    setDecisions(new Map([...compared.front, ...changes].map(({ key }) => [key, decision])));
  if (!here) return null;
  return (
    <>
      <ScoreChange here={app.others.scores()} there={other.scores} />
      {count === 0 && <EmptyState title="No difference">Both say the same, cell by cell.</EmptyState>}
      {count > 0 && (
        <div className="compare-all">
          <span className="muted">{formatCountOf(count, "difference")}</span>
          <Button small onClick={() => decideAll("taken")}>
            Take all
          </Button>
          <Button small onClick={() => decideAll("refused")}>
            Keep all
          </Button>
        </div>
      )}
      <ol className="compare-list">
        {compared.front.map(({ key, here: mine, there }) => (
          <Row key={key} id={key} title={key} what="changed" decision={decisions.get(key)} onDecide={decide}>
            <TextChange here={frontText(mine)} there={frontText(there)} />
          </Row>
        ))}
        {compared.cells.map((each) => (
          <CellRow key={each.key} difference={each} decision={decisions.get(each.key)} onDecide={decide} />
        ))}
      </ol>
      {count > 0 && (
        <div className="compare-foot">
          {taken > 0 && <span className="muted">What you take runs as part of your notebook.</span>}
          <Button
            look="main"
            disabled={taken === 0}
            onClick={() => {
              app.notebooks.take(mergeNotebooks(here, compared, decisions));
              onDone();
            }}
          >
            {taken === 0 ? "Take over" : `Take over ${formatCountOf(taken, "difference")}`}
          </Button>
        </div>
      )}
    </>
  );
}

function frontText(value: Compared["front"][number]["here"]): string {
  return [value ?? ""].flat().join(", ");
}

const WHERE = { changed: "changed", removed: "only here", added: "only there" } as const;

type OnDecide = (key: string, decision: Decision) => void;

function CellRow({
  difference,
  decision,
  onDecide,
}: {
  difference: Difference;
  decision: Decision | undefined;
  onDecide: OnDecide;
}) {
  const { key, kind, moved, here, there } = difference;
  const cell = there ?? here;
  if (!cell) return null;
  const title = isCode(cell) ? `${cell.kind} ${cell.name}` : "text";
  if (!differs(difference))
    return (
      <li className="compare-same">
        <code>{title}</code> <span className="muted">the same</span>
      </li>
    );
  const was = here && isCode(here) && isCode(cell) && here.name !== cell.name ? `, named ${here.name} here` : "";
  const what = kind === "same" ? "moved" : `${WHERE[kind]}${moved ? " and moved" : ""}${was}`;
  return (
    <Row id={key} title={title} what={what} kind={kind} decision={decision} onDecide={onDecide}>
      {kind !== "same" && <TextChange here={here?.source ?? ""} there={there?.source ?? ""} />}
    </Row>
  );
}

function Row({
  id,
  title,
  what,
  kind = "changed",
  decision = "open",
  onDecide,
  children,
}: {
  id: string;
  title: string;
  what: string;
  kind?: Difference["kind"];
  decision: Decision | undefined;
  onDecide: OnDecide;
  children?: React.ReactNode;
}) {
  const toggle = (wish: Decision) => onDecide(id, decision === wish ? "open" : wish);
  return (
    <li className="compare-row" data-decision={decision} aria-label={`${title}, ${what}`}>
      <div className="compare-head">
        <code>{title}</code>
        <span className="compare-what">{what}</span>
        <span className="compare-buttons">
          <Button small aria-pressed={decision === "taken"} onClick={() => toggle("taken")}>
            {kind === "removed" ? "Remove" : "Take"}
          </Button>
          <Button small aria-pressed={decision === "refused"} onClick={() => toggle("refused")}>
            {kind === "added" ? "Leave out" : "Keep mine"}
          </Button>
        </span>
      </div>
      {children}
    </li>
  );
}

/** Lines that are here only, and lines that are there only; long stretches that are alike are left out. */
function TextChange({ here, there }: { here: string; there: string }) {
  const parts = useMemo(() => changedLines(here, there), [here, there]);
  return (
    <pre className="compare-diff">
      {parts.map(({ at, kind, lines }) => (
        <span key={at} data-kind={kind}>
          {lines.map((line) => `${MARKS[kind]} ${line}\n`).join("")}
        </span>
      ))}
    </pre>
  );
}

const MARKS = { added: "+", removed: "−", same: " " } as const;

function changedLines(here: string, there: string): { at: number; kind: keyof typeof MARKS; lines: string[] }[] {
  let at = 0;
  return diffLines(ended(here), ended(there)).map(({ added, removed, value }) => {
    const kind = added ? "added" : removed ? "removed" : "same";
    const lines = value.replace(/\n$/, "").split("\n");
    at += lines.length;
    const long = kind === "same" && lines.length > 6;
    return { at, kind, lines: long ? [...lines.slice(0, 2), "…", ...lines.slice(-2)] : lines };
  });
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
