import { packageJson } from "../packages";
import type { Source } from "./source";

/** The part of an `@iconify-json/<set>/icons.json` that is used here. */
interface IconFile {
  icons: Record<string, IconBody>;
  width?: number;
  height?: number;
  left?: number;
  top?: number;
}
interface IconBody {
  body: string;
  width?: number;
  height?: number;
  left?: number;
  top?: number;
  hidden?: boolean;
}

/** A drawing of a set: its SVG text and what a model may know of its source. */
export interface Icon {
  set: string;
  name: string;
  /** The SVG's inner markup, as the set has it. */
  body: string;
  width: number;
  height: number;
  svg: string;
}

/** A set of `@iconify-json`. Aliases are left out: they repeat another name's drawing. */
export interface IconSet {
  set: string;
  names: string[];
  icon(name: string): Icon | undefined;
}

export function openSet(set: string): IconSet {
  const file = packageJson<IconFile>(`@iconify-json/${set}`, "icons.json");
  return {
    set,
    names: Object.keys(file.icons),
    icon: (name) => {
      const found = Object.hasOwn(file.icons, name) ? file.icons[name] : undefined;
      if (!found || found.hidden) return undefined;
      const width = found.width ?? file.width ?? 16;
      const height = found.height ?? file.height ?? 16;
      const left = found.left ?? file.left ?? 0;
      const top = found.top ?? file.top ?? 0;
      const svg =
        `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
        `viewBox="${left} ${top} ${width} ${height}">${found.body.replaceAll("currentColor", "#000")}</svg>`;
      return { set, name, body: found.body, width, height, svg };
    },
  };
}

/** Emoji code points (lower-case, joined by hyphens, without the variation selector FE0F) to the set's icon names. */
export function emojiNames(set: string): Map<string, string> {
  const chars = packageJson<Record<string, string>>(`@iconify-json/${set}`, "chars.json");
  return new Map(Object.entries(chars).map(([code, name]) => [emojiKey(code), name]));
}

export function emojiKey(hexcode: string): string {
  return hexcode.toLowerCase().replaceAll("-fe0f", "");
}

/** How many shapes an SVG body draws. */
export function countShapes(body: string): number {
  return (body.match(/<(path|circle|ellipse|rect|line|polyline|polygon)\b/g) ?? []).length;
}

/** How many different hexadecimal colours an SVG body names. */
export function countColours(body: string): number {
  return new Set((body.match(/#[0-9a-f]{3,8}\b/gi) ?? []).map((colour) => colour.toLowerCase())).size;
}

export function isStroked(body: string): boolean {
  return /stroke=/.test(body);
}

interface IconInfo {
  name: string;
  author: { name: string; url: string };
  license: { title: string; spdx: string; url: string };
}

/** Credits that the licensor words otherwise than the set's info.json. */
const CREDITS: Record<string, string> = {
  twemoji: "Twemoji, Copyright Twitter, Inc and other contributors (jdecked/twemoji)",
};

/** The credit of an `@iconify-json` set, from its own info.json. */
export function iconSource(set: string): Source {
  const info = packageJson<IconInfo>(`@iconify-json/${set}`, "info.json");
  return {
    package: `@iconify-json/${set}`,
    name: `${info.name} by ${info.author.name}`,
    licence: info.license.spdx,
    url: info.author.url,
    text: `${CREDITS[set] ?? `${info.name}, Copyright ${info.author.name}`}, licensed under ${info.license.title} (${info.license.url}).`,
    changes: "Rasterised to 32 px PNG, monochrome drawings in black; the names and counts are columns.",
  };
}

/** A set's own categories of each icon, from its metadata.json. */
export function iconCategories(set: string): Map<string, string[]> {
  const { categories = {} } = packageJson<{ categories?: Record<string, string[]> }>(
    `@iconify-json/${set}`,
    "metadata.json",
  );
  const byIcon = new Map<string, string[]>();
  for (const [category, names] of Object.entries(categories)) {
    for (const name of names) byIcon.set(name, [...(byIcon.get(name) ?? []), category]);
  }
  return byIcon;
}
