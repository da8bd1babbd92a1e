import type { Page } from "@playwright/test";

type SplitName = "train" | "validation" | "test";
type Track = "classification" | "matching";
type Modality = "text" | "numeric" | "categorical" | "image";

export interface CellReport {
  name: string;
  kind: string;
  status: "idle" | "stale" | "running" | "ready" | "failed";
  tookMs?: number;
  fault?: { code: string; message: string; hint?: string; line?: number; column?: number };
  provider?: "webgpu" | "wasm";
}

export interface ScoreReport {
  split: SplitName;
  rows: number;
  primary: { metric: string; value: number; low: number; high: number };
  metrics: Record<string, number>;
}

/**
 * `window.polytab` as design section 10 promises it, stated here a second time and on purpose: the journeys are written
 * against the contract, as an embedding page would be, not against what the app happens to export.
 */
export interface Polytab {
  readonly version: string;
  ready(): Promise<void>;
  tasks(): Promise<{ id: string; title: string; track: Track; rows: Record<SplitName, number> }[]>;
  openTask(idOrUrl: string): Promise<void>;
  importTask(
    files: Partial<Record<SplitName, File>>,
    about: {
      title: string;
      track: Track;
      label: string;
      metric?: string;
      modalities?: Record<string, Modality>;
    },
  ): Promise<string>;
  openNotebook(markdown: string): Promise<void>;
  notebook(): string;
  run(options?: { cells?: string[] }): Promise<CellReport[]>;
  stop(): Promise<void>;
  cells(): CellReport[];
  table(cell: string, options?: { limit?: number }): Promise<Record<string, unknown>[]>;
  score(cell: string): Promise<ScoreReport>;
  predictions(
    cell: string,
    split: SplitName,
  ): Promise<{ id: string; prediction: string; probabilities: Record<string, number> }[]>;
  exportModel(cell: string): Promise<{ onnx: Uint8Array; sidecar: object }>;
  shareLink(): Promise<string>;
  runAcrossTasks(): Promise<{ task: string; score?: ScoreReport; fault?: string }[]>;
}

/** A file on its way into the page, where it becomes a `File`. */
interface FileArgument {
  polytabFile: string;
  base64: string;
}

export function fileArgument(name: string, bytes: Buffer): FileArgument {
  return { polytabFile: name, base64: bytes.toString("base64") };
}

/** An argument as it is given on this side: a `File` cannot cross into the page, a `FileArgument` can. */
type Given<T> = T extends File ? FileArgument : T extends object ? { [K in keyof T]: Given<T[K]> } : T;

type Methods = { [K in keyof Polytab as Polytab[K] extends (...args: never[]) => unknown ? K : never]: Polytab[K] };

type Remote = {
  [K in keyof Methods]: Methods[K] extends (...args: infer A) => infer R
    ? (...args: { [I in keyof A]: Given<A[I]> }) => Promise<Awaited<R>>
    : never;
};

/**
 * Calls `window.polytab` of a page: `await polytab(page).score("result")`. Waits for the page to have it; a rejection in
 * the page rejects here. Files are passed by `fileArgument`.
 */
export function polytab(page: Page): Remote {
  const call = async (method: string, args: unknown[]): Promise<unknown> => {
    await page.waitForFunction(() => "polytab" in window);
    return page.evaluate(callInPage, { method, json: JSON.stringify(args) });
  };
  return new Proxy({} as Remote, {
    get:
      (_, method) =>
      (...args: unknown[]) =>
        call(String(method), args),
  });
}

/**
 * Runs in the page, and so is whole in itself. It names no function inside: tsx would wrap that in a helper of its own,
 * which the page does not have.
 */
async function callInPage({ method, json }: { method: string; json: string }): Promise<unknown> {
  const args: unknown[] = JSON.parse(json, (_, value) =>
    typeof value?.polytabFile === "string"
      ? new File([Uint8Array.from(atob(value.base64), (letter) => letter.charCodeAt(0))], value.polytabFile)
      : value,
  );
  const api: object = Reflect.get(window, "polytab");
  const target: unknown = Reflect.get(api, method);
  if (typeof target !== "function") throw new Error(`window.polytab has no method "${method}"`);
  return Reflect.apply(target, api, args);
}
