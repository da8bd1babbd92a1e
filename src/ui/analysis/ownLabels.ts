import { z } from "../../base";

/** What a reader labelled blind, by the row's id: kept in this browser, a task's split each. */
export type OwnLabels = Record<string, "0" | "1">;

const schema = z.record(z.string(), z.enum(["0", "1"]));

export type Shelf = Pick<Storage, "getItem" | "setItem">;

/** What is not readable, or not ours, is no labels. */
export function readLabels(shelf: Shelf, key: string): OwnLabels {
  try {
    return schema.catch({}).parse(JSON.parse(shelf.getItem(key) ?? "{}"));
  } catch {
    return {};
  }
}

/** Whether they are kept: a browser may allow no storage, or have no room left. */
export function keepLabels(shelf: Shelf, key: string, labels: OwnLabels): boolean {
  try {
    shelf.setItem(key, JSON.stringify(labels));
    return true;
  } catch {
    return false;
  }
}

export function labelsAsCsv(labels: OwnLabels): string {
  const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return ["id,label", ...Object.entries(labels).map(([id, label]) => `${field(id)},${label}`)]
    .join("\r\n")
    .concat("\r\n");
}
