import { type Caller, createCaller, Fault, workerPort } from "../../base";
import type { RemoteCalls } from "./protocol";

/**
 * Reads from other hosts, in a worker of its own: a worker's connections are not the page's, whose policy goes on allowing
 * none but its own host. What runs in the page, or in a frame of it, gains no way out.
 */
export interface RemoteReader {
  call: Caller<RemoteCalls>;
  dispose(): void;
}

export function createRemoteReader(): RemoteReader {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "remote" });
  const port = workerPort(worker, "remote");
  return {
    call: createCaller<RemoteCalls>(port),
    dispose: () => port.terminate(new Fault("remote-stopped", "The reading was stopped")),
  };
}
