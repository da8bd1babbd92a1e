export { type Agreed, agreement, type Decided, decidedAt } from "./agreement";
export type { Comparison, Interval } from "./bootstrap";
export { type NamedRows, type SliceScore, scoreSlices } from "./by-slice";
export { type ClassScore, predictionsOf } from "./confusion";
export type { DrawnCurve } from "./curve";
export { classCurve } from "./curve";
export { compareRuns, dropOf } from "./drop";
export type { Judged } from "./measure";
export type { Metric } from "./metrics";
export { HIGHER_IS_BETTER, METRIC_TITLES, TRACK_METRICS } from "./metrics";
export type { ReliabilityBin } from "./probabilistic";
export type { PrecisionRecallCurve } from "./ranking";
export { precisionRecallCurve } from "./ranking";
export type { ScoredRows } from "./rows";
export type { MetricReport, Scored, ScoreInput, ScoreRunsInput } from "./score";
export { compare, score, scoreClassification, scoreMatching, scoreRuns } from "./score";
export {
  FALSE_SHARE,
  LEAST_ROWS,
  loadWeakSlices,
  type SliceRule,
  type SliceTable,
  sliceRows,
  sliceSql,
  sliceWords,
  type WeakSlice,
  type WeakSlices,
} from "./slices";
export { bestThreshold, DEFAULT_THRESHOLD } from "./threshold";
