import { useEffect } from "react";
import type { App } from "../../app";
import { createChords } from "../notebook/chords";
import { ACTIONS } from "./actions";

/** Fields that take text, and what has keys of its own. */
const TAKES_TEXT = "input, textarea, select, [contenteditable], .monaco-editor";
const HAS_KEYS =
  "[role=dialog], [role=menu], [role=listbox], [role=grid], [role=slider], [role=separator], [role=tablist]";
const PRESSABLE = "button, a, summary, [role=button], [role=tab]";
/** These belong to the page wherever the focus is. */
const EVERYWHERE = new Set(["find", "run all"]);

/** Jupyter's keys: they act on the selected cell while no editor, field or dialog has the focus. */
export function useNotebookKeys(app: App): void {
  useEffect(() => {
    const chords = createChords(ACTIONS.map((action) => ({ keys: action.keys, does: action })));
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest("[role=dialog], [role=menu]")) return;
      const busy = target.closest(`${TAKES_TEXT}, ${HAS_KEYS}`) !== null;
      if (busy && !event.ctrlKey && !event.metaKey) return;
      if (["Enter", " "].includes(event.key) && !event.shiftKey && target.closest(PRESSABLE)) return;
      const action = chords.press(event, event.timeStamp);
      if (action === undefined || (action !== "waiting" && busy && !EVERYWHERE.has(action.id))) return;
      if (action !== "waiting" && action.ofCell && app.store.getState().view.cell === undefined) return;
      event.preventDefault();
      if (action !== "waiting") action.run(app);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [app]);
}
