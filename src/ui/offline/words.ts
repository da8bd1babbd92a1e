import type { OfflineState } from "../../app";
import { formatBytes, formatCountOf } from "../parts/format";

/** The state in a few words, for the foot of the side panel. */
export function offlineLine({ app, online, tasks }: OfflineState): string {
  const kept = `${tasks.kept.length} of ${formatCountOf(tasks.kept.length + tasks.missing.length, "task")} kept`;
  if (!online) return app.status === "ready" ? `Offline · ${kept}` : "Offline";
  switch (app.status) {
    case "starting":
      return "Online";
    case "unavailable":
      return "Needs a connection";
    case "filling":
      return `Keeping for offline: ${formatBytes(app.done)} of ${formatBytes(app.total)}`;
    case "ready":
      return app.held ? "Works offline in part" : `Works offline · ${kept}`;
    case "failed":
      return "Not kept for offline";
  }
}

/** What works without a connection, in a sentence or two. */
export function offlineSentence({ app, tasks }: OfflineState): string {
  switch (app.status) {
    case "starting":
      return "A moment after the page is up, this browser keeps it for use without a connection.";
    case "unavailable":
      return `This browser cannot keep the page for use without a connection: ${app.why}. Notebooks and your own tasks are kept all the same.`;
    case "filling":
      return "The page, the editor and the engines are being kept in this browser. You can work meanwhile.";
    case "ready": {
      const all =
        tasks.missing.length === 0
          ? "The rows of every task are kept too."
          : "A task's rows are kept once you have opened it.";
      return app.held
        ? "The page is kept in this browser. Your browser asks to save data, so the editor and the engines are kept when you first use them."
        : `The page, the editor and the engines are kept in this browser (${formatBytes(app.bytes)}): it works without a connection. ${all}`;
    }
    case "failed":
      return `${app.fault.message}. ${app.fault.hint ?? ""}`;
  }
}
