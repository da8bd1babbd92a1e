import { packageJson } from "../packages";
import type { Source } from "./source";

/** An emoji of emojibase, in one language. */
export interface Emoji {
  hexcode: string;
  /** The CLDR short name. */
  label: string;
  tags?: string[];
  group?: number;
  subgroup?: number;
  type: number;
  version: number;
  skins?: unknown[];
}

/** Unicode's group of hair and skin parts, which are no emoji by themselves. */
const COMPONENT = 2;

/** The emoji that stand for themselves, each once (without its skin tones). The order is Unicode's: it tells the group. */
export function readEmoji(language: string): Emoji[] {
  const all = packageJson<Emoji[]>("emojibase-data", `${language}/data.json`);
  return all.filter(({ group }) => group !== undefined && group !== COMPONENT);
}

/** The groups' names by number, as Unicode words them. */
export function groupNames(): Record<string, string> {
  return packageJson<{ groups: Record<string, string> }>("emojibase-data", "meta/groups.json").groups;
}

export const EMOJIBASE: Source = {
  package: "emojibase-data",
  name: "emojibase by Miles Johnson; names and keywords from Unicode CLDR",
  licence: "MIT AND Unicode-3.0",
  url: "https://github.com/milesj/emojibase",
  text:
    "emojibase-data, Copyright (c) Miles Johnson, MIT. Emoji names, keywords and groups derive from Unicode data: " +
    "Copyright (c) 1991-2025 Unicode, Inc., licensed under the Unicode License V3 (https://www.unicode.org/license.txt).",
};
