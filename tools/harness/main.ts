import { createCaller, Fault, hashOf, workerPort } from "../../src/base";
import { createEngine } from "../../src/data";
import type { DataProtocol } from "../../src/data/protocol";
import { createInference } from "../../src/inference";
import { rowsOf, tableFromArrow, tableToArrow } from "../../src/table";

/** The data engine's worker by itself, which nobody has locked: only its guard is between a statement and the network. */
function unlockedWorker() {
  const worker = new Worker(new URL("../../src/data/worker.ts", import.meta.url), { type: "module" });
  return createCaller<DataProtocol>(workerPort(worker, "data"));
}

/** What a test in e2e/engines may call in the page. */
const harness = { Fault, hashOf, createEngine, createInference, rowsOf, tableFromArrow, tableToArrow, unlockedWorker };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
