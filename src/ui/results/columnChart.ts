import type { App } from "../../app";
import { isCode } from "../../notebook";
import type { GridColumn } from "../output/gridSource";

/** Puts a chart of one column of a cell's result under the cell, runs it and goes there. It is a cell like any other: to be edited. */
export function chartColumn(app: App, cell: string, column: Pick<GridColumn, "name" | "kind">): void {
  const { cells } = app.store.getState().session?.history.present ?? { cells: [] };
  const at = cells.findIndex((each) => isCode(each) && each.name === cell) + 1;
  const id = app.notebooks.insert(at, "chart", chartCell(cell, column));
  app.view.select(id);
  void app.notebooks.run([id]);
}

export function chartCell(
  source: string,
  { name, kind }: Pick<GridColumn, "name" | "kind">,
): { name: string; source: string } {
  const type = kind === "number" ? "histogram" : "bar";
  return { name: cellName(name), source: `source: ${source}\ntype: ${type}\nx: ${yamlText(name)}` };
}

/** A column's name as a cell's: letters, digits and _. */
function cellName(column: string): string {
  const plain = column.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return `${/^[A-Za-z]/.test(plain) ? plain : `column${plain && `_${plain}`}`}_chart`;
}

/** What YAML would read as something else stands in quotes; JSON's are YAML's too. */
function yamlText(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
