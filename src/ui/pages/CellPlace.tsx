import { memo, useEffect, useRef, useState } from "react";
import { type Cell, type CellKind, isCode } from "../../notebook";
import { InsertBar } from "../notebook/InsertBar";
import { CellView } from "./CellView";
import { whenNear } from "./near";
import { ProseView } from "./ProseView";
import { useApp, useAppState } from "./useApp";

/** Cells after these wait until they come near the window, or until the browser has nothing else to do. */
const DRAWN_AT_ONCE = 40;

/** About how high a cell will be, in pixels. */
const HEAD_HEIGHT = 100;
const LINE_HEIGHT = 20;

/** A cell, with the place before it to insert one. Of a long notebook, what is far from the window is drawn later. */
export const CellPlace = memo(function CellPlace({ cell, early }: { cell: Cell; early: boolean }) {
  const [drawn, setDrawn] = useState(early);
  const chosen = useAppState(({ view }) => view.cell === cell.id);
  const empty = useRef<HTMLDivElement>(null);
  if (chosen && !drawn) setDrawn(true);
  useEffect(() => {
    if (!drawn && empty.current) return whenNear(empty.current, () => setDrawn(true));
  }, [drawn]);
  const height = HEAD_HEIGHT + cell.source.split("\n").length * LINE_HEIGHT;
  if (!drawn) {
    // What is drawn holds its place while these grow, and not they.
    return <div ref={empty} data-cell={cell.id} style={{ height, overflowAnchor: "none" }} tabIndex={-1} />;
  }
  return (
    <div className="cell-place" data-chosen={chosen || undefined} style={{ containIntrinsicSize: `auto ${height}px` }}>
      <InsertBefore id={cell.id} />
      {isCode(cell) ? <CellView cell={cell} /> : <ProseView cell={cell} />}
    </div>
  );
});

/** Draws the cells, in order, with places to insert one between any two. */
export function CellPlaces({ cells }: { cells: readonly Cell[] }) {
  return (
    <>
      {cells.map((cell, at) => (
        <CellPlace key={cell.id} cell={cell} early={at < DRAWN_AT_ONCE} />
      ))}
      <InsertLast />
    </>
  );
}

const InsertBefore = memo(function InsertBefore({ id }: { id: string }) {
  const app = useApp();
  const insert = (kind: CellKind): void => {
    const at = app.store.getState().session?.history.present.cells.findIndex((cell) => cell.id === id) ?? -1;
    if (at >= 0) app.view.edit(app.notebooks.insert(at, kind));
  };
  return <InsertBar onInsert={insert} />;
});

const InsertLast = memo(function InsertLast() {
  const app = useApp();
  const count = useAppState(({ session }) => session?.history.present.cells.length ?? 0);
  return <InsertBar onInsert={(kind) => app.view.edit(app.notebooks.insert(count, kind))} always />;
});
