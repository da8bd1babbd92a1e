export type { Catalogue, CatalogueEntry } from "./catalogue";
export { readCatalogue } from "./catalogue";
export { bibtexOf, citationOf } from "./citation";
export type { MetricName, Modality, SplitName, TaskColumn, TaskManifest, Track } from "./manifest";
export { classesOf, featureColumns, MODALITIES, readManifest, SPLIT_NAMES } from "./manifest";
export type {
  Agreement,
  Bins,
  ClassCounts,
  ColumnProfile,
  Frame,
  MeasureProfile,
  NumberSummary,
  PairAgreement,
  PerSplit,
  PictureFacts,
  ProfiledColumn,
  Profiler,
  RowFilter,
  Shift,
  ShownClasses,
  Source,
  Strength,
  TextExamples,
  TextFacts,
  ValueProfile,
  ViewCells,
} from "./profile";
export {
  agreementCells,
  agreementFilter,
  binFilter,
  binWords,
  createProfiler,
  drawingsOf,
  frameOf,
  histogramCells,
  LEAK,
  measureWords,
  missingFilter,
  pictureSampleSql,
  SHIFTED,
  SOME_SHIFT,
  strengthCells,
  valuesCells,
  valuesFilter,
} from "./profile";
export type { RowSort, RowsView } from "./rows-query";
export { groupFilters, inOrder, rowNumbersSql, rowsByNumberSql, viewAsCell } from "./rows-query";
