import { shownKeys } from "../notebook/chords";
import { Dialog } from "../parts/Dialog";
import { ACTIONS } from "./actions";
import "./keys.css";
import { useApp, useAppState } from "./useApp";

const GROUPS = ["Move", "Run", "Cells", "Notebook"] as const;

/** Every key of the notebook. */
export function KeysDialog() {
  const app = useApp();
  const open = useAppState((state) => state.view.panel === "keys");
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && app.view.show(undefined)}
      title="Keys"
      about="They act on the selected cell while you are not typing. Esc leaves an editor, Enter goes into one."
      wide
    >
      <div className="keys">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className="overline">{group}</h3>
            <dl>
              {ACTIONS.filter((action) => action.group === group && (action.keys.length > 0 || action.inEditor)).map(
                ({ id, label, keys, inEditor }) => (
                  <div key={id}>
                    <dt>
                      {keys.length > 0
                        ? keys.slice(0, 2).map((each) => <kbd key={each}>{shownKeys(each)}</kbd>)
                        : inEditor && <kbd>{shownKeys(inEditor)}</kbd>}
                    </dt>
                    <dd>
                      {label}
                      {keys.length === 0 && inEditor && <small className="muted"> in the editor</small>}
                    </dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
