import { Fault, suggest } from "../../base";
import { columnOf, type Table } from "../../table";
import { checkPredictions, type Predictions, unfit } from "./check";

/** A probability's column is named by its class behind this. */
const PROBABILITY = "p_";

/**
 * The table that a prediction file holds: `id`, `prediction`, and a column of probabilities for each class.
 * @throws Fault `predictions` where the predictions are not whole
 */
export function predictionTable(predictions: Predictions, what: string): Table {
  checkPredictions(predictions, what);
  const { ids, classes, predicted, probabilities } = predictions;
  return {
    rows: ids.length,
    columns: [
      { kind: "string", name: "id", values: [...ids] },
      { kind: "string", name: "prediction", values: Array.from(predicted, (k) => classes[k]) },
      ...classes.map((name, k) => ({
        kind: "number" as const,
        name: `${PROBABILITY}${name}`,
        values: Float64Array.from(predicted, (_, row) => probabilities[row * classes.length + k]),
      })),
    ],
  };
}

/** As CSV (RFC 4180); every number in its shortest form that reads back to the same number. */
export function predictionCsv({ rows, columns }: Table): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(",")];
  for (let row = 0; row < rows; row++)
    lines.push(columns.map(({ values }) => quoted(String(values[row] ?? ""))).join(","));
  return `${lines.join("\n")}\n`;
}

/** Labels or predictions? A prediction file has the column that labels lack. */
export function isPredictionTable(table: Table): boolean {
  return columnOf(table, "prediction") !== undefined || table.columns.some(({ name }) => name.startsWith(PROBABILITY));
}

/**
 * Reads a prediction file's table, whose values may all be texts, for a task of these classes.
 * @throws Fault `predictions` naming the file and what is wrong with it
 */
export function readPredictions(table: Table, classes: readonly string[], file: string): Predictions {
  const names = table.columns.map(({ name }) => name);
  const column = (name: string): ArrayLike<unknown> => {
    const found = columnOf(table, name);
    if (found) return found.values;
    throw unfit(file, `it has no column "${name}"`, suggest(name, names) ?? `It has ${names.slice(0, 8).join(", ")}.`);
  };
  const ids = Array.from(column("id"), (value, row) => textOf(value, file, "id", row));
  const index = new Map(classes.map((name, k) => [name, k]));
  const predicted = Int32Array.from(column("prediction"), (value, row) => {
    const name = textOf(value, file, "prediction", row);
    const k = index.get(name);
    if (k !== undefined) return k;
    const hint = suggest(name, [...classes]) ?? `The classes are ${classes.slice(0, 12).join(", ")}.`;
    throw unfit(file, `row "${ids[row]}" predicts "${name}", which is no class of the task`, hint);
  });
  const probabilities = new Float64Array(ids.length * classes.length);
  for (const [k, name] of classes.entries()) {
    const values = column(`${PROBABILITY}${name}`);
    for (let row = 0; row < ids.length; row++) probabilities[row * classes.length + k] = numberOf(values[row]);
  }
  const predictions = { ids, classes, predicted, probabilities };
  checkPredictions(predictions, file);
  return predictions;
}

/**
 * Reads a table of labels: `id` and the label's column, or `label`.
 * @throws Fault `labels` naming the file and what is wrong with it
 */
export function readLabels(
  table: Table,
  { classes, label, file }: { classes: readonly string[]; label: string; file: string },
): Map<string, number> {
  const ids = columnOf(table, "id");
  const labels = columnOf(table, label) ?? columnOf(table, "label");
  const where = { file };
  if (!ids || !labels)
    throw new Fault("labels", `${file} holds no labels: it has no column "${ids ? label : "id"}"`, {
      hint: `A file of labels has the columns id and ${label}.`,
      where,
    });
  const index = new Map(classes.map((name, k) => [name, k]));
  const found = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const id = textOf(ids.values[row], file, "id", row);
    const name = textOf(labels.values[row], file, label, row);
    const k = index.get(name);
    if (k === undefined)
      throw new Fault("labels", `${file} gives row "${id}" the label "${name}", which is no class of the task`, {
        hint: `The classes are ${classes.slice(0, 12).join(", ")}.`,
        where,
      });
    if (found.has(id)) throw new Fault("labels", `${file} has the row "${id}" twice`, { where });
    found.set(id, k);
  }
  if (found.size === 0) throw new Fault("labels", `${file} holds no rows`, { where });
  return found;
}

function textOf(value: unknown, file: string, column: string, row: number): string {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  throw unfit(file, `its row ${row + 1} has no ${column}`, "Every row has an id and a prediction.");
}

function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
