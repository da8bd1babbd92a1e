import { Check, Copy, Rows3, X } from "lucide-react";
import { Popover } from "radix-ui";
import { type RefObject, useMemo } from "react";
import type { Column } from "../../table";
import { valueAt } from "../../table";
import { Button, IconButton } from "../parts/Button";
import { ModalityChip } from "../parts/Chip";
import { focusItself } from "../parts/Dialog";
import { formatBytes, formatCount } from "../parts/format";
import { useCopy } from "../parts/useCopy";
import { fullText, isPicture } from "./cellText";
import type { GridColumn } from "./gridSource";
import { Picture } from "./Picture";

export interface GridDetailProps {
  row: number;
  column: GridColumn;
  data: Column;
  index: number;
  /** The cell's element, which the popover stands by. */
  anchorId: string;
  /** Gets the focus back. */
  grid: RefObject<HTMLDivElement | null>;
  onClose: () => void;
  onOpenRow?: (row: number) => void;
}

/** One value in full: the whole text, or the picture at its own size. */
export function GridDetail({ row, column, data, index, anchorId, grid, onClose, onOpenRow }: GridDetailProps) {
  const { copied, copy } = useCopy();
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => rectOf(anchorId, grid.current) } }),
    [anchorId, grid],
  );
  const value = valueAt(data, index);
  const picture = data.kind === "bytes" && value instanceof Uint8Array && isPicture(value) ? value : undefined;
  const text = fullText(data, index);
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="popover grid-detail"
          align="start"
          sideOffset={2}
          collisionPadding={12}
          aria-label={`${column.name}, row ${row + 1}`}
          onOpenAutoFocus={focusItself}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            grid.current?.focus();
          }}
        >
          <div className="grid-detail-head">
            <strong className="truncate">{column.name}</strong>
            {column.modality && <ModalityChip modality={column.modality} />}
            <span className="muted tabular">row {formatCount(row + 1)}</span>
            <span className="grid-detail-tools">
              {!picture && value !== null && (
                <IconButton
                  small
                  icon={copied ? Check : Copy}
                  label={copied ? "Copied" : "Copy"}
                  onClick={() => copy(text)}
                />
              )}
              <IconButton small icon={X} label="Close" onClick={onClose} />
            </span>
          </div>
          {picture ? (
            <figure className="grid-detail-picture">
              <Picture bytes={picture} alt={`${column.name} of row ${row + 1}`} />
              <figcaption className="muted tabular">{formatBytes(picture.length)}</figcaption>
            </figure>
          ) : (
            <div className="grid-detail-text" data-code={data.kind === "vector" || data.kind === "other" || undefined}>
              {value === null ? <span className="muted">missing</span> : text}
            </div>
          )}
          {onOpenRow && (
            <div className="grid-detail-foot">
              <Button small icon={Rows3} look="quiet" onClick={() => onOpenRow(row)}>
                Open the whole row
              </Button>
            </div>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The cell may have been scrolled away; the popover then stands by the grid. */
function rectOf(id: string, grid: HTMLElement | null): DOMRect {
  const node = document.getElementById(id) ?? grid;
  return node ? node.getBoundingClientRect() : new DOMRect();
}
