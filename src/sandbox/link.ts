import { Fault } from "../base";
import { frameDocument } from "./frame";
import type { FrameOrder } from "./protocol";

/** What the frame needs of the page, spelt out: this room compiles without the DOM's types. An HTMLElement is one. */
export interface FrameHost {
  readonly ownerDocument: { createElement(tag: "iframe"): FrameElement };
  append(...elements: never[]): void;
}

export interface FrameElement {
  srcdoc: string;
  readonly contentWindow: { postMessage(message: unknown, origin: string, transfer: Transferable[]): void } | null;
  setAttribute(name: string, value: string): void;
  addEventListener(type: "load", listener: () => void): void;
  remove(): void;
}

/** The page's hold on the frame. */
export interface FrameLink {
  /**
   * Starts a worker that talks over the given port; `died` is called if it ends by itself, or with the frame. Signs of
   * life are asked for from `watch` to `stop`, not of a spare.
   */
  start(port: MessagePort, died: (fault: Fault) => void): { watch(): void; stop(): void };
  /** Called once, when the frame is gone and with it every worker. */
  onDeath(listener: (fault: Fault) => void): void;
  dispose(): void;
}

const BOOT_MS = 15_000;
const PING_MS = 500;
/** A machine under memory pressure answers late; a crashed frame never. */
const PINGS_UNTIL_DEAD = 8;

/**
 * Makes the frame and waits until its script answers.
 * @throws Fault `sandbox-died` when it does not come up
 */
export function startFrame(host: FrameHost, workerText: string): Promise<FrameLink> {
  const element = host.ownerDocument.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("title", "Where the code of cells runs");
  element.setAttribute("aria-hidden", "true");
  element.setAttribute("tabindex", "-1");
  element.setAttribute("referrerpolicy", "no-referrer");
  element.setAttribute("hidden", "");
  const { port1: control, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      element.remove();
      reject(died("did not start"));
    }, BOOT_MS);
    control.addEventListener("message", function ready(event) {
      if ((event.data as { kind?: unknown } | null)?.kind !== "ready") return;
      control.removeEventListener("message", ready);
      clearTimeout(late);
      resolve(linkOver(control, element));
    });
    control.start();
    // The opaque origin has no name to address; the window is our own frame's, and only it holds port2 afterwards.
    element.addEventListener("load", () => element.contentWindow?.postMessage(workerText, "*", [port2]));
    element.srcdoc = frameDocument();
    host.append(element as never);
  });
}

function linkOver(control: MessagePort, element: FrameElement): FrameLink {
  const workers = new Map<number, (fault: Fault) => void>();
  const watched = new Set<number>();
  const listeners: ((fault: Fault) => void)[] = [];
  let lastId = 0;
  let unanswered = 0;
  let isDead = false;

  const order = (message: FrameOrder, transfer: Transferable[] = []) => control.postMessage(message, transfer);
  const die = (fault: Fault): void => {
    if (isDead) return;
    isDead = true;
    clearInterval(pulse);
    control.close();
    element.remove();
    for (const tell of workers.values()) tell(fault);
    workers.clear();
    for (const listener of listeners) listener(fault);
  };
  const pulse = setInterval(() => {
    if (watched.size === 0) {
      unanswered = 0;
      return;
    }
    if (unanswered++ >= PINGS_UNTIL_DEAD) die(died("no longer answers"));
    else order({ kind: "ping", id: unanswered });
  }, PING_MS);

  control.addEventListener("message", ({ data }: { data: { kind: string; id: number; message?: string } }) => {
    unanswered = 0;
    if (data.kind !== "died") return;
    const tell = workers.get(data.id);
    workers.delete(data.id);
    watched.delete(data.id);
    tell?.(died(`lost the cell's worker: ${String(data.message).slice(0, 200)}`));
  });
  // Chromium tells at once when the frame's process is gone; elsewhere the pulse finds out.
  control.addEventListener("close", () => die(died("crashed, most likely out of memory")));

  return {
    start(port, tell) {
      const id = ++lastId;
      workers.set(id, tell);
      order({ kind: "start", id, port }, [port]);
      return {
        watch: () => watched.add(id),
        stop() {
          workers.delete(id);
          watched.delete(id);
          if (!isDead) order({ kind: "stop", id });
        },
      };
    },
    onDeath: (listener) => listeners.push(listener),
    dispose: () => die(died("was closed")),
  };
}

function died(how: string): Fault {
  return new Fault("sandbox-died", `The sandbox for cells' code ${how}`, {
    hint: "Run again: it restarts by itself. If it happens again, the code may need too much memory.",
  });
}
