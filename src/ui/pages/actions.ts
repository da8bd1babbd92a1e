import {
  ArrowDown,
  ArrowUp,
  ChevronsDownUp,
  ClipboardPaste,
  Copy,
  CopyPlus,
  EyeOff,
  FileText,
  GitCompare,
  History,
  Keyboard,
  type LucideIcon,
  Merge,
  Play,
  Plus,
  Redo2,
  Scissors,
  Search,
  Square,
  SquarePen,
  Trash2,
  Undo2,
} from "lucide-react";
import type { App } from "../../app";
import { type Cell, type CodeKind, isCode } from "../../notebook";
import type { EditorAction } from "../editor/types";

/** Something that the reader can do with the notebook: by its keys, in the palette, and in the list of keys. */
export interface NotebookAction {
  id: string;
  label: string;
  icon: LucideIcon;
  /** Keys in command mode (no editor has the focus), as `chords.ts` writes them. */
  keys: readonly string[];
  /** Keys that do it inside an editor. */
  inEditor?: string;
  group: "Move" | "Run" | "Cells" | "Notebook";
  /** Needs a selected cell. */
  ofCell: boolean;
  run(app: App): void;
}

const cellOf = (app: App): Cell | undefined => {
  const { session, view } = app.store.getState();
  return session?.history.present.cells.find((cell) => cell.id === view.cell);
};
const placeOf = (app: App): number =>
  app.store.getState().session?.history.present.cells.findIndex((cell) => cell.id === app.store.getState().view.cell) ??
  -1;
const count = (app: App): number => app.store.getState().session?.history.present.cells.length ?? 0;

/** A new cell is of the kind that one is at; after prose, a query. */
function insert(app: App, below: 0 | 1): void {
  const cell = cellOf(app);
  const at = cell ? placeOf(app) + below : count(app);
  const kind: CodeKind = cell && isCode(cell) && (cell.kind === "ts" || cell.kind === "sql") ? cell.kind : "sql";
  app.view.edit(app.notebooks.insert(at, kind));
}

export function runCell(app: App, cell: Cell | undefined): void {
  if (cell && isCode(cell)) void app.notebooks.run([cell.id]);
}

function advance(app: App): void {
  if (placeOf(app) < count(app) - 1) app.view.step(1);
  else app.view.leave();
}

/** Takes the cell away and selects what then stands in its place. */
function away(app: App, take: (id: string) => void): void {
  const cell = cellOf(app);
  if (!cell) return;
  const at = placeOf(app);
  take(cell.id);
  const { cells } = app.store.getState().session?.history.present ?? { cells: [] };
  app.view.select((cells[at] ?? cells.at(-1))?.id);
}

function merge(app: App): void {
  const cell = cellOf(app);
  if (cell && !app.notebooks.mergeBelow(cell.id))
    app.notify({ kind: "info", message: "Only two cells of one kind can be joined" });
}

const byCell = (work: (app: App, cell: Cell) => void) => (app: App) => {
  const cell = cellOf(app);
  if (cell) work(app, cell);
};

const convert = (kind: CodeKind | "prose") => byCell((app, cell) => app.notebooks.convert(cell.id, kind));
const select = (id: string | undefined, app: App): void => {
  if (id !== undefined) app.view.select(id);
};
const allIds = (app: App): string[] => app.store.getState().session?.history.present.cells.map(({ id }) => id) ?? [];

/** What the keys of an editor do. */
export function actionKeys(app: App): EditorAction[] {
  return ACTIONS.flatMap((action) =>
    action.inEditor !== undefined && !["leave", "split"].includes(action.id)
      ? [{ id: action.id, label: action.label, keys: action.inEditor, run: () => action.run(app) }]
      : [],
  );
}

