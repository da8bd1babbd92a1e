import { GitCompare, Layers } from "lucide-react";
import type { Deviation, Reproduction } from "../../app";
import { useApp, useAppState, useAsked, useSession } from "../pages/useApp";
import { Button } from "../parts/Button";
import { formatCount, formatScore } from "../parts/format";

/** What a reader of a link must know: that nothing has run, and afterwards whether the results are the author's. */
export function LinkBanner() {
  const app = useApp();
  const session = useSession();
  const manifest = useAppState((state) => state.task?.manifest.status);
  const compared = session?.trusted && session.shared !== undefined;
  const standing = compared
    ? [...session.states].map(([id]) => `${id} ${app.notebooks.status(id)} ${app.notebooks.derived()?.keys.get(id)}`)
    : [];
  const asked = useAsked(compared ? `${manifest} ${standing.join()}` : undefined, () => app.notebooks.reproduction());
  if (!session || (session.trusted && !session.shared)) return null;
  const outcome = asked.status === "ready" ? asked.value : undefined;
  const said = session.trusted
    ? outcome && outcomeWords(outcome)
    : `${session.shared ? "Somebody else wrote this notebook" : "This notebook came from outside"}. Nothing has run. Read it, and press Run all if you trust it.`;
  const across = Object.entries(session.shared?.across ?? {});
  if (session.trusted && !outcome && across.length === 0) return null;
  return (
    <div className="banner" role="status" data-kind={outcome?.kind ?? "plain"}>
      {said && <p>{said}</p>}
      {across.length > 0 && (
        <p className="tabular">
          On the tasks of its track the author had{" "}
          {across.map(([task, [, score]]) => `${task} ${formatScore(score)}`).join(", ")}.
        </p>
      )}
      <div className="banner-actions">
        {across.length > 0 && (
          <Button small icon={Layers} onClick={() => void app.across.start().catch(app.report)}>
            Run on every task
          </Button>
        )}
        <Button small icon={GitCompare} onClick={() => app.view.show("compare")}>
          Compare
        </Button>
      </div>
    </div>
  );
}

function outcomeWords(outcome: Reproduction): string {
  switch (outcome.kind) {
    case "same": {
      const same = `Same ${outcome.of} as the author's, to the last digit (${formatCount(outcome.count)} compared).`;
      return outcome.first
        ? `Same scores as the author's, but in detail the result of “${outcome.first.cell}” differs${changed(outcome.first)}.`
        : same;
    }
    case "differs": {
      const { cell, predictions, authors, here, first } = outcome;
      const score = `Differs: in “${cell}” the author had ${formatScore(authors, 6)} for “${predictions}”, here it is ${formatScore(here, 6)}.`;
      return first ? `${score} The first result that differs is that of “${first.cell}”${changed(first)}.` : score;
    }
    case "result differs":
      return `Differs: the first result that is not the author's is that of “${outcome.first.cell}”${changed(outcome.first)}.`;
    case "other data":
      return "The author's scores were made on other data of this name, so they cannot be compared with yours.";
    case "pending":
      return "The link carries the author's results. Run all to compare.";
  }
}

function changed(first: Deviation): string {
  return first.changed ? ", whose text you have changed" : "";
}
