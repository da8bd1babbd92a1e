import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import "./code.css";
import { SPLIT_KEYS } from "../notebook/chords";
import { createEchoes } from "./echoes";
import { grammarsLoaded, modelFor, monaco, replaceText, setConfigNames, setLibs, setSqlNames } from "./monaco";
import type { EditorHandle, EditorMarker, EditorProps } from "./types";

export { grammarsLoaded };

const LINE = 20;
const PADDING = 10;
const MIN_HEIGHT = 2 * LINE + 2 * PADDING;
const MAX_HEIGHT = 30 * LINE + 2 * PADDING;

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  bracketPairColorization: { enabled: false },
  codeLens: false,
  colorDecorators: false,
  contextmenu: false,
  dropIntoEditor: { enabled: false },
  fixedOverflowWidgets: true,
  folding: false,
  fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, Menlo, Consolas, monospace',
  fontLigatures: false,
  fontSize: 13,
  glyphMargin: false,
  guides: { indentation: false },
  hideCursorInOverviewRuler: true,
  lineDecorationsWidth: 16,
  lineHeight: LINE,
  lineNumbers: "off",
  lineNumbersMinChars: 0,
  minimap: { enabled: false },
  occurrencesHighlight: "off",
  pasteAs: { enabled: false },
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  padding: { top: PADDING, bottom: PADDING },
  renderLineHighlight: "none",
  // A wheel over an editor that has nothing to scroll moves the page.
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    verticalScrollbarSize: 8,
    horizontalScrollbarSize: 8,
    useShadows: false,
  },
  scrollBeyondLastLine: false,
  stickyScroll: { enabled: false },
  suggest: { showWords: false },
  wordBasedSuggestions: "off",
  // As in the highlighted text: nothing of a cell is out of sight, on phones neither.
  wordWrap: "on",
  wrappingIndent: "none",
};

/** Where lines break: letters that are all as wide as each other are counted; others the browser lays out, 5 ms a key. */
function wrappingOf(text: string): "simple" | "advanced" {
  return ASCII.test(text) ? "simple" : "advanced";
}
const ASCII = /^[\t\n\r -~]*$/;

/** Escape belongs to whatever is open or selected first. */
const NOTHING_OPEN =
  "editorTextFocus && !suggestWidgetVisible && !parameterHintsVisible && !findWidgetVisible && !renameInputVisible && !markersNavigationVisible && !inSnippetMode && !editorHasMultipleSelections && !editorHasSelection && !editorHoverVisible";

/** Monaco, as high as its text. Loaded by `CodeEditor` when the first one is shown. */
export default function MonacoEditor(props: EditorProps & { ref?: Ref<EditorHandle> }) {
  const { language, value, path, libs, markers, completions, config, autoFocus, readOnly, ariaLabel, ref } = props;
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [editor, setEditor] = useState<monaco.editor.IStandaloneCodeEditor>();
  const [height, setHeight] = useState(MIN_HEIGHT);
  const [tabLeaves, setTabLeaves] = useState(false);

  useEffect(() => {
    if (!box.current) return;
    const made = monaco.editor.create(box.current, {
      ...OPTIONS,
      model: null,
    });
    const fit = () => setHeight(Math.max(MIN_HEIGHT, Math.min(MAX_HEIGHT, made.getContentHeight())));
    made.onDidContentSizeChange(fit);
    made.onDidChangeModel(fit);
    addKeys(made, latest, () => setTabLeaves(true));
    box.current.addEventListener("mousedown", (event) => keepFocus(event, made));
    made.onDidBlurEditorText(() => setTabLeaves(false));
    setEditor(made);
    return () => made.dispose();
  }, []);

  // Texts that the page was told of and has not given back yet: it may render slower than one types, and an older text
  // that comes back then is an echo, not a change from outside.
  const echoes = useRef(createEchoes());
  useEffect(() => {
    if (!editor) return;
    const model = modelFor(path, language, latest.current.value);
    const heard = createEchoes();
    echoes.current = heard;
    editor.setModel(model);
    const wrap = (text: string) => editor.updateOptions({ wrappingStrategy: wrappingOf(text) });
    wrap(model.getValue());
    const change = model.onDidChangeContent(() => {
      setTabLeaves(false);
      const text = model.getValue();
      wrap(text);
      if (heard.sent(text)) latest.current.onChange(text);
    });
    const focus = editor.onDidFocusEditorText(() => setLibs(latest.current.libs ?? []));
    return () => {
      change.dispose();
      focus.dispose();
      monaco.editor.setModelMarkers(model, "polytab", []);
    };
  }, [editor, path, language]);

  useEffect(() => {
    const model = editor?.getModel();
    if (model) echoes.current.given(value, model.getValue(), (text) => replaceText(model, text));
  }, [editor, value]);
  useEffect(() => {
    // A setting ends with its line, so in YAML Enter is a new line, and Tab takes what is offered.
    const acceptSuggestionOnEnter = language === "yaml" ? "off" : "on";
    editor?.updateOptions({ readOnly, ariaLabel, tabFocusMode: tabLeaves, acceptSuggestionOnEnter });
  }, [editor, readOnly, ariaLabel, tabLeaves, language]);
  useEffect(() => {
    if (editor && libs && language === "typescript") setLibs(libs);
  }, [editor, libs, language]);
  useEffect(() => {
    const model = editor?.getModel();
    if (!model) return;
    setSqlNames(model, completions);
    setConfigNames(model, config);
  }, [editor, completions, config]);
  useEffect(() => {
    const model = editor?.getModel();
    if (model)
      monaco.editor.setModelMarkers(
        model,
        "polytab",
        (markers ?? []).map((marker) => placed(marker, model)),
      );
  }, [editor, markers]);
  useEffect(() => {
    if (autoFocus) editor?.focus();
  }, [editor, autoFocus]);
  const { at } = props;
  useEffect(() => {
    if (editor && at) goToPlace(editor, at.line, at.column);
  }, [editor, at]);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => editor?.focus(),
      goTo: (line, column) => editor && goToPlace(editor, line, column),
    }),
    [editor],
  );

  return (
    <div className="editor">
      <div ref={box} className="editor-box" style={{ height }} />
      {tabLeaves && (
        <span className="editor-hint" role="status">
          Tab leaves the editor
        </span>
      )}
    </div>
  );
}

