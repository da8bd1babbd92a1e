import { Braces, FileCode2, FileText, GitCompare, Link2, Package, Table2 } from "lucide-react";
import type { App } from "../../app";
import { save, saveText } from "../import/save";
import type { MenuEntry } from "../parts/Menu";
import { fileName } from "./fileName";

/** What the Share button offers: a link, a comparison, and files that come back. */
export function shareEntries(app: App, onLink: () => void): MenuEntry[] {
  const notebook = () => app.store.getState().session?.history.present;
  const name = () => fileName(notebook()?.front.title ?? "");
  const zip = (suffix: string, bytes: Uint8Array): void =>
    save(`${name()}${suffix}.zip`, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/zip" }));
  const doing = (work: () => Promise<void>) => () => void work().catch(app.report);
  return [
    { label: "Share a link…", icon: Link2, onSelect: onLink },
    { label: "Compare…", icon: GitCompare, onSelect: () => app.view.show("compare") },
    { kind: "line" },
    { kind: "label", label: "Download" },
    {
      label: "Notebook (.md)",
      icon: FileText,
      onSelect: () => saveText(`${name()}.md`, app.notebooks.text()),
    },
    {
      label: "Page with results (.html)",
      icon: FileCode2,
      onSelect: doing(async () => {
        const { exportHtml } = await import("./exportHtml");
        saveText(`${name()}.html`, await exportHtml(app), "text/html");
      }),
    },
    {
      label: "Jupyter (.ipynb)",
      icon: Braces,
      onSelect: doing(async () => {
        const now = notebook();
        if (!now) return;
        const { writeIpynb } = await import("../../share");
        saveText(`${name()}.ipynb`, writeIpynb(now, app.notebooks.text()), "application/x-ipynb+json");
      }),
    },
    {
      label: "With the task’s data (.zip)",
      icon: Package,
      onSelect: doing(async () => zip("", await app.exports.archive())),
    },
    {
      label: "Features for Python (.zip)",
      note: "Parquet and a script for pandas",
      icon: Table2,
      onSelect: doing(async () => zip("-python", await app.exports.python())),
    },
  ];
}
