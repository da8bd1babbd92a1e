export type { BlockingAsk, BlockingFacts } from "./blocking/block";
export type { Catalogue, CatalogueEntry } from "./catalogue";
export { readCatalogue } from "./catalogue";
export { bibtexOf, citationOf } from "./citation";
export { type CardColumn, type CardFacts, cardOf, cardSql } from "./folder/card";
export { croissantOf, type FieldType, type FileFacts } from "./folder/croissant";
export {
  type PublishAbout,
  type PublishedTable,
  publishDraft,
  publishedManifest,
  publishFault,
} from "./folder/published";
export { manifestJsonSchema, SCHEMA_FILE } from "./folder/schema";
export { type ImportAbout, idFromTitle, metricsOf } from "./import/about";
export { broughtManifest, parquetOf, STARTER, TEST_LABELS } from "./import/brought";
export { createImporter, type Importer } from "./import/client";
export { MOST_COLUMNS, readCsv } from "./import/csv";
export type { FileLook, MadeParts, OpenedTable, PicturesLook } from "./import/desk";
export type { DraftColumn, ImportDraft } from "./import/draft";
export { kindOfFile } from "./import/file-kind";
export { estimateOf, fitsInTab, rowsThatFit, type Taking } from "./import/footer";
export type { Guess } from "./import/guess";
export { ROW, type Written } from "./import/make";
export { isPictureName } from "./import/picture-files";
export { counted, type FileRole, listed, type Note } from "./import/source";
export { starterNotebook } from "./import/starter";
export type { MetricName, Modality, SplitName, TaskColumn, TaskManifest, Track } from "./manifest";
export { classesOf, featureColumns, MODALITIES, readManifest, SPLIT_NAMES, taskColumnOf } from "./manifest";
export type {
  Agreement,
  Bins,
  ClassCounts,
  ClassProfile,
  ColumnProfile,
  FactTable,
  Frame,
  MeasureProfile,
  NumberSummary,
  PairAgreement,
  PerSplit,
  PictureFacts,
  ProfiledColumn,
  Profiler,
  RowFilter,
  SampleFacts,
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
  balanceCells,
  balanceSql,
  binFilter,
  binWords,
  cheapestFirst,
  colourCells,
  createProfiler,
  drawingsOf,
  exampleCells,
  factCells,
  frameOf,
  histogramCells,
  isMatch,
  LEAK,
  labelFilter,
  measureShiftCells,
  measureWords,
  missingFilter,
  modalityOf,
  pictureSampleSql,
  readShortTexts,
  repeatedCells,
  resultFrame,
  SCRIPTS,
  SHIFTED,
  SOME_SHIFT,
  sampleFacts,
  shortTextsSql,
  splitCells,
  strengthCells,
  strengthsCells,
  summaryCells,
  thumbnailCells,
  valueShiftCells,
  valuesCells,
  valuesFilter,
} from "./profile";
export { literal, numberLiteral, quoted } from "./profile/quote";
export { isTable, type RemoteAddress, readAddress } from "./remote/address";
export { createRemoteReader, type RemoteReader } from "./remote/client";
export { type Description, type RemoteTable, readDescription } from "./remote/description";
export type { RowSort, RowsView } from "./rows-query";
export { groupFilters, inOrder, rowAsCell, rowNumbersSql, rowsByNumberSql, viewAsCell } from "./rows-query";
export { checkTables, type LoadedTable } from "./tables";
