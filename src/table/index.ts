export { tableFromArrow } from "./arrow";
export { tableToArrow } from "./encode";
export { MOST_PIXELS, rgba } from "./pixels";
export type { Column, ColumnKind, Table, Value } from "./table";
export { columnOf, rowsOf, sliceTable, takeRows, valueAt, withoutColumns } from "./table";
