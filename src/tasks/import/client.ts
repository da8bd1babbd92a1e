import { type Caller, type CallOptions, createCaller, Fault, type WorkerPort, workerPort } from "../../base";
import type { ImportCalls } from "./protocol";

/**
 * Reads, plans and makes in a worker of its own, so that a hundred thousand rows never freeze the page. Its calls are
 * short of nothing to stop: an import that is given up is disposed of with its worker.
 */
export interface Importer {
  call: Caller<ImportCalls>;
  dispose(): void;
}

export type ImporterOptions = CallOptions;

export function createImporter({ spawn = spawnWorker }: { spawn?: () => WorkerPort } = {}): Importer {
  const port = spawn();
  return {
    call: createCaller<ImportCalls>(port),
    dispose: () => port.terminate(new Fault("import-stopped", "The import was stopped")),
  };
}

function spawnWorker(): WorkerPort {
  return workerPort(new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "import" }), "import");
}
