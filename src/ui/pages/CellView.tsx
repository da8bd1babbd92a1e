import { memo } from "react";
import type { FaultData } from "../../base";
import type { CodeCell } from "../../notebook";
import { isCellName } from "../../notebook";
import { lastOf } from "../../runtime";
import { Highlighted } from "../editor/Highlighted";
import { CellFrame } from "../notebook/CellFrame";
import { FaultView } from "../parts/FaultView";
import { LANGUAGES } from "./CellEditor";
import { CellOutput } from "./CellOutput";
import { EditedSource } from "./EditedSource";
import { PreviewPane } from "./PreviewPane";
import { useApp, useAppState } from "./useApp";

const IDLE = { status: "idle" } as const;

/**
 * One cell: its frame, its text (an editor while it is the one being edited), and its newest result. It renders anew when
 * something of its own changes, and not when another cell does: there may be hundreds.
 */
export const CellView = memo(function CellView({ cell }: { cell: CodeCell }) {
  const app = useApp();
  const { id } = cell;
  const state = useAppState(({ session }) => session?.states.get(id) ?? IDLE);
  const status = useAppState(() => app.notebooks.status(id));
  const graphFault = useAppState(() => app.notebooks.derived()?.graph.faults.get(id));
  const selected = useAppState(({ view }) => view.cell === id);
  const editing = useAppState(({ view }) => view.cell === id && view.editing);
  const folded = useAppState(({ view }) => view.folded.has(id));
  const quiet = useAppState(({ view }) => view.quiet.has(id));
  const held = useAppState(({ session }) => session?.history.present.front.held.includes(cell.name) ?? false);
  const fault: FaultData | undefined =
    graphFault ?? (state.status === "failed" && status === "failed" ? state.fault : undefined);
  const last = lastOf(state);
  const goTo = (line: number, column: number): void => app.view.edit(id, { line, column });
  const output = (
    <>
      {fault && (
        <div role="alert">
          <FaultView fault={fault} onGoTo={goTo} />
        </div>
      )}
      {last && (!fault || status !== "failed") && (
        <CellOutput name={cell.name} value={last.value} onGoTo={(line) => goTo(line, 1)} />
      )}
    </>
  );
  return (
    <CellFrame
      id={id}
      kind={cell.kind}
      name={cell.name}
      refuseName={(name) =>
        isCellName(name) ? undefined : "A name starts with a letter or _ and goes on with letters, digits and _."
      }
      onRename={(name) => {
        try {
          app.notebooks.rename(id, name);
        } catch (error) {
          app.report(error);
        }
      }}
      status={fault && status !== "running" ? "failed" : status}
      tookMs={last?.tookMs}
      progress={state.status === "running" ? { done: state.done, note: state.note } : undefined}
      selected={selected}
      onSelect={() => app.store.getState().view.cell !== id && app.view.select(id)}
      onRun={() => void app.notebooks.run([id])}
      onStop={() => app.notebooks.stop()}
      onMove={(by) => app.notebooks.move(id, by)}
      onDuplicate={() => app.notebooks.duplicate(id)}
      onDelete={() => app.notebooks.removeCell(id)}
      menu={[
        {
          label: "Run only when asked",
          chosen: held,
          onSelect: () => app.notebooks.setHeld(cell.name, !held),
        },
      ]}
      note={held ? "runs when asked" : undefined}
      folded={folded}
      onFold={(next) => app.view.fold("folded", [id], next)}
      source={
        editing ? (
          <EditedSource cell={cell} fault={fault} />
        ) : (
          <div className="cell-source">
            <Highlighted
              language={LANGUAGES[cell.kind]}
              source={cell.source}
              faultLines={fault?.where?.line !== undefined && fault.where.cell === cell.name ? [fault.where.line] : []}
            />
            <button
              type="button"
              className="cell-source-open"
              aria-label={`Edit ${cell.name}`}
              onClick={() => app.view.edit(id)}
            />
          </div>
        )
      }
      aside={cell.kind === "ts" && editing ? <PreviewPane cell={cell} /> : undefined}
      output={quiet && last ? <HiddenOutput onShow={() => app.view.fold("quiet", [id], false)} /> : output}
      stale={status === "stale"}
    />
  );
});

function HiddenOutput({ onShow }: { onShow: () => void }) {
  return (
    <button type="button" className="cell-hidden" onClick={onShow}>
      Output hidden · show
    </button>
  );
}
