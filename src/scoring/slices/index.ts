export type { SliceTable } from "./candidates";
export { FALSE_SHARE, LEAST_ROWS } from "./limits";
export { type SliceRule, sliceRows, sliceSql, sliceWords } from "./rules";
export type { WeakSlice, WeakSlices } from "./worst";

/** The search is fetched by who asks for it: most who read a score do not. */
export const loadWeakSlices = async () => (await import("./worst")).weakSlices;
