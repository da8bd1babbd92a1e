import { codeCells } from "../../notebook";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { formatCountOf } from "../parts/format";
import { useApp, useAppState } from "./useApp";

/** Before a stranger's notebook runs for the first time: what running will do, and what it cannot do. */
export function ConsentDialog() {
  const app = useApp();
  const asked = useAppState((state) => state.consent);
  const notebook = useAppState((state) => state.session?.history.present);
  if (!asked || !notebook) return null;
  const cells = codeCells(notebook);
  const count = (kind: string): number => cells.filter((cell) => cell.kind === kind).length;
  const { task } = notebook.front;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && void app.notebooks.consent(false)}
      title="Run this notebook?"
      about="It came with a link, so somebody else wrote its code. You can read all of it before you decide."
      foot={
        <>
          <Button onClick={() => void app.notebooks.consent(false)}>Not now</Button>
          <Button look="main" onClick={() => void app.notebooks.consent(true)}>
            Run the notebook
          </Button>
        </>
      }
    >
      <ul className="consent">
        <li>
          It reads the tables of <strong>{task ?? "no task"}</strong>, and nothing else of yours.
        </li>
        {count("sql") > 0 && (
          <li>
            {formatCountOf(count("sql"), "SQL cell")}: reading statements only, in an engine that can reach no file and
            no address.
          </li>
        )}
        {count("ts") > 0 && (
          <li>
            {formatCountOf(count("ts"), "TypeScript cell")}: in a sandbox without network, storage or access to this
            page.
          </li>
        )}
        {count("model") > 0 && (
          <li>{formatCountOf(count("model"), "model cell")}: trained or run here, in this tab.</li>
        )}
        <li>Stop ends it at any time. Your own notebooks are not touched.</li>
      </ul>
    </Dialog>
  );
}
