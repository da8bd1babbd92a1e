import { Fault, isAbort } from "../../src/base";
import { createSandbox, type Output, type RunRequest, type RunResult } from "../../src/sandbox";
import { startFrame } from "../../src/sandbox/link";

/** A page with nothing but a sandbox, for checks in a browser under the real policy. */
const host = document.getElementById("host");
if (!host) throw new Error("no host");
const sandbox = createSandbox({ host });

export type Outcome =
  | { ok: true; result: RunResult; ms: number }
  | { ok: false; ms: number; code: string; message: string; hint?: string; where?: Fault["where"] };

export interface Harness {
  run(request: RunRequest, options?: { timeoutMs?: number; stopAfterMs?: number }): Promise<Outcome>;
  /** Runs a cell over a task of one row, for callers that can send text only. */
  plain(source: string, timeoutMs: number): Promise<Outcome>;
  warm(): Promise<void>;
  /** The frame alone, without the worker's own fence: runs a worker's text and gives back its first message. */
  raw(workerText: string): Promise<unknown>;
  /** What arrived at the page's window. */
  messages: string[];
  /** What cells wrote while they ran, also those that failed. */
  heard: Output[];
}

declare global {
  interface Window {
    sandboxHarness: Harness;
  }
}

window.sandboxHarness = {
  messages: [],
  heard: [],
  warm: () => sandbox.warm(),
  plain(source, timeoutMs) {
    const table = { rows: 1, columns: [{ kind: "string" as const, name: "id", values: ["a"] }] };
    const splits = { train: table, validation: table, test: table };
    const task = { track: "classification" as const, columns: [], classes: ["a"], label: "label" };
    const request = { cell: "plain", source, task, splits, trainLabels: ["a"], tables: {}, seed: 1 };
    return window.sandboxHarness.run(request, { timeoutMs });
  },
  async raw(workerText) {
    const link = await startFrame(host, workerText);
    const { port1, port2 } = new MessageChannel();
    try {
      return await new Promise((resolve, reject) => {
        port1.onmessage = ({ data }) => resolve(data);
        link.start(port2, reject);
      });
    } finally {
      link.dispose();
    }
  },
  async run(request, { timeoutMs, stopAfterMs } = {}) {
    const stop = new AbortController();
    let started = performance.now();
    if (stopAfterMs !== undefined) {
      setTimeout(() => {
        started = performance.now(); // the stop's own latency
        stop.abort();
      }, stopAfterMs);
    }
    try {
      const result = await sandbox.run(request, {
        signal: stop.signal,
        timeoutMs,
        onOutput: (output) => window.sandboxHarness.heard.push(output),
      });
      return { ok: true, result, ms: performance.now() - started };
    } catch (error) {
      const ms = performance.now() - started;
      if (isAbort(error)) return { ok: false, ms, code: "aborted", message: "stopped" };
      if (!(error instanceof Fault)) return { ok: false, ms, code: "bug", message: String(error) };
      const { code, message, hint, where } = error;
      return { ok: false, ms, code, message, hint, where };
    }
  },
};

// Whatever a cell might manage to post at the page's window is kept for the test to find.
addEventListener("message", (event) => window.sandboxHarness.messages.push(String(event.data)));
