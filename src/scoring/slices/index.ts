export { LEAST_ROWS, type SliceTable } from "./candidates";
export { type SliceRule, sliceRows, sliceSql, sliceWords } from "./rules";
export { FALSE_SHARE, type WeakSlice, type WeakSlices, weakSlices } from "./worst";
