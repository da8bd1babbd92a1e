export type { ModelInfo as OnnxInfo, Slot } from "../inference";
export type { LearnerName, Setting, Standing } from "../learners";
export { LEARNERS, SETTINGS } from "../learners";
export { type ChartAnswer, type ChartFacts, seriesOf } from "./charts";
export { checkOf } from "./check";
export type { CellContext, CellDefinition, Engines, ModelSource, OwnModelSource } from "./context";
export { createCellContext } from "./context";
export type { Explanation, Level, Weighed } from "./explain/explanation";
export { EXPLAIN_COLUMNS } from "./explain/table";
export { CELL_DEFINITIONS } from "./kinds";
export { type Draft, type DraftAround, draftFaults, draftSource, guessDraft, writtenClasses } from "./own/draft";
export { type OwnModelName, ownModelOf, PIXELS, SCORES } from "./own/settings";
export { pickedRows, pickName, pickWords, predictionsFor, type RowPick, type TableOf } from "./rows/picks";
export { pickStatement } from "./rows/statement";
export { findWeakSlices } from "./rows/weak";
export { SCORE_COLUMNS } from "./score-table";
export { CHART_TYPES, type ChartSpec, EXPLAIN_PARTS } from "./settings";
export { type Surroundings, settingsFault } from "./settings-check";
export type { TaskData } from "./task-data";
export { createTaskData, dataHashOf } from "./task-data";
export { previewFacts, previewFeatures, sandboxTask } from "./ts";
export { PAGE_TURNS } from "./turns";
export type {
  CellValue,
  FeatureColumn,
  ModelInfo,
  NamedComparison,
  ScoreEntry,
  Threshold,
} from "./values";
export { predictedClass } from "./values";
export { piecesOf } from "./weight";
