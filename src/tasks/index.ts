export type { Catalogue, CatalogueEntry } from "./catalogue";
export { readCatalogue } from "./catalogue";
export { type ImportAbout, idFromTitle } from "./import/about";
export { broughtManifest, parquetOf, STARTER, TEST_LABELS } from "./import/brought";
export { createImporter, type Importer } from "./import/client";
export { MOST_COLUMNS } from "./import/csv";
export type { FileLook, MadeParts, OpenedTable } from "./import/desk";
export type { DraftColumn, ImportDraft } from "./import/draft";
export { kindOfFile } from "./import/file-kind";
export type { Guess } from "./import/guess";
export { ROW, type Written } from "./import/make";
export { counted, type FileRole, listed, type Note } from "./import/source";
export { starterNotebook } from "./import/starter";
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
