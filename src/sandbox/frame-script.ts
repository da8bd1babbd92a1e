/**
 * The whole script of the sandbox's frame, as text: the page's CSP allows it by its hash (tools/vite/content-security.ts
 * computes that from this very constant), so it has to be one fixed text. This file imports nothing: Vite's
 * configuration reads it as it is.
 *
 * It knows its parent only. The parent's first message brings the worker's text and the control port; afterwards the
 * port's orders start workers (each with a port of its own to the page), stop them, and ask for a sign of life. What
 * workers post to the frame is never read: user code has no voice here.
 */
export const FRAME_SCRIPT = `"use strict";
addEventListener("message", function meet(event) {
  const control = event.ports[0];
  if (event.source !== parent || !control) return;
  removeEventListener("message", meet);
  const url = URL.createObjectURL(new Blob([event.data], { type: "text/javascript" }));
  const workers = new Map();
  const stop = (id) => {
    const worker = workers.get(id);
    if (worker) worker.terminate();
    workers.delete(id);
  };
  control.onmessage = ({ data }) => {
    if (data.kind === "ping") control.postMessage({ kind: "pong", id: data.id });
    if (data.kind === "stop") stop(data.id);
    if (data.kind !== "start") return;
    const worker = new Worker(url, { name: "polytab cell" });
    workers.set(data.id, worker);
    worker.onerror = (failure) => {
      failure.preventDefault();
      stop(data.id);
      control.postMessage({ kind: "died", id: data.id, message: String(failure.message || "it ended without a word") });
    };
    worker.postMessage(null, [data.port]);
  };
  control.postMessage({ kind: "ready" });
});
`;
