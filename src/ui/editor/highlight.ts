import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";

const lowlight = createLowlight({ json, markdown, sql, typescript, yaml });

/** The short names that fences carry. */
const ALIASES: Record<string, string> = {
  ts: "typescript",
  js: "typescript",
  javascript: "typescript",
  tsx: "typescript",
  yml: "yaml",
  chart: "yaml",
  model: "yaml",
  score: "yaml",
  md: "markdown",
};

export function languageOf(language: string): string {
  return ALIASES[language] ?? language;
}

export type HighlightTree = ReturnType<typeof lowlight.highlight>;

/** Longer code is shown plain: the grammars need seconds for what was made to be slow. */
const LONGEST = 20_000;

/** A syntax tree of spans, or undefined for a language that is not among the five and for code that is too long. */
export function highlight(source: string, language: string): HighlightTree | undefined {
  const name = languageOf(language);
  return lowlight.registered(name) && source.length <= LONGEST ? lowlight.highlight(name, source) : undefined;
}
