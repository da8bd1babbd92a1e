import { useState } from "react";
import type { Slot } from "../../app";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { useApp } from "./useApp";

/** Asks before a notebook goes, for it goes with its versions. */
export function RemoveNotebook({ slot, onClose }: { slot: Slot; onClose: () => void }) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await app.notebooks.remove(slot.id);
    } catch (error) {
      app.report(error);
    }
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete “${slot.title}”?`}
      about="It goes from this browser with all its versions, for good. Links to it that you shared still open."
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    />
  );
}
