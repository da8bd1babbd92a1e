import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import type { App } from "../../app";
import type { CellValue } from "../../cells";
import { isCode } from "../../notebook";
import { lastOf } from "../../runtime";
import { type HtmlPart, writeHtml } from "../../share";
import { sliceTable, type Table } from "../../table";
import { safeUrl } from "../output/Prose";
import { htmlOutput, SHOWN_ROWS } from "./htmlOutput";

/** The open notebook with its results as one page that needs nothing else. */
export async function exportHtml(app: App): Promise<string> {
  const { session } = app.store.getState();
  if (!session) return "";
  const { front, cells } = session.history.present;
  const parts: HtmlPart[] = [];
  for (const cell of cells) {
    if (!isCode(cell)) {
      parts.push({ kind: "prose", body: proseHtml(cell.source) });
      continue;
    }
    const state = session.states.get(cell.id) ?? { status: "idle" as const };
    const value = lastOf(state)?.value;
    const stale = app.notebooks.status(cell.id) === "stale";
    const fault = state.status === "failed" ? state.fault.message : undefined;
    const output = value && (await resultHtml(app, value));
    const note = fault ?? (stale ? "This result is of an earlier text." : value ? undefined : "Not run.");
    parts.push({ kind: "code", label: `${cell.kind} ${cell.name}`, body: cell.source, output, note });
  }
  const { shared } = await app.notebooks.share();
  const data = shared.task ? `Task ${shared.task.id}, data ${shared.task.data}. ` : "";
  return writeHtml({
    title: front.title,
    about: `${front.title}. ${data}Made ${new Date().toISOString().slice(0, 10)}.`,
    markdown: app.notebooks.text(),
    parts,
  });
}

async function resultHtml(app: App, value: CellValue): Promise<string> {
  const { head, rows } = await headOf(app, value);
  return htmlOutput(value, head, rows);
}

/** The first rows of a result, and how many there are. */
async function headOf(app: App, value: CellValue): Promise<{ head: Table; rows: number }> {
  const of = (table: Table) => ({ head: sliceTable(table, 0, SHOWN_ROWS), rows: table.rows });
  switch (value.kind) {
    case "relation": {
      const { name, rows } = value.relation;
      return { head: await app.tasks.query(`select * from "${name}" limit ${SHOWN_ROWS}`), rows };
    }
    case "features":
      return of(value.splits.train);
    case "plain":
      return of(value.table ?? { rows: 0, columns: [] });
    case "predictions": {
      const table = await app.notebooks.rows(value);
      const split = table.columns.find(({ name }) => name === "split");
      const from = split ? Math.max(0, (split.values as (string | null)[]).indexOf("validation")) : 0;
      return { head: sliceTable(table, from, from + SHOWN_ROWS), rows: table.rows };
    }
    case "explanation":
      return of(await app.notebooks.rows(value));
    default:
      return { head: { rows: 0, columns: [] }, rows: 0 };
  }
}

/** Markdown as the page shows it: no raw HTML, no address but in links; pictures only where they are in the text. */
function proseHtml(source: string): string {
  return renderToStaticMarkup(
    <Markdown
      skipHtml
      remarkPlugins={[remarkGfm]}
      urlTransform={(url, key) => {
        const safe = safeUrl(url, key);
        return key === "src" && !safe?.startsWith("data:") ? undefined : safe;
      }}
    >
      {source}
    </Markdown>,
  );
}
