import type { editor } from "monaco-editor/editor/editor.api.js";

/** A Monaco theme from the page's tokens, so that the editor and the highlighted text have one palette. */
export function themeFromTokens(theme: "light" | "dark"): editor.IStandaloneThemeData {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`;
    return hexOf(getComputedStyle(probe).color);
  };
  const rule = (token: string, from: string) => ({ token, foreground: colour(from).slice(1) });
  const data: editor.IStandaloneThemeData = {
    base: theme === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("", "code-ink"),
      rule("delimiter", "code-ink"),
      rule("operator", "code-ink"),
      rule("comment", "code-comment"),
      rule("keyword", "code-keyword"),
      rule("operator.sql", "code-keyword"),
      rule("string", "code-string"),
      rule("regexp", "code-string"),
      rule("number", "code-number"),
      rule("type", "code-type"),
      rule("predefined", "code-type"),
      // The built-in themes colour SQL's by their full names, which are stronger than ours.
      rule("predefined.sql", "code-type"),
      rule("string.sql", "code-string"),
      rule("string.yaml", "code-ink"),
      rule("identifier", "code-ink"),
    ],
    colors: {
      "editor.background": colour("surface"),
      "editor.foreground": colour("code-ink"),
      "editor.selectionBackground": colour("selection"),
      "editor.inactiveSelectionBackground": colour("hover"),
      "editorCursor.foreground": colour("ink"),
      "editorWidget.background": colour("raised"),
      "editorWidget.border": colour("line-strong"),
      "editorSuggestWidget.background": colour("raised"),
      "editorSuggestWidget.border": colour("line-strong"),
      "editorSuggestWidget.foreground": colour("ink"),
      "editorSuggestWidget.selectedBackground": colour("pressed"),
      "editorSuggestWidget.selectedForeground": colour("ink"),
      "editorSuggestWidget.highlightForeground": colour("focus"),
      "editorSuggestWidget.focusHighlightForeground": colour("focus"),
      "editorHoverWidget.background": colour("raised"),
      "editorHoverWidget.border": colour("line-strong"),
      "editorError.foreground": colour("failed"),
      "editorWarning.foreground": colour("stale"),
      "editorBracketMatch.background": colour("hover"),
      "editorBracketMatch.border": colour("line-strong"),
      "scrollbarSlider.background": `${colour("line-control")}55`,
      focusBorder: "#00000000",
    },
  };
  probe.remove();
  return data;
}

/** `rgb(29, 28, 26)`, as computed styles are written, as `#1d1c1a`. */
export function hexOf(rgb: string): string {
  const parts = rgb.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
  return `#${parts
    .slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0"))
    .join("")}`;
}
