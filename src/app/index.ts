export type { Relation } from "../data";
export type { RunResult } from "../sandbox";
export type { App } from "./app";
export { createApp } from "./app";
export type { CellReport, Polytab, ScoreReport } from "./automation";
export { createAutomation } from "./automation";
export type { ChallengeState } from "./challenge/state";
export type { NamedTable } from "./editor-help";
export { sqlTables, typeScriptLibs } from "./editor-help";
export type { Derived } from "./graph";
export { derive } from "./graph";
export type { ImportState, PickState, WizardFile } from "./import/state";
export type { AddedCell } from "./notebooks";
export type { OfflineState } from "./offline-state";
<<<<<<< HEAD
export type { Published } from "./publish/publish";
=======
export type { Other, OtherChoice } from "./others";
>>>>>>> main
export type { Reading } from "./reading";
export { readingOf } from "./reading";
export type { RemoteLook, RemoteSizes } from "./remote/remotes";
export type { Deviation, Reproduction } from "./reproduce";
export type { Route } from "./route";
export { formatRoute } from "./route";
export type { AppState, Load, Notice, Session, Slot, TaskState, View } from "./state";
export { taskFile, taskFileSize, taskText } from "./task-source";
export type { Version } from "./versions";
