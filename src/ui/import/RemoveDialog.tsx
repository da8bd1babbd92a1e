import { Trash2 } from "lucide-react";
import type { CatalogueEntry } from "../../tasks";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { formatCountOf } from "../parts/format";

export interface RemoveDialogProps {
  /** The task that is asked about; the dialog is closed without one. */
  task: CatalogueEntry | undefined;
  onClose: () => void;
  onRemove: (task: CatalogueEntry) => void;
}

/** Asks before a brought task is deleted: its rows are nowhere else in this browser. */
export function RemoveDialog({ task, onClose, onRemove }: RemoveDialogProps) {
  if (!task) return null;
  const { train, validation, test } = task.rows;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove “${task.title}”?`}
      about={`Its ${formatCountOf(train + validation + test, "row")} are deleted from this browser. Notebooks on it stay.`}
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            icon={Trash2}
            onClick={() => {
              onClose();
              onRemove(task);
            }}
          >
            Remove the task
          </Button>
        </>
      }
    />
  );
}
