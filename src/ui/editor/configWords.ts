import type { ConfigNames } from "./types";

export interface ConfigSuggestion {
  kind: "key" | "value";
  label: string;
  insert: string;
  detail?: string;
}

/** What may stand at the cursor of a configuration cell, and how many letters before the cursor it takes the place of. */
export function suggestConfig(
  { keys }: ConfigNames,
  before: string,
  text: string,
): { taken: number; suggestions: ConfigSuggestion[] } {
  const value = /^(\w+):\s*(.*)$/.exec(before);
  if (value) {
    if (value[2].endsWith("]")) return { taken: 0, suggestions: [] };
    const options = keys.find(({ key }) => key === value[1])?.options ?? [];
    // A name in a list may hold a colon and brackets: `embed:text(title)`.
    const typed = /[^\s,[\]]*$/.exec(value[2])?.[0] ?? "";
    return {
      taken: typed.length,
      suggestions: options.map((option) => ({ kind: "value", label: option, insert: option })),
    };
  }
  if (!/^\w*$/.test(before)) return { taken: 0, suggestions: [] };
  const absent = keys.filter(({ key }) => !new RegExp(`^${key}:`, "m").test(text));
  return {
    taken: before.length,
    suggestions: absent.map(({ key, label }) => ({ kind: "key", label: key, insert: `${key}: `, detail: label })),
  };
}