/**
 * In Firefox a row of pixels between two lines belongs to neither, where the page stands at a fraction of a pixel: Monaco
 * then takes the click for nobody's, and the browser gives the focus to the cell around the editor.
 */
function keepFocus(event: MouseEvent, editor: monaco.editor.IStandaloneCodeEditor): void {
  if (event.defaultPrevented || !(event.target instanceof Element) || !event.target.closest(".view-lines")) return;
  event.preventDefault();
  editor.focus();
}

function goToPlace(editor: monaco.editor.IStandaloneCodeEditor, lineNumber: number, column: number): void {
  editor.setPosition({ lineNumber, column });
  editor.revealPositionInCenterIfOutsideViewport({ lineNumber, column });
  editor.focus();
}

function addKeys(
  editor: monaco.editor.IStandaloneCodeEditor,
  latest: { current: EditorProps },
  letTabLeave: () => void,
): void {
  const { KeyCode } = monaco;
  const add = (id: string, label: string, keybinding: number, run: () => void, precondition?: string) =>
    editor.addAction({ id, label, keybindings: [keybinding], precondition, run });
  // By the id, so that the newest rendering's action runs.
  for (const { id, label, keys } of latest.current.actions ?? [])
    add(`polytab.${id}`, label, bindingOf(keys), () => latest.current.actions?.find((now) => now.id === id)?.run());
  add("polytab.split", "Split the cell here", bindingOf(SPLIT_KEYS), () => {
    const position = editor.getPosition();
    const model = editor.getModel();
    if (position && model) latest.current.onSplit?.(model.getOffsetAt(position));
  });
  const leave = () => (latest.current.onEscape ? latest.current.onEscape() : letTabLeave());
  add("polytab.leave", "Leave the editor", KeyCode.Escape, leave, NOTHING_OPEN);
}

/** A chord as Monaco's number for it. */
function bindingOf(chord: string): number {
  const { KeyMod, KeyCode } = monaco;
  const numbers: Record<string, number> = {
    Mod: KeyMod.CtrlCmd,
    Shift: KeyMod.Shift,
    Alt: KeyMod.Alt,
    Enter: KeyCode.Enter,
    "-": KeyCode.Minus,
    f: KeyCode.KeyF,
  };
  return chord.split("+").reduce((sum, part) => sum | numbers[part], 0);
}

function placed(marker: EditorMarker, model: monaco.editor.ITextModel): monaco.editor.IMarkerData {
  const lineNumber = Math.max(1, Math.min(marker.line, model.getLineCount()));
  const column = Math.max(1, Math.min(marker.column, model.getLineMaxColumn(lineNumber)));
  const word = model.getWordAtPosition({ lineNumber, column });
  const severities = monaco.MarkerSeverity;
  return {
    message: marker.message,
    severity: { error: severities.Error, warning: severities.Warning, info: severities.Info }[marker.severity],
    startLineNumber: lineNumber,
    endLineNumber: lineNumber,
    startColumn: column,
    endColumn: marker.endColumn ?? word?.endColumn ?? column + 1,
  };
}
