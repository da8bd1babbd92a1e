import { type Port, serveCalls } from "../base";
import { runCell } from "./cell";
import { raiseFence } from "./fence";
import type { CellProtocol } from "./protocol";
import { packOutput, packResult, unpackJob } from "./wire";

/**
 * The worker that runs one cell. Its text is bundled by tools/vite/sandbox-worker.ts, and started by the frame from a
 * blob. The frame hands over a MessagePort to the page; from then on the cell's world is what cell.ts puts there.
 */
const scope = self as unknown as DedicatedWorkerGlobalScope;

// Taken before the fence is up and before user code could replace them.
const TextBlob = Blob;
const createObjectURL = URL.createObjectURL.bind(URL);
const now = performance.now.bind(performance);
const moduleOf = (code: string): string => createObjectURL(new TextBlob([code], { type: "text/javascript" }));

scope.addEventListener(
  "message",
  (event) => {
    const [port] = event.ports;
    if (port) serve(port);
  },
  { once: true },
);

function serve(port: MessagePort): void {
  const post = port.postMessage.bind(port) as (message: unknown, transfer: Transferable[]) => void;
  const own: Port = {
    post: (message, transfer = []) => post(message, transfer),
    listen(listener) {
      port.addEventListener("message", (event) => listener(event.data));
      port.start();
    },
    onDeath: () => {},
  };
  const late = (message: string): void =>
    post({ kind: "output", output: { kind: "log", level: "error", text: message } }, []);
  // What fails outside of the cell's own promise (a timer, a promise left alone) must neither vanish nor end the worker.
  scope.addEventListener("error", (event) => {
    event.preventDefault();
    late(event.message);
  });
  scope.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    late(`A promise was left to fail: ${String(event.reason)}`);
  });
  (Error as { stackTraceLimit?: number }).stackTraceLimit = 50;
  const reserved = raiseFence(scope);
  serveCalls<CellProtocol>(own, {
    run: async (job, { progress, transfer }) => {
      const result = await runCell(unpackJob(job), {
        scope,
        reserved,
        moduleOf,
        load: (url) => import(/* @vite-ignore */ url),
        now,
        progress,
        onOutput(output) {
          const moved: Transferable[] = [];
          post({ kind: "output", output: packOutput(output, moved) }, moved);
        },
      });
      const moved: Transferable[] = [];
      const packed = packResult(result, moved);
      transfer(moved);
      return packed;
    },
  });
}
