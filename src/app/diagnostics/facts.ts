import { z } from "../../base";

/** One line of the diagnostics: what it is, how it stands, and what follows where something is lacking. */
export interface Fact {
  name: string;
  value: string;
  /** `lacks`: something works in another way, or not at all, and `note` says which. */
  state: "plain" | "has" | "lacks";
  note?: string;
}

/** What of the browser is asked; each question may be answered by "there is no such thing". */
export interface BrowserScope {
  isSecureContext: boolean;
  crossOriginIsolated: boolean;
  navigator: Navigator;
  performance: Performance;
}

const has = (name: string, present: boolean, value: string, without: string): Fact => ({
  name,
  value: present ? value : "no",
  state: present ? "has" : "lacks",
  ...(!present && { note: without }),
});

/** A module whose one function returns a 128-bit vector. */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** What this browser has of what the page can use, and what the page does without it. */
export async function browserFacts(scope: BrowserScope): Promise<Fact[]> {
  const { navigator } = scope;
  const gpu = await adapterOf(navigator);
  const files = await navigator.storage?.getDirectory?.().then(
    () => true,
    () => false,
  );
  return [
    { name: "Browser", value: navigator.userAgent, state: "plain" },
    { name: "Processors", value: String(navigator.hardwareConcurrency ?? "not said"), state: "plain" },
    has("Secure address", scope.isSecureContext, "yes", "The page cannot be kept for use without a connection."),
    has(
      "Isolation",
      scope.crossOriginIsolated,
      "yes",
      "ONNX models run on one thread. The host does not send the two headers, and the page was not yet loaded from what this browser keeps.",
    ),
    has("WebAssembly SIMD", WebAssembly.validate(SIMD), "yes", "ONNX models and learners cannot run."),
    has("WebGPU", gpu.present, gpu.words, `${gpu.words} ONNX models run on the processor.`),
    has(
      "Service worker",
      "serviceWorker" in navigator && scope.isSecureContext,
      "yes",
      "The page needs a connection each time.",
    ),
    has("Files of the origin (OPFS)", files === true, "yes", "Tasks that you bring are kept in the database instead."),
    has(
      "Word between tabs",
      typeof BroadcastChannel !== "undefined",
      "yes",
      "Two tabs with one notebook notice each other only when they store it.",
    ),
    has(
      "Pictures off the page",
      typeof OffscreenCanvas !== "undefined",
      "yes",
      "JPEG and WebP pictures of cells fail.",
    ),
  ];
}

async function adapterOf(navigator: Navigator): Promise<{ present: boolean; words: string }> {
  if (!("gpu" in navigator)) return { present: false, words: "The browser has none." };
  try {
    const adapter = await (navigator.gpu as { requestAdapter(): Promise<{ info?: unknown } | null> }).requestAdapter();
    if (!adapter) return { present: false, words: "There is no adapter." };
    const info = z.object({ vendor: z.string(), architecture: z.string() }).safeParse(adapter.info).data;
    return { present: true, words: [info?.vendor, info?.architecture].filter(Boolean).join(" ") || "yes" };
  } catch {
    return { present: false, words: "The adapter was refused." };
  }
}

/** What is stored, and what the tab holds, as far as the browser says. */
export async function memoryFacts({ navigator, performance }: BrowserScope): Promise<Fact[]> {
  const megabytes = (bytes: number | undefined): string =>
    bytes === undefined ? "not said" : `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  const persisted = await navigator.storage?.persisted?.().catch(() => false);
  const heap = z
    .object({ memory: z.object({ usedJSHeapSize: z.number(), jsHeapSizeLimit: z.number() }) })
    .safeParse({ memory: Reflect.get(performance, "memory") }).data?.memory;
  return [
    {
      name: "Script memory of the page",
      value: heap ? `${megabytes(heap.usedJSHeapSize)} of ${megabytes(heap.jsHeapSizeLimit)}` : "not said",
      state: "plain",
    },
    {
      name: "Stored by this site",
      value: `${megabytes(estimate?.usage)} of ${megabytes(estimate?.quota)}`,
      state: "plain",
    },
    has("Stored for good", persisted === true, "yes", "The browser may clear it when the disk is full."),
  ];
}

export interface RequestFact {
  address: string;
  /** Bytes over the connection; 0 from a cache. */
  bytes: number;
  startedMs: number;
  tookMs: number;
  /** The host's answer; undefined where the browser does not say. */
  status: number | undefined;
  /** Another host than the page's own. */
  foreign: boolean;
}

/** Every request of the page since it was opened, the first one first. */
export function requestFacts(performance: Performance, base: string): RequestFact[] {
  const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return entries
    .filter(({ name }) => !/^(blob|data):/.test(name))
    .map((entry) => {
      const { name, startTime, duration, transferSize, responseStatus } = entry as PerformanceResourceTiming;
      const address = name.split("#")[0];
      return {
        address: address.startsWith(base) ? address.slice(base.length) || "./" : address,
        bytes: transferSize ?? 0,
        startedMs: startTime,
        tookMs: duration,
        status: responseStatus || undefined,
        foreign: new URL(address).origin !== new URL(base).origin,
      };
    });
}

export interface Section {
  title: string;
  facts: Fact[];
}

export interface Diagnosis {
  sections: Section[];
  requests: RequestFact[];
}
