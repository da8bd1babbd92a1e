export type { PerSplit } from "./answer";
export { balanceCells, balanceSql, isMatch, labelFilter, splitCells } from "./balance";
export { type Bins, binWords } from "./bins";
export {
  agreementCells,
  histogramCells,
  strengthCells,
  strengthsCells,
  summaryCells,
  type ViewCells,
  valuesCells,
} from "./cells";
export type { ClassCounts, ShownClasses } from "./classes";
export { colourCells, exampleCells, type FactTable, factCells, repeatedCells, thumbnailCells } from "./fact-cells";
export { agreementFilter, binFilter, measureWords, missingFilter, type RowFilter, valuesFilter } from "./filter";
export { type Frame, frameOf, type ProfiledColumn, type Source } from "./frame";
export type { Measure, MeasureProfile, NumberSummary } from "./measures";
export type { Agreement, PairAgreement } from "./pairs";
export { type PictureFacts, pictureSampleSql } from "./pictures";
export {
  type ClassProfile,
  type ColumnProfile,
  cheapestFirst,
  createProfiler,
  drawingsOf,
  type Profiler,
} from "./profiler";
export { modalityOf, readShortTexts, resultFrame, shortTextsSql } from "./result";
export { type SampleFacts, sampleFacts } from "./sample";
export { SHIFTED, type Shift, SOME_SHIFT } from "./shift";
export { measureShiftCells, valueShiftCells } from "./shift-cells";
export { LEAK, type Strength } from "./strength";
export { SCRIPTS, type TextExamples, type TextFacts } from "./texts";
export type { ValueProfile } from "./values";
