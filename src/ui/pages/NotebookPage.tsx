import { lazy, Suspense, useEffect, useRef } from "react";
import { Button } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { FaultView } from "../parts/FaultView";
import { LinkBanner } from "../share/LinkBanner";
import { CellPlaces } from "./CellPlace";
import { FindBar } from "./FindBar";
import { KeysDialog } from "./KeysDialog";
import { useApp, useAppState, useSession } from "./useApp";
import { useNotebookKeys } from "./useNotebookKeys";

const HistoryDialog = lazy(() => import("./HistoryDialog"));
const CompareDialog = lazy(() =>
  import("../share/CompareDialog").then((module) => ({ default: module.CompareDialog })),
);

/** The open notebook: its cells in order, with a place to insert one between any two. */
export function NotebookPage() {
  const app = useApp();
  const notebook = useAppState((state) => state.session?.history.present);
  const linkFault = useAppState((state) => state.linkFault);
  const panel = useAppState((state) => state.view.panel);
  useNotebookKeys(app);
  useFollowedCell();
  if (linkFault) {
    return (
      <EmptyState title="This link does not open">
        <FaultView fault={linkFault} />
        <p>Nothing was changed. Your own notebooks are in the list at the left.</p>
      </EmptyState>
    );
  }
  if (!notebook)
    return (
      <EmptyState title="No notebook is open">Open a task and start from its notebook, or make a new one.</EmptyState>
    );
  return (
    <article className="notebook" aria-label={notebook.front.title}>
      {panel === "find" && <FindBar notebook={notebook} />}
      <KeysDialog />
      {panel === "history" && (
        <Suspense fallback={null}>
          <HistoryDialog />
        </Suspense>
      )}
      {panel === "compare" && (
        <Suspense fallback={null}>
          <CompareDialog />
        </Suspense>
      )}
      <OtherTab />
      {notebook.front.fault && <FaultView fault={notebook.front.fault} />}
      <LinkBanner />
      <TaskFault />
      <CellPlaces cells={notebook.cells} />
    </article>
  );
}

/** Another tab edits this notebook: said, with the two ways on. */
function OtherTab() {
  const app = useApp();
  const session = useSession();
  if (!session?.elsewhere) return null;
  const lost = session.saved.status === "failed";
  return (
    <div className="banner" role="alert" data-kind="differs">
      <p>
        {lost
          ? "This notebook was changed in another tab, so what you typed last is not stored."
          : "This notebook is open in another tab, so it cannot be edited here."}
      </p>
      <div className="banner-actions">
        <Button small look="main" onClick={() => void app.notebooks.takeOver().catch(app.report)}>
          Edit it here
        </Button>
        <Button small onClick={() => void app.notebooks.fork().catch(app.report)}>
          {lost ? "Keep mine as a copy" : "Make a copy"}
        </Button>
      </div>
    </div>
  );
}

/** The selected cell is in sight and has the focus, unless something in it, or beside the cells, has it. */
function useFollowedCell(): void {
  const cell = useAppState((state) => state.view.cell);
  const editing = useAppState((state) => state.view.editing);
  const pressed = usePressed();
  useEffect(() => {
    if (cell === undefined || editing) return;
    const element = document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell)}"]`);
    if (!element) return;
    // Where it is being pressed it is in sight: scrolling would take the click from what the pointer is on.
    if (pressed.current !== element) element.scrollIntoView({ block: "nearest" });
    const { activeElement } = document;
    const free =
      !activeElement || activeElement === document.body || activeElement.closest("[data-cell], #content, .contents");
    if (free && !element.contains(activeElement) && !activeElement?.closest(".find"))
      element.focus({ preventScroll: true });
  }, [cell, editing, pressed]);
}

/** The cell that is being pressed, until the click is done: fingers give it no `:active` so early. */
function usePressed() {
  const pressed = useRef<Element>(undefined);
  useEffect(() => {
    const press = ({ target }: Event): void => {
      pressed.current = (target instanceof Element && target.closest("[data-cell]")) || undefined;
    };
    const release = (): void => {
      pressed.current = undefined;
    };
    const ends = ["click", "pointercancel", "keydown"] as const;
    addEventListener("pointerdown", press, { capture: true });
    for (const end of ends) addEventListener(end, release, { capture: true });
    return () => {
      removeEventListener("pointerdown", press, { capture: true });
      for (const end of ends) removeEventListener(end, release, { capture: true });
    };
  }, []);
  return pressed;
}

/** The notebook's task cannot be read, or its rows cannot be loaded: said once, above the cells. */
function TaskFault() {
  const task = useAppState((state) => state.task);
  const wanted = useAppState((state) => state.session?.history.present.front.task);
  if (!task || task.id !== wanted) return null;
  const fault =
    task.manifest.status === "failed"
      ? task.manifest.fault
      : task.data.status === "failed"
        ? task.data.fault
        : undefined;
  return fault ? <FaultView fault={fault} /> : null;
}
