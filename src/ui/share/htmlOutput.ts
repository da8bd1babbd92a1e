import type { CellValue } from "../../cells";
import { escapeHtml } from "../../share";
import { type Table, valueAt } from "../../table";
import { cellText, isPicture } from "../output/cellText";
import { chartData } from "../output/chartData";
import { formatCount } from "../parts/format";
import { htmlScore } from "./htmlScore";
import { svgChart } from "./svgChart";

/** Rows of a table that a page shows. */
export const SHOWN_ROWS = 10;

/** Texts above this many characters are wrapped; others stay on one line, and a wide table scrolls. */
const LONG = 40;

/** A cell's result as HTML; `head` are its first rows, for those that are tables. */
export function htmlOutput(value: CellValue, head: Table, rows: number): string {
  switch (value.kind) {
    case "chart":
      return svgChart(chartData(value.spec, value.table));
    case "score":
      return htmlScore(value);
    case "plain":
      return lines(value.output) + (value.table ? table(head, rows) : "");
    case "features":
      return lines(value.output) + table(head, rows);
    case "relation":
    case "predictions":
    case "explanation":
      return table(head, rows);
  }
}

function lines(output: Extract<CellValue, { kind: "plain" }>["output"]): string {
  return output
    .map((each) => (each.table ? table(each.table, each.table.rows) : `<pre>${escapeHtml(each.text ?? "")}</pre>`))
    .join("");
}

function table(head: Table, rows: number): string {
  if (head.columns.length === 0) return "";
  const shown = Math.min(SHOWN_ROWS, head.rows);
  const columns = head.columns
    .map(({ name, kind }) => `<th scope="col"${kind === "number" ? ' class="n"' : ""}>${escapeHtml(name)}</th>`)
    .join("");
  const body = Array.from({ length: shown }, (_, row) => {
    const cells = head.columns.map((column) => {
      const value = valueAt(column, row);
      if (value instanceof Uint8Array && isPicture(value)) return `<td>${picture(value)}</td>`;
      const text = cellText(column, row) ?? "";
      const look = column.kind === "number" ? ' class="n"' : text.length > LONG ? ' class="t"' : "";
      return `<td${look}>${escapeHtml(text)}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const note =
    rows > shown ? `The first ${formatCount(shown)} of ${formatCount(rows)} rows` : `${formatCount(rows)} rows`;
  return `<table><caption>${note}</caption><thead><tr>${columns}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** As a `data:` address: the file asks nobody for anything. */
function picture(bytes: Uint8Array): string {
  const types: Record<number, string> = { 137: "png", 255: "jpeg", 71: "gif", 82: "webp" };
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `<img alt="" src="data:image/${types[bytes[0]] ?? "png"};base64,${btoa(binary)}">`;
}
