import {
  Table as ArrowTable,
  Binary,
  Bool,
  Field,
  Float32,
  Float64,
  List,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { Column, Table } from "./table";

const listItem = Field.new({ name: "item", type: new Float32(), nullable: true });

/** Encodes a Table as Arrow IPC bytes (stream format). `other` values become their JSON text; NaN becomes null. */
export function tableToArrow(table: Table): Uint8Array {
  return tableToIPC(
    new ArrowTable(Object.fromEntries(table.columns.map((column) => [column.name, vectorOf(column)]))),
    "stream",
  );
}

function vectorOf(column: Column): Vector {
  switch (column.kind) {
    case "number":
      return vectorFromArray(
        Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)),
        new Float64(),
      );
    case "boolean":
      return vectorFromArray(column.values, new Bool());
    case "string":
      return vectorFromArray(column.values, new Utf8());
    case "bytes":
      return vectorFromArray(column.values, new Binary());
    case "vector":
      return vectorFromArray(
        column.values.map((value) => value && Array.from(value)),
        new List(listItem),
      );
    case "other":
      return vectorFromArray(
        column.values.map((value) => (value === null ? null : JSON.stringify(value))),
        new Utf8(),
      );
  }
}
