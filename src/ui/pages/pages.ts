import type { Route } from "../../app";
import { later } from "../parts/later";

// The gallery needs neither the grid nor the editor nor Markdown: the pages that do come when they are opened.
export const notebookPage = later(async () => (await import("./NotebookPage")).NotebookPage);
export const taskPage = later(async () => (await import("./TaskPage")).TaskPage);
export const importPage = later(async () => (await import("../import/ImportPage")).ImportPage);
export const remotePage = later(async () => (await import("../remote/RemotePage")).RemotePage);
export const boardPage = later(async () => (await import("../runs/BoardPage")).BoardPage);
export const challengePage = later(async () => (await import("../runs/ChallengePage")).ChallengePage);
export const comparePage = later(async () => (await import("../runs/ComparePage")).ComparePage);
export const acrossPage = later(async () => (await import("../runs/AcrossPage")).AcrossPage);
export const diagnosticsPage = later(async () => (await import("../diagnostics/DiagnosticsPage")).DiagnosticsPage);
export const docsPage = later(async () => (await import("../docs/DocsPage")).DocsPage);

const PAGES: Partial<Record<Route["page"], { fetch(): Promise<void> }>> = {
  notebook: notebookPage,
  link: notebookPage,
  task: taskPage,
  import: importPage,
  remote: remotePage,
  board: boardPage,
  challenge: challengePage,
  compare: comparePage,
  across: acrossPage,
  diagnostics: diagnosticsPage,
  docs: docsPage,
};

/** Fetches a page's code ahead: of the page that the app opens with, or that a reader is about to open. */
export function fetchPage({ page }: Pick<Route, "page">): void {
  PAGES[page]?.fetch().catch(() => {}); // told when it is shown
}
