import { Fault, suggest } from "../base";
import { type Column, rgba, type Table } from "../table";

/** An encoded picture of a row, decoded on demand. */
export class Picture {
  constructor(readonly bytes: Uint8Array) {}

  /** Straight RGBA of the picture fitted into `size` x `size`: `size * size * 4` numbers from 0 to 255, row by row. */
  rgba(size: number): Promise<Uint8ClampedArray> {
    return rgba(this.bytes, size);
  }
}

export type Row = Record<string, unknown>;

/** A split as user code sees it, one row at a time. */
export interface RowSource {
  name: string;
  rows: number;
  rowAt(index: number): Row;
  /** For messages. */
  idAt(index: number): string;
}

/**
 * A table's rows as objects: numbers (NaN where missing), texts and booleans (null where missing), pictures.
 *
 * Reading a column that is not there throws. The check is a Proxy in the *prototype*: columns are own properties and
 * never reach it, so it costs 0.1 to 0.3 µs a row to make and nothing to read (a Proxy around the row: as much again
 * for each read).
 */
export function flatRows(name: string, table: Table, what: string, label?: string): RowSource {
  const fill = filler(table.columns);
  const guard = guardFor(
    what,
    table.columns.map((column) => column.name),
    label,
  );
  return { name, rows: table.rows, idAt: idReader(table), rowAt: (index) => guarded(fill(index), guard) };
}

/** Rows of a matching task: `row.left` and `row.right` are the two records; `id` stays on the row. */
export function pairRows(name: string, table: Table, label: string): RowSource {
  const sideOf = (prefix: string) => {
    const columns = table.columns
      .filter((column) => column.name.startsWith(prefix))
      .map((column) => ({ ...column, name: column.name.slice(prefix.length) }));
    const guard = guardFor(
      `the ${prefix.slice(0, -1)} record`,
      columns.map((column) => column.name),
    );
    const fill = filler(columns);
    return (index: number) => guarded(fill(index), guard);
  };
  const left = sideOf("left_");
  const right = sideOf("right_");
  const others = table.columns.filter((column) => !/^(left|right)_/.test(column.name));
  const fill = filler(others);
  const guard = guardFor("the row of a pair", [...others.map((column) => column.name), "left", "right"], label);
  return {
    name,
    rows: table.rows,
    idAt: idReader(table),
    rowAt(index) {
      const row = fill(index);
      row.left = left(index);
      row.right = right(index);
      return guarded(row, guard);
    },
  };
}

/** The rows of `source` with their labels as `row.label`, for `fit`. */
export function labelledRows(source: RowSource, labels: (string | null)[]): Row[] {
  return Array.from({ length: source.rows }, (_, index) =>
    Object.defineProperty(source.rowAt(index), "label", {
      value: labels[index] ?? null,
      enumerable: true,
      configurable: true,
      writable: true,
    }),
  );
}

function filler(columns: readonly Column[]): (index: number) => Row {
  const names = columns.map((column) => column.name);
  const arrays = columns.map((column) => column.values);
  const pictures = columns.map((column) => column.kind === "bytes");
  return (index) => {
    const row: Row = {};
    for (let c = 0; c < names.length; c++) {
      const value = arrays[c][index];
      row[names[c]] = pictures[c] && value ? new Picture(value as Uint8Array) : value;
    }
    return row;
  };
}

function guarded(row: Row, guard: object): Row {
  return Object.setPrototypeOf(row, guard) as Row;
}

/** What JavaScript itself asks of any object that it meets: `await` looks for `then`, JSON.stringify for `toJSON`. */
const asked = new Set(["then", "toJSON"]);

function guardFor(what: string, columns: readonly string[], label?: string): object {
  return new Proxy(Object.prototype, {
    get(target, name, receiver) {
      if (typeof name === "symbol" || name in target || asked.has(name)) return Reflect.get(target, name, receiver);
      throw unknownColumn(what, name, columns, label);
    },
    // Without it an assignment to a row would try to write to Object.prototype's proxy target.
    set(_, name, value, receiver) {
      return Reflect.defineProperty(receiver, name, { value, enumerable: true, configurable: true, writable: true });
    },
  });
}

/** `label` is the name of the label's column where the row is one that features are made of. */
function unknownColumn(what: string, name: string, columns: readonly string[], label: string | undefined): Fault {
  const fault = (hint: string) => new Fault("code-unknown-column", `There is no "${name}" in ${what}`, { hint });
  if (label !== undefined && (name === "label" || name === label)) {
    return fault(
      "Features never see labels. Learn from `row.label` of the training rows in `fit`, and use what it returns.",
    );
  }
  if (columns.includes("left") && columns.includes("right")) {
    const side = /^(left|right)_(.+)/.exec(name);
    return fault(
      side
        ? `Write row.${side[1]}.${side[2]}.`
        : `A pair has two records: write row.left.${name} or row.right.${name}.`,
    );
  }
  return fault(suggest(name, columns));
}

function idReader(table: Table): (index: number) => string {
  const ids = table.columns.find((column) => column.name === "id");
  return (index) => (ids ? String(ids.values[index]) : `#${index + 1}`);
}
