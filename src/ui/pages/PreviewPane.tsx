import { useEffect, useState } from "react";
import type { RunResult } from "../../app";
import { type FaultData, faultDataOf, isAbort } from "../../base";
import type { CodeCell } from "../../notebook";
import type { SampleFacts } from "../../tasks";
import { FeatureFacts } from "../output/FeatureFacts";
import { FeaturePreview } from "../output/FeaturePreview";
import { useApp, useAppState } from "./useApp";

/** Typing pauses this long before the values are computed anew. */
const PAUSE_MS = 60;
/** And this long after the values have come, a thousand rows are drawn by class: a longer pause than between two words. */
const FACTS_PAUSE_MS = 250;

interface Shown {
  result?: RunResult;
  fault?: FaultData;
  facts?: { name: string; facts: SampleFacts }[];
  /** The facts are of an earlier text. */
  old: boolean;
  busy: boolean;
}

/** The values of a feature cell on the first rows of train, as it is typed. Old values stay until new ones are there. */
export function PreviewPane({ cell }: { cell: CodeCell }) {
  const app = useApp();
  const trusted = useAppState((state) => state.session?.trusted ?? false);
  const [shown, setShown] = useState<Shown>({ busy: false, old: false });
  const { id, source } = cell;
  useEffect(() => {
    if (!trusted) return;
    const controller = new AbortController();
    const { signal } = controller;
    const show = (change: Partial<Shown>): void => {
      if (!signal.aborted) setShown((before) => ({ ...before, ...change }));
    };
    const compute = async (): Promise<void> => {
      await pause(PAUSE_MS, signal);
      show({ busy: true, old: true });
      const result = await app.notebooks.preview(id, source, signal);
      show({ result, fault: undefined, busy: false });
      await pause(FACTS_PAUSE_MS, signal);
      show({ facts: await app.notebooks.previewFacts(id, source, signal), old: false });
    };
    compute().catch((error: unknown) => {
      if (!isAbort(error)) show({ fault: faultDataOf(error), busy: false });
    });
    return () => controller.abort();
  }, [app, id, source, trusted]);
  if (!trusted) return null;
  const { result, fault, facts, busy, old } = shown;
  const features = result?.kind === "features";
  return (
    <div className="preview-pane">
      <FeaturePreview
        table={features ? result.splits.train : result?.table}
        types={features ? Object.fromEntries(result.columns.map(({ name, type }) => [name, type])) : undefined}
        fault={fault}
        busy={busy}
        tookMs={result?.tookMs}
        onGoTo={(line, column) => app.view.edit(id, { line, column })}
      />
      {features && facts && <FeatureFacts features={facts} stale={old} />}
    </div>
  );
}

/** @throws AbortError */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
