export type { LearnerName, Setting, Standing } from "../learners";
export { LEARNERS, SETTINGS } from "../learners";
export { checkOf } from "./check";
export type { CellContext, CellDefinition, Engines, ModelSource } from "./context";
export { createCellContext } from "./context";
export type { Explanation, Level, Weighed } from "./explain/explanation";
export { EXPLAIN_COLUMNS } from "./explain/table";
export { CELL_DEFINITIONS } from "./kinds";
export { pickedRows, pickName, pickWords, predictionsFor, type RowPick, type TableOf } from "./rows/picks";
export { pickStatement } from "./rows/statement";
export { findWeakSlices } from "./rows/weak";
export { SCORE_COLUMNS } from "./score-table";
export { type ChartSpec, EXPLAIN_PARTS } from "./settings";
export type { TaskData } from "./task-data";
export { createTaskData, dataHashOf } from "./task-data";
export { previewFacts, previewFeatures, sandboxTask } from "./ts";
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
