import { Pencil } from "lucide-react";
import type { ProseCell } from "../../notebook";
import { CodeEditor } from "../editor/CodeEditor";
import { Prose } from "../output/Prose";
import { IconButton } from "../parts/Button";
import { useApp } from "./useApp";

/** A text cell: rendered, with its Markdown one click away. */
export function ProseView({
  cell,
  editing,
  onEdit,
}: {
  cell: ProseCell;
  editing: boolean;
  onEdit: (id: string | undefined) => void;
}) {
  const app = useApp();
  if (editing) {
    return (
      <div className="prose-edit">
        <CodeEditor
          language="markdown"
          value={cell.source}
          onChange={(source) => app.notebooks.setSource(cell.id, source)}
          onRun={() => onEdit(undefined)}
          onEscape={() => onEdit(undefined)}
          path={`cells/${cell.id}.md`}
          ariaLabel="Text in Markdown"
          autoFocus
        />
      </div>
    );
  }
  return (
    <div className="prose-view">
      <Prose>{cell.source}</Prose>
      <div className="prose-edit-button">
        <IconButton icon={Pencil} look="quiet" small label="Edit this text" onClick={() => onEdit(cell.id)} />
      </div>
    </div>
  );
}
