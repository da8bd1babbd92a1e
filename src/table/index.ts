export { tableFromArrow } from "./arrow";
export { tableToArrow } from "./encode";
export type { Column, ColumnKind, Table, Value } from "./table";
export { columnOf, rowsOf, sliceTable, takeRows, valueAt, withoutColumns } from "./table";
