import { ArrowLeft, ArrowRight, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "../parts/Button";
import { focusItself } from "../parts/Dialog";
import { formatCount } from "../parts/format";

export interface RowFrameProps {
  title: string;
  /** The row's place among the rows shown, and how many these are. */
  place: number;
  count: number;
  /** In the page beside the grid; else as a sheet over it. */
  beside: boolean;
  /** It was opened by a key: the keys are for it now. */
  takeFocus: boolean;
  onPlace: (place: number) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A row in full, beside its grid or as a sheet over it, with the way to the next. */
export function RowFrame({ title, place, count, beside, takeFocus, onPlace, onClose, children }: RowFrameProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (beside && takeFocus) panel.current?.focus();
  }, [beside, takeFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (place + step >= 0 && place + step < count) onPlace(place + step);
  };
  const head = (
    <>
      <span className="muted tabular">of {formatCount(count)}</span>
      <span className="row-panel-tools">
        <IconButton
          small
          icon={ArrowLeft}
          label="Previous"
          keys="←"
          disabled={place === 0}
          onClick={() => onPlace(place - 1)}
        />
        <IconButton
          small
          icon={ArrowRight}
          label="Next"
          keys="→"
          disabled={place >= count - 1}
          onClick={() => onPlace(place + 1)}
        />
        <IconButton small icon={X} label="Close" keys="Esc" onClick={onClose} />
      </span>
    </>
  );
  if (beside)
    return (
      <aside ref={panel} className="row-panel" aria-label={title} tabIndex={-1} onKeyDown={onKeyDown}>
        <div className="row-panel-head">
          <h3>{title}</h3>
          {head}
        </div>
        {children}
      </aside>
    );
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="sheet row-sheet row-panel"
          data-side="right"
          aria-describedby={undefined}
          onOpenAutoFocus={focusItself}
          onKeyDown={onKeyDown}
        >
          <div className="row-panel-head">
            <Dialog.Title asChild>
              <h3>{title}</h3>
            </Dialog.Title>
            {head}
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
