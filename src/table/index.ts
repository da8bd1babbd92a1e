export { expectTables, tableFromArrow, tableToArrow } from "./later";
export { type PackedColumn, type PackedTable, packColumn, packTable, unpackColumn, unpackTable } from "./packed";
export type { PictureHeader } from "./picture-header";
export { readPictureHeader } from "./picture-header";
export { pictureProblem } from "./picture-problem";
export { rgba } from "./pixels";
export type { Column, ColumnKind, Table, Value } from "./table";
export { columnOf, rowsOf, sliceTable, takeRows, valueAt, withoutColumns } from "./table";
