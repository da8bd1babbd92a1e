import type { FaultData } from "../base";

/** What this browser keeps of the page, so that it works without a connection. */
export interface OfflineState {
  app:
    | { status: "starting" }
    | { status: "unavailable"; why: string }
    | { status: "filling"; done: number; total: number }
    /** `held`: the reader asked to save data, so that the engines come with their first use. */
    | { status: "ready"; bytes: number; held: boolean }
    | { status: "failed"; fault: FaultData };
  /** The site's tasks whose rows are kept, and what the others would take. */
  tasks: { kept: readonly string[]; missing: readonly string[]; bytes: number; missingBytes: number };
  /** Bytes of rows on their way, while the reader waits for them. */
  keeping: { done: number; total: number } | undefined;
  /** A newer build is here and waits for a reload. */
  update: boolean;
  online: boolean;
}

export const OFFLINE_AT_START: OfflineState = {
  app: { status: "starting" },
  tasks: { kept: [], missing: [], bytes: 0, missingBytes: 0 },
  keeping: undefined,
  update: false,
  online: true,
};
