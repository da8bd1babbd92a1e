import { useState } from "react";
import { useApp, useAppState } from "../pages/useApp";
import type { ToastData } from "../parts/Toast";

export const UPDATE_TOAST = "update";

/** The word that a newer build is here; the open page stays as it is until the reader says otherwise. */
export function useUpdate(): { toasts: ToastData[]; dismiss: () => void } {
  const app = useApp();
  const waits = useAppState((state) => state.offline.update);
  const [dismissed, setDismissed] = useState(false);
  const toast: ToastData = {
    id: UPDATE_TOAST,
    tone: "plain",
    message: "A new version is ready: reload when you like",
    more: "Notebooks are saved. Results are computed anew when you run them.",
    action: { label: "Reload", onSelect: () => void app.offline.reload().catch(app.report) },
  };
  return { toasts: waits && !dismissed ? [toast] : [], dismiss: () => setDismissed(true) };
}
