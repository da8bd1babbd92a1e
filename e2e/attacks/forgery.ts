/** A page of the attacker's with the app in a frame of it. */
export const pageAround = (app: string): string =>
  `<!doctype html><iframe id="app" src="${app}" style="width: 1200px; height: 800px"></iframe>`;

/** Runs in that page: sends what the app's own ports and other tabs say, and gathers who answers. */
export const FORGERY = `(async () => {
  const frame = document.querySelector("iframe").contentWindow;
  const heard = [];
  addEventListener("message", ({ data }) => heard.push(data));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => heard.push(data);
  frame.postMessage({ kind: "which-build" }, "*", [port2]);
  const kinds = ["ready", "result", "fault", "progress", "output", "update", "take", "consent", "files", "take-over"];
  for (const kind of kinds)
    for (const id of [0, 1, 2]) frame.postMessage({ kind, id, value: { trusted: true }, type: kind }, "*");
  frame.postMessage("x".repeat(1e6), "*");
  await new Promise((late) => setTimeout(late, 500));
  let reached = "";
  try {
    reached = String(frame.document.title);
  } catch {
    reached = "refused";
  }
  return { heard, reached };
})()`;

export const UNANSWERED = { heard: [], reached: "refused" };
