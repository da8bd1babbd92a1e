export type { CellContext, CellDefinition, Engines, ModelSource } from "./context";
export { createCellContext } from "./context";
export { CELL_DEFINITIONS } from "./kinds";
export type { ChartSpec } from "./settings";
export type { TaskData } from "./task-data";
export { createTaskData, dataHashOf } from "./task-data";
export { previewFeatures, sandboxTask } from "./ts";
export type { CellValue, FeatureColumn, ModelInfo, NamedComparison, ScoreEntry } from "./values";
export { predictedClass } from "./values";
