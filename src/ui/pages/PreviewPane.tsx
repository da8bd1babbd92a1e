import { useEffect, useState } from "react";
import type { RunResult } from "../../app";
import { type FaultData, faultDataOf, isAbort } from "../../base";
import type { CodeCell } from "../../notebook";
import { FeaturePreview } from "../output/FeaturePreview";
import { useApp, useAppState } from "./useApp";

/** Typing pauses this long before the values are computed anew. */
const PAUSE_MS = 120;

/** The values of a feature cell on the first rows of train, as it is typed. Old values stay until new ones are there. */
export function PreviewPane({ cell }: { cell: CodeCell }) {
  const app = useApp();
  const trusted = useAppState((state) => state.session?.trusted ?? false);
  const [shown, setShown] = useState<{ result?: RunResult; fault?: FaultData; busy: boolean }>({ busy: false });
  const { id, source } = cell;
  useEffect(() => {
    if (!trusted) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      setShown((before) => ({ ...before, busy: true }));
      app.notebooks.preview(id, source, controller.signal).then(
        (result) => setShown({ result, busy: false }),
        (error: unknown) =>
          !isAbort(error) &&
          !controller.signal.aborted &&
          setShown((before) => ({ result: before.result, fault: faultDataOf(error), busy: false })),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [app, id, source, trusted]);
  if (!trusted) return null;
  const table = shown.result?.kind === "features" ? shown.result.splits.train : shown.result?.table;
  return <FeaturePreview table={table} fault={shown.fault} busy={shown.busy} />;
}
