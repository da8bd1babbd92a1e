import type { StoreApi } from "zustand/vanilla";
import type { AppState, View } from "./state";

export const NO_VIEW: View = {
  cell: undefined,
  editing: false,
  place: undefined,
  folded: new Set(),
  quiet: new Set(),
  panel: undefined,
  against: undefined,
};

export interface ViewCommands {
  select(cell: string | undefined): void;
  /** Opens the cell's editor, at a place of its source if one is given. */
  edit(cell: string, place?: { line: number; column: number }): void;
  /** Closes the editor; the cell stays selected. */
  leave(): void;
  /** Selects the cell that stands so far below, or above. */
  step(by: number): void;
  /** Folds or unfolds sources (or outputs); without `folded`, turns each over. */
  fold(what: "folded" | "quiet", cells: readonly string[], folded?: boolean): void;
  show(panel: View["panel"]): void;
}

export function createView(store: StoreApi<AppState>): ViewCommands {
  const patch = (change: Partial<View>): void => store.setState(({ view }) => ({ view: { ...view, ...change } }));
  const ids = (): string[] => store.getState().session?.history.present.cells.map(({ id }) => id) ?? [];
  return {
    select: (cell) => {
      const { view } = store.getState();
      if (view.cell !== cell || view.editing) patch({ cell, editing: false, place: undefined });
    },
    edit: (cell, place) => {
      const { session, view } = store.getState();
      if (session?.elsewhere) return;
      const folded = new Set([...view.folded].filter((id) => id !== cell));
      patch({ cell, editing: true, place, folded });
    },
    leave: () => patch({ editing: false, place: undefined }),
    step: (by) => {
      const all = ids();
      const at = all.indexOf(store.getState().view.cell ?? "");
      const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
      if (next !== undefined) patch({ cell: next, editing: false, place: undefined });
    },
    fold: (what, cells, folded) => {
      const next = new Set(store.getState().view[what]);
      for (const cell of cells) {
        if (folded ?? !next.has(cell)) next.add(cell);
        else next.delete(cell);
      }
      patch({ [what]: next });
    },
    show: (panel) => patch({ panel }),
  };
}
