import { Fault } from "../base";
import type { Answer, Answers, Ask, KeptFile, WhichBuild } from "./protocol";

/** The page's hold on its service worker. */
export interface Offline {
  /** What the build has, and what of it this browser keeps. */
  files(): Promise<KeptFile[]>;
  /** @throws Fault `offline-not-kept` naming the file */
  keep(path: string): Promise<void>;
  /** Looks for a newer build on the host. */
  lookForUpdate(): Promise<void>;
  /** Lets the newer build that waits take over; resolves when it has. */
  takeOver(): Promise<void>;
  /** Lets go of files of older builds, unless a page of one is still open. */
  tidy(): Promise<void>;
}

export interface OfflineOptions {
  /** The service worker's address. */
  script: string;
  /** The build of this page, for the service worker that asks. */
  build: string;
  /** A newer build is here, and waits. */
  onUpdate: () => void;
}

/** Why this browser, or this address, cannot keep the page. */
export function whyNot(scope: { isSecureContext: boolean; navigator: object }): string | undefined {
  if (!scope.isSecureContext) return "this address is not HTTPS";
  if (!("serviceWorker" in scope.navigator)) return "this browser has no service workers here (a private window?)";
  return undefined;
}

/**
 * Registers the service worker and waits until it serves.
 * @throws Fault `offline-unavailable`
 */
export async function startOffline({ script, build, onUpdate }: OfflineOptions): Promise<Offline> {
  const workers = navigator.serviceWorker;
  workers.addEventListener("message", ({ data, ports }) => {
    if ((data as WhichBuild | null)?.kind === "which-build") ports[0]?.postMessage(build);
  });
  const registration = await workers.register(script, { updateViaCache: "none" }).catch((cause: unknown) => {
    throw new Fault("offline-unavailable", "This page could not be kept for offline use", {
      hint: "The connection may have failed, or the browser may refuse storage. It is tried again at the next visit.",
      cause,
    });
  });
  if (!registration?.active && !registration?.installing && !registration?.waiting)
    throw new Fault("offline-unavailable", "This browser does not start service workers");
  const first = registration.installing ?? registration.waiting;
  if (!registration.active && first) await activated(first);

  const told = (worker: ServiceWorker | null): void => {
    if (!worker || !registration.active) return;
    const tell = (): void => {
      if (worker.state === "installed") onUpdate();
    };
    worker.addEventListener("statechange", tell);
    tell();
  };
  told(registration.waiting);
  registration.addEventListener("updatefound", () => told(registration.installing));

  const active = (): ServiceWorker => {
    if (!registration.active) throw new Fault("offline-unavailable", "The service worker is gone");
    return registration.active;
  };
  return {
    files: () => ask(active(), { kind: "files" }),
    keep: async (path) => {
      await ask(active(), { kind: "keep", path });
    },
    lookForUpdate: async () => {
      await registration.update();
    },
    takeOver: async () => {
      const { waiting } = registration;
      if (!waiting) return;
      const done = activated(waiting);
      await ask(waiting, { kind: "take-over" });
      await done;
    },
    tidy: async () => {
      await ask(active(), { kind: "tidy" });
    },
  };
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant")
        reject(
          new Fault("offline-unavailable", "This page could not be kept for offline use", {
            hint: "A file did not come, or there is no room. It is tried again at the next visit.",
          }),
        );
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

function ask<K extends Ask["kind"]>(worker: ServiceWorker, message: Extract<Ask, { kind: K }>): Promise<Answers[K]> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }: { data: Answer<K> }) => {
      port1.close();
      if ("value" in data) resolve(data.value);
      else
        reject(
          new Fault("offline-not-kept", `A file could not be kept for offline use: ${data.error}`, {
            hint: "Check the connection and the room on this disk. It is tried again at the next visit.",
          }),
        );
    };
    worker.postMessage(message, [port2]);
  });
}
