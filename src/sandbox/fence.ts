import { Fault } from "../base";

/**
 * The second fence around user code, behind the frame's opaque origin and its CSP: everything that a worker's global
 * scope has and a cell has no business with is taken away before the cell runs. A list of what may stay, so that what
 * browsers add later is gone too.
 */
const ALLOWED: ReadonlySet<string> = new Set(
  (
    "Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp " +
    "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError globalThis " +
    "JSON Math Intl Temporal ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array " +
    "Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set " +
    "Iterator WeakMap WeakSet WeakRef FinalizationRegistry Proxy Reflect decodeURI decodeURIComponent encodeURI " +
    "encodeURIComponent escape unescape eval isFinite isNaN DisposableStack AsyncDisposableStack self console " +
    "performance structuredClone queueMicrotask setTimeout clearTimeout setInterval clearInterval atob btoa " +
    "TextEncoder TextDecoder URL URLSearchParams Blob ImageData ImageBitmap OffscreenCanvas " +
    "OffscreenCanvasRenderingContext2D createImageBitmap AbortController AbortSignal DOMException Event EventTarget"
  ).split(" "),
);

/** What notebooks from elsewhere most likely try: these say why they fail. */
const FUNCTIONS = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "RTCPeerConnection",
  "importScripts",
  "Worker",
  "SharedWorker",
  "BroadcastChannel",
  "MessageChannel",
  "postMessage",
  "close",
] as const;
const OBJECTS = ["indexedDB", "caches", "navigator", "location", "crypto", "localStorage", "sessionStorage"] as const;

/** Takes away; returns the names of the standard global scope that stay, which no table of a notebook may replace. */
export function raiseFence(scope: object): ReadonlySet<string> {
  for (
    let holder: object | null = scope;
    holder && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  ) {
    // AbortSignal and others inherit from EventTarget too: its methods are covered on the scope itself, below.
    if (holder !== scope && holder.constructor?.name === "EventTarget") break;
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (ALLOWED.has(name) || name === "constructor") continue;
      cover(holder, name, undefined);
    }
  }
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) cover(scope, name, undefined);
  for (const name of FUNCTIONS) cover(scope, name, refusing(name));
  for (const name of OBJECTS) {
    Object.defineProperty(scope, name, {
      get: () => {
        throw refusal(name);
      },
      configurable: true,
    });
  }
  const { performance, URL } = scope as { performance: Performance; URL: object };
  const now = performance.now.bind(performance);
  cover(scope, "performance", Object.freeze({ now }));
  for (const name of ["createObjectURL", "revokeObjectURL"]) cover(URL, name, refusing(`URL.${name}`));
  return ALLOWED;
}

function cover(holder: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(holder, name);
  if (own && !own.configurable) {
    if (own.writable) (holder as Record<string, unknown>)[name] = value;
    return;
  }
  Object.defineProperty(holder, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Callable with and without `new`. */
function refusing(name: string): () => never {
  return function refuse() {
    throw refusal(name);
  };
}

function refusal(name: string): Fault {
  return new Fault("code-fenced", `"${name}" is not there for a notebook's code`, {
    hint: "Cells have no network, no storage and no page. Data comes from the task's tables and from other cells.",
  });
}
