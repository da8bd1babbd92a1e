export type EditorLanguage = "typescript" | "sql" | "yaml" | "markdown";

/** A problem at a place of the source; lines and columns count from 1. */
export interface EditorMarker {
  line: number;
  column: number;
  /** Exclusive; the word at the place when absent. */
  endColumn?: number;
  message: string;
  severity: "error" | "warning" | "info";
}

/** What SQL can name: tables with their columns, and functions beyond the common ones. */
export interface SqlNames {
  tables: {
    name: string;
    /** Where it comes from: `training split`, `cell`. */
    detail?: string;
    columns: { name: string; type: string; modality?: string }[];
  }[];
  functions?: { name: string; detail?: string }[];
}

/** What a configuration cell can say: its settings, and what each may be. */
export interface ConfigNames {
  keys: { key: string; label: string; options?: string[] }[];
}

/** An action of the page that has keys inside an editor, written as in `notebook/chords.ts`. */
export interface EditorAction {
  id: string;
  label: string;
  keys: string;
  run: () => void;
}

/** Shared by the code editor and the plain one, so that a page may show either. */
export interface EditorProps {
  language: EditorLanguage;
  value: string;
  onChange: (value: string) => void;
  /** What keys do in the editor, beside what every editor does. */
  actions?: readonly EditorAction[];
  /** Cuts the text in two at this offset. */
  onSplit?: (offset: number) => void;
  /** Escape, when nothing else (a list, a selection) takes it. Without it, Escape lets Tab leave the editor. */
  onEscape?: () => void;
  /** Unique and lasting name of the text, like `cells/features.ts`: it keeps the undo history between two visits. */
  path: string;
  /** Ambient declarations for TypeScript: the toolbox, the row types, what cells upstream export. */
  libs?: { path: string; content: string }[];
  markers?: EditorMarker[];
  /** For SQL. */
  completions?: SqlNames;
  /** For YAML. */
  config?: ConfigNames;
  autoFocus?: boolean;
  /** Where the cursor goes, with the focus, when the editor opens and when this changes: the place of a fault. */
  at?: { line: number; column: number };
  readOnly?: boolean;
  ariaLabel: string;
}

/** What a page can do with an open editor. */
export interface EditorHandle {
  goTo: (line: number, column: number) => void;
  focus: () => void;
}
