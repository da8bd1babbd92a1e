// The one place that loads Monaco: the editor's own parts, the TypeScript service, and the grammars of four languages.
import "./monacoFeatures";
import * as monaco from "monaco-editor/editor/editor.api.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import "monaco-editor/languages/definitions/markdown/register.js";
import "monaco-editor/languages/definitions/sql/register.js";
import "monaco-editor/languages/definitions/typescript/register.js";
import "monaco-editor/languages/definitions/yaml/register.js";
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register.js";
import TypeScriptWorker from "monaco-editor/languages/features/typescript/ts.worker.js?worker";
import { effectiveTheme, onThemeChange } from "../parts/theme";
import { suggestConfig } from "./configWords";
import { themeFromTokens } from "./monacoTheme";
import { suggestSql } from "./sqlNames";
import type { ConfigNames, EditorLanguage, SqlNames } from "./types";

export { monaco };

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => (label === "typescript" ? new TypeScriptWorker() : new EditorWorker()),
};

/** Each language's grammar is a file of its own, fetched when something is coloured by it. */
export const grammarsLoaded: Promise<unknown> = Promise.allSettled(
  (["typescript", "sql", "yaml", "markdown"] as const).map((language) => monaco.editor.colorize("", language, {})),
);

/** TypeScript's `moduleDetection: force`: every cell is a module, even before its first import or export. */
const FORCE_MODULES = 3;

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  moduleDetection: FORCE_MODULES,
  lib: ["esnext"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowNonTsExtensions: true,
});

// No theme can be defined before the tokens are on the page, and each change of theme reads them anew.
const showTheme = () => {
  const name = `polytab-${effectiveTheme()}`;
  monaco.editor.defineTheme(name, themeFromTokens(effectiveTheme()));
  monaco.editor.setTheme(name);
};
showTheme();
onThemeChange(showTheme);
// The code font arrives after the first measurement of the fallback's.
document.fonts.load('13px "JetBrains Mono Variable"').then(
  () => monaco.editor.remeasureFonts(),
  () => {},
);

const sqlNames = new WeakMap<monaco.editor.ITextModel, SqlNames>();

monaco.languages.registerCompletionItemProvider("sql", {
  triggerCharacters: [".", '"'],
  provideCompletionItems: (model, position) => {
    const word = model.getWordUntilPosition(position);
    const range = new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn);
    const before = model.getValueInRange(
      new monaco.Range(position.lineNumber, 1, position.lineNumber, word.startColumn),
    );
    const kinds = monaco.languages.CompletionItemKind;
    const kindOf = { table: kinds.Struct, column: kinds.Field, function: kinds.Function, keyword: kinds.Keyword };
    return {
      suggestions: suggestSql(sqlNames.get(model) ?? { tables: [] }, before, model.getValue()).map((each) => ({
        label: each.detail ? { label: each.label, description: each.detail } : each.label,
        kind: kindOf[each.kind],
        insertText: each.insert,
        sortText: each.rank + each.label,
        range,
      })),
    };
  },
});

/** What a SQL text can name, for its completion. */
export function setSqlNames(model: monaco.editor.ITextModel, names: SqlNames | undefined): void {
  if (names) sqlNames.set(model, names);
}

const configNames = new WeakMap<monaco.editor.ITextModel, ConfigNames>();

monaco.languages.registerCompletionItemProvider("yaml", {
  triggerCharacters: [" ", "[", ","],
  provideCompletionItems: (model, { lineNumber, column }) => {
    const before = model.getValueInRange(new monaco.Range(lineNumber, 1, lineNumber, column));
    const { taken, suggestions } = suggestConfig(configNames.get(model) ?? { keys: [] }, before, model.getValue());
    const kinds = monaco.languages.CompletionItemKind;
    return {
      suggestions: suggestions.map(({ kind, label, insert, detail }) => ({
        label: detail ? { label, description: detail } : label,
        kind: kind === "key" ? kinds.Property : kinds.Value,
        insertText: insert,
        range: new monaco.Range(lineNumber, column - taken, lineNumber, column),
      })),
    };
  },
});

/** What a configuration text can say, for its completion. */
export function setConfigNames(model: monaco.editor.ITextModel, names: ConfigNames | undefined): void {
  if (names) configNames.set(model, names);
}

let shownLibs = "";

/** The declarations that TypeScript cells see. They are one set for all: the cell being edited says which. */
export function setLibs(libs: { path: string; content: string }[]): void {
  const key = JSON.stringify(libs);
  if (key === shownLibs) return;
  shownLibs = key;
  typescriptDefaults.setExtraLibs(libs.map(({ path, content }) => ({ content, filePath: `file:///libs/${path}` })));
}

/** Models outlive their editors, so that coming back to a cell finds its undo history; the oldest ones go. */
const KEPT_MODELS = 24;
const models = new Map<string, monaco.editor.ITextModel>();

export function modelFor(path: string, language: EditorLanguage, value: string): monaco.editor.ITextModel {
  const key = `${language}:${path}`;
  let model = models.get(key);
  models.delete(key);
  if (!model || model.isDisposed()) {
    const name = path.endsWith(extensions[language]) ? path : `${path}${extensions[language]}`;
    const uri = monaco.Uri.parse(`file:///notebook/${name}`);
    model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(value, language, uri);
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    model.updateOptions({
      tabSize: 2,
      insertSpaces: true,
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
  }
  models.set(key, model);
  for (const [oldest, old] of models) {
    if (models.size <= KEPT_MODELS) break;
    if (old.isAttachedToEditor()) continue;
    models.delete(oldest);
    old.dispose();
  }
  replaceText(model, value);
  return model;
}

const extensions: Record<EditorLanguage, string> = { typescript: ".ts", sql: ".sql", yaml: ".yaml", markdown: ".md" };

/** Sets a text from outside as an edit that can be undone; the cursor stays where it can. */
export function replaceText(model: monaco.editor.ITextModel, value: string): void {
  if (model.getValue() === value) return;
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
}
