import { Pencil } from "lucide-react";
import { memo } from "react";
import type { ProseCell } from "../../notebook";
import { CodeEditor } from "../editor/CodeEditor";
import { Prose } from "../output/Prose";
import { IconButton } from "../parts/Button";
import { actionKeys } from "./actions";
import { useApp, useAppState } from "./useApp";

/** A text cell: rendered, with its Markdown one click away. */
export const ProseView = memo(function ProseView({ cell }: { cell: ProseCell }) {
  const app = useApp();
  const { id } = cell;
  const selected = useAppState(({ view }) => view.cell === id);
  const editing = useAppState(({ view }) => view.cell === id && view.editing);
  const place = useAppState(({ view }) => view.place);
  return (
    <section
      className="prose-cell"
      data-cell={id}
      data-selected={selected || undefined}
      tabIndex={-1}
      aria-label="Text"
      onPointerDownCapture={() => !selected && app.view.select(id)}
      onFocusCapture={() => !selected && app.view.select(id)}
      onDoubleClick={() => !editing && app.view.edit(id)}
    >
      {editing ? (
        <div className="prose-edit">
          <CodeEditor
            language="markdown"
            value={cell.source}
            onChange={(source) => app.notebooks.setSource(id, source)}
            onEscape={app.view.leave}
            onSplit={(offset) => app.view.edit(app.notebooks.split(id, offset), { line: 1, column: 1 })}
            actions={actionKeys(app)}
            path={`cells/${id}.md`}
            ariaLabel="Text in Markdown"
            at={place}
            autoFocus
          />
        </div>
      ) : (
        <div className="prose-view">
          <Prose>{cell.source}</Prose>
          <div className="prose-edit-button">
            <IconButton icon={Pencil} look="quiet" small label="Edit this text" onClick={() => app.view.edit(id)} />
          </div>
        </div>
      )}
    </section>
  );
});
