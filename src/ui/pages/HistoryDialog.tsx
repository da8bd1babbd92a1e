import { diffLines } from "diff";
import { useEffect, useMemo, useState } from "react";
import type { Version } from "../../app";
import { formatNotebook } from "../../notebook";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import "./keys.css";
import { useApp, useAppState } from "./useApp";

/** The notebook's past: when, what was different from now, and the way back. */
export default function HistoryDialog() {
  const app = useApp();
  const notebook = useAppState((state) => state.session?.history.present);
  const [versions, setVersions] = useState<readonly Version[]>();
  const [chosen, setChosen] = useState<Version>();
  useEffect(() => {
    app.notebooks
      .versions()
      .then((found) => {
        setVersions(found);
        setChosen(found[0]);
      })
      .catch(app.report);
  }, [app]);
  const close = (): void => app.view.show(undefined);
  const now = useMemo(() => (notebook ? formatNotebook(notebook) : ""), [notebook]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title="Versions"
      about="A version is put aside every few minutes while you work. Older ones are kept further apart."
      wide={versions?.length !== 0}
      foot={
        <>
          <Button onClick={close}>Close</Button>
          {chosen && (
            <Button
              look="main"
              disabled={chosen.markdown === now}
              onClick={() => void app.notebooks.restore(chosen).then(close, app.report)}
            >
              Go back to this version
            </Button>
          )}
        </>
      }
    >
      {versions?.length === 0 && <p className="muted">No versions yet: the first is put aside when you edit.</p>}
      {versions && versions.length > 0 && (
        <div className="versions">
          <ol>
            {versions.map((version) => (
              <li key={version.at}>
                <button
                  type="button"
                  className="versions-one"
                  aria-pressed={version === chosen}
                  onClick={() => setChosen(version)}
                >
                  {new Date(version.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}
                  <small className="truncate">{version.title}</small>
                </button>
              </li>
            ))}
          </ol>
          {chosen && <Changes from={now} to={chosen.markdown} />}
        </div>
      )}
    </Dialog>
  );
}

/** Lines around a change that are shown with it. */
const AROUND = 2;

/** What going back would take away, and what it would bring. */
function Changes({ from, to }: { from: string; to: string }) {
  const parts = useMemo(() => diffLines(from, to), [from, to]);
  if (from === to) return <p className="muted">The same as now.</p>;
  let place = 0;
  return (
    <section className="versions-text" aria-label="What would change">
      {parts.map(({ added, removed, value }, index) => {
        const key = `${index} ${place}`;
        place += value.length;
        if (added || removed)
          return (
            <span key={key} data-change={added ? "new" : "gone"}>
              {value.replace(/\n$/, "")}
            </span>
          );
        const lines = value.replace(/\n$/, "").split("\n");
        const head = index === 0 ? [] : lines.slice(0, AROUND);
        const tail = index === parts.length - 1 ? [] : lines.slice(Math.max(head.length, lines.length - AROUND));
        const left = lines.length - head.length - tail.length;
        return (
          <span key={key}>
            {head.length > 0 && <span>{head.join("\n")}</span>}
            {left > 0 && <span data-change="gap">… {left === 1 ? "1 line" : `${left} lines`} the same …</span>}
            {tail.length > 0 && <span>{tail.join("\n")}</span>}
          </span>
        );
      })}
    </section>
  );
}
