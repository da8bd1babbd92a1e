import { Fault } from "../base";
import { fromBase64Url, toBase64Url } from "./base64url";

/** A cell's result as HTML that is safe by construction: made of `escapeHtml` and of the app's own drawings only. */
export interface HtmlPart {
  kind: "prose" | "code";
  /** Rendered Markdown, or the source of code as plain text. */
  body: string;
  /** For code: its kind and name. */
  label?: string;
  output?: string;
  note?: string;
}

export interface HtmlPage {
  title: string;
  /** A line under the title: task, data, when. */
  about: string;
  markdown: string;
  parts: readonly HtmlPart[];
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Nothing but what the file itself holds: no script, no address. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** The notebook's text stands in an attribute, in letters that nothing takes for markup. */
const KEPT = /<template id="polytab-notebook" data-markdown="([\w-]*)">/;

/** One file that reads anywhere: no script, no request, its notebook inside to be opened again. */
export function writeHtml({ title, about, markdown, parts }: HtmlPage): string {
  const body = parts.map((part) =>
    part.kind === "prose"
      ? `<section class="prose">${part.body}</section>`
      : `<section class="cell"><h3>${escapeHtml(part.label ?? "")}</h3><pre><code>${escapeHtml(part.body)}</code></pre>${
          part.output === undefined ? "" : `<div class="output">${part.output}</div>`
        }${part.note === undefined ? "" : `<p class="note">${escapeHtml(part.note)}</p>`}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Polytab">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><p class="note">${escapeHtml(about)}</p></header>
<main>
${body.join("\n")}
</main>
<footer class="note">Made with Polytab. Drop this file on a Polytab page to open its notebook again.</footer>
<template id="polytab-notebook" data-markdown="${toBase64Url(new TextEncoder().encode(markdown))}"></template>
</body>
</html>
`;
}

/**
 * The notebook's text of a page that `writeHtml` made, to the byte.
 * @throws Fault `not-a-notebook` naming the file
 */
export function readHtml(html: string, file: string): string {
  // The page's own is the last: whatever a cell shows stands before it, escaped or not.
  const all = [...html.matchAll(new RegExp(KEPT, "g"))];
  const bytes = all.length === 0 ? undefined : fromBase64Url(all[all.length - 1][1]);
  if (!bytes || "foreign" in bytes)
    throw new Fault("not-a-notebook", `"${file}" holds no Polytab notebook`, {
      hint: "Pages that Polytab's Share menu downloads hold one.",
      where: { file },
    });
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

const STYLE = `:root{color-scheme:light dark}
body{max-width:860px;margin:2rem auto;padding:0 1rem;font:15px/1.6 system-ui,sans-serif;color:light-dark(#1d1c1a,#ecebe8);background:light-dark(#fbfaf8,#151514)}
pre{overflow-x:auto;padding:.75rem 1rem;border-radius:6px;background:light-dark(#f5f3ef,#212120);font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}
.cell{margin:1.5rem 0;border:1px solid light-dark(#e8e5df,#2d2d2b);border-radius:10px;padding:0 1rem 1rem}
.cell h3{font:600 13px/1.4 ui-monospace,Menlo,Consolas,monospace;color:light-dark(#54514c,#b9b6b0)}
.output{overflow-x:auto}
.note{color:light-dark(#696560,#9a9791);font-size:13px}
table{border-collapse:collapse;font-size:13px}
small{color:light-dark(#696560,#9a9791)}
summary{cursor:pointer;margin-top:.75rem}
caption{text-align:left;white-space:nowrap;padding:.25rem 0;color:light-dark(#54514c,#b9b6b0)}
th,td{padding:3px 12px 3px 0;border-top:1px solid light-dark(#e8e5df,#2d2d2b);text-align:left;vertical-align:top;white-space:nowrap}
td.t{white-space:normal;min-width:16rem;overflow-wrap:anywhere}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
td img{max-width:64px;max-height:64px;background:#fff}
svg{max-width:100%;height:auto}
svg text{font:11px system-ui,sans-serif;fill:currentColor}
`;
