export { editConfig, looseConfig, readConfig } from "./config";
export type { Cell, CellKind, CodeCell, CodeKind, FrontMatter, Notebook, ProseCell } from "./document";
export { CODE_KINDS, cellFault, cellNamed, codeCells, isCellName, isCode } from "./document";
export { freeName, insertCell, moveCell, removeCell, setFront, setName, setSource } from "./edit";
export type { History } from "./history";
export { record, redo, startHistory, undo } from "./history";
export { formatNotebook, parseNotebook } from "./text";