export const ACTIONS: readonly NotebookAction[] = [
  {
    id: "edit",
    label: "Edit the cell",
    icon: SquarePen,
    keys: ["Enter"],
    group: "Move",
    ofCell: true,
    run: byCell((app, cell) => app.view.edit(cell.id)),
  },
  {
    id: "leave",
    label: "Leave the editor: keys act on cells, Tab goes on",
    icon: SquarePen,
    keys: [],
    inEditor: "Escape",
    group: "Move",
    ofCell: true,
    run: (app) => app.view.leave(),
  },
  {
    id: "down",
    label: "Next cell",
    icon: ArrowDown,
    keys: ["j", "ArrowDown"],
    group: "Move",
    ofCell: false,
    run: (app) => app.view.step(1),
  },
  {
    id: "up",
    label: "Cell before",
    icon: ArrowUp,
    keys: ["k", "ArrowUp"],
    group: "Move",
    ofCell: false,
    run: (app) => app.view.step(-1),
  },
  {
    id: "first",
    label: "First cell",
    icon: ArrowUp,
    keys: ["Mod+Home"],
    group: "Move",
    ofCell: false,
    run: (app) => select(allIds(app)[0], app),
  },
  {
    id: "last",
    label: "Last cell",
    icon: ArrowDown,
    keys: ["Mod+End"],
    group: "Move",
    ofCell: false,
    run: (app) => select(allIds(app).at(-1), app),
  },

  {
    id: "run",
    label: "Run the cell",
    icon: Play,
    keys: ["Mod+Enter"],
    inEditor: "Mod+Enter",
    group: "Run",
    ofCell: true,
    run: (app) => runCell(app, cellOf(app)),
  },
  {
    id: "advance",
    label: "Run the cell and go to the next",
    icon: Play,
    keys: ["Shift+Enter"],
    inEditor: "Shift+Enter",
    group: "Run",
    ofCell: true,
    run: (app) => {
      runCell(app, cellOf(app));
      advance(app);
    },
  },
  {
    id: "run insert",
    label: "Run the cell and add one below",
    icon: Play,
    keys: ["Alt+Enter"],
    inEditor: "Alt+Enter",
    group: "Run",
    ofCell: true,
    run: (app) => {
      runCell(app, cellOf(app));
      insert(app, 1);
    },
  },
  {
    id: "run all",
    label: "Run all",
    icon: Play,
    keys: ["Mod+Shift+Enter"],
    inEditor: "Mod+Shift+Enter",
    group: "Run",
    ofCell: false,
    run: (app) => void app.notebooks.run("all"),
  },
  {
    id: "stop",
    label: "Stop",
    icon: Square,
    keys: ["i i"],
    group: "Run",
    ofCell: false,
    run: (app) => app.notebooks.stop(),
  },

  {
    id: "above",
    label: "Add a cell above",
    icon: Plus,
    keys: ["a"],
    group: "Cells",
    ofCell: false,
    run: (app) => insert(app, 0),
  },
  {
    id: "below",
    label: "Add a cell below",
    icon: Plus,
    keys: ["b"],
    group: "Cells",
    ofCell: false,
    run: (app) => insert(app, 1),
  },
  {
    id: "delete",
    label: "Delete the cell",
    icon: Trash2,
    keys: ["d d", "Delete"],
    group: "Cells",
    ofCell: true,
    run: (app) => away(app, app.notebooks.removeCell),
  },
  {
    id: "cut",
    label: "Cut the cell",
    icon: Scissors,
    keys: ["x"],
    group: "Cells",
    ofCell: true,
    run: (app) => away(app, app.notebooks.cut),
  },
  {
    id: "copy",
    label: "Copy the cell",
    icon: Copy,
    keys: ["c"],
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => app.notebooks.copy(cell.id)),
  },
  {
    id: "paste",
    label: "Paste below",
    icon: ClipboardPaste,
    keys: ["v"],
    group: "Cells",
    ofCell: false,
    run: (app) => select(app.notebooks.paste(cellOf(app)?.id), app),
  },
  {
    id: "duplicate",
    label: "Duplicate the cell",
    icon: CopyPlus,
    keys: ["Shift+d"],
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => select(app.notebooks.duplicate(cell.id), app)),
  },
  {
    id: "move up",
    label: "Move the cell up",
    icon: ArrowUp,
    keys: ["Alt+ArrowUp"],
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => app.notebooks.move(cell.id, -1)),
  },
  {
    id: "move down",
    label: "Move the cell down",
    icon: ArrowDown,
    keys: ["Alt+ArrowDown"],
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => app.notebooks.move(cell.id, 1)),
  },
  {
    id: "split",
    label: "Split the cell at the cursor",
    icon: Scissors,
    keys: [],
    inEditor: "Mod+Shift+-",
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => app.view.edit(cell.id)),
  },
  {
    id: "merge",
    label: "Join the cell with the one below",
    icon: Merge,
    keys: ["Shift+m"],
    group: "Cells",
    ofCell: true,
    run: merge,
  },
  {
    id: "to text",
    label: "Make it a text cell",
    icon: FileText,
    keys: ["m"],
    group: "Cells",
    ofCell: true,
    run: convert("prose"),
  },
  {
    id: "to sql",
    label: "Make it a SQL cell",
    icon: FileText,
    keys: ["y"],
    group: "Cells",
    ofCell: true,
    run: convert("sql"),
  },
  {
    id: "to ts",
    label: "Make it a TypeScript cell",
    icon: FileText,
    keys: ["t"],
    group: "Cells",
    ofCell: true,
    run: convert("ts"),
  },
  {
    id: "fold",
    label: "Fold or unfold the source",
    icon: ChevronsDownUp,
    keys: ["h"],
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => app.view.fold("folded", [cell.id])),
  },
  {
    id: "quiet",
    label: "Hide or show the output",
    icon: EyeOff,
    keys: ["o"],
    group: "Cells",
    ofCell: true,
    run: byCell((app, cell) => app.view.fold("quiet", [cell.id])),
  },
  {
    id: "fold all",
    label: "Fold every source",
    icon: ChevronsDownUp,
    keys: ["Shift+h"],
    group: "Cells",
    ofCell: false,
    run: (app) => app.view.fold("folded", allIds(app), true),
  },
  {
    id: "unfold all",
    label: "Unfold every source",
    icon: ChevronsDownUp,
    keys: [],
    group: "Cells",
    ofCell: false,
    run: (app) => app.view.fold("folded", allIds(app), false),
  },

  {
    id: "undo",
    label: "Undo",
    icon: Undo2,
    keys: ["z", "Mod+z"],
    group: "Notebook",
    ofCell: false,
    run: (app) => app.notebooks.undo(),
  },
  {
    id: "redo",
    label: "Redo",
    icon: Redo2,
    keys: ["Shift+z", "Mod+Shift+z", "Mod+y"],
    group: "Notebook",
    ofCell: false,
    run: (app) => app.notebooks.redo(),
  },
  {
    id: "find",
    label: "Find and replace",
    icon: Search,
    keys: ["f", "Mod+Shift+f"],
    inEditor: "Mod+Shift+f",
    group: "Notebook",
    ofCell: false,
    run: (app) => app.view.show("find"),
  },
  {
    id: "history",
    label: "Versions of this notebook",
    icon: History,
    keys: [],
    group: "Notebook",
    ofCell: false,
    run: (app) => app.view.show("history"),
  },
  {
    id: "compare",
    label: "Compare with another notebook",
    icon: GitCompare,
    keys: [],
    group: "Notebook",
    ofCell: false,
    run: (app) => app.view.show("compare"),
  },
  {
    id: "keys",
    label: "List of keys",
    icon: Keyboard,
    keys: ["?"],
    group: "Notebook",
    ofCell: false,
    run: (app) => app.view.show("keys"),
  },
];
