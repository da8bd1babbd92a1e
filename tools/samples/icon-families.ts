import { draw } from "./draw";
import { openSet } from "./sources/iconify";

/** Sets that draw an icon several times, and the ending that tells the drawings apart. */
export const STYLED_SETS: Record<string, RegExp> = {
  fluent: /-((?:12|16|20|24|28|32|48)-(?:regular|filled|light))$/,
  "material-symbols": /-(outline-rounded|outline-sharp|outline|rounded|sharp)$/,
  solar: /-(bold-duotone|line-duotone|linear|broken|bold|outline)$/,
  ph: /-(thin|light|bold|fill|duotone)$/,
  mingcute: /-(line|fill)$/,
  mynaui: /-(solid)$/,
  tabler: /-(filled)$/,
};

/** One icon of a set with all its drawings. */
export interface Family {
  key: string;
  set: string;
  words: ReadonlySet<string>;
  /** The first word that is no number: "arrow" of "arrow-left". Icons that share it look alike and share a split. */
  head: string;
  drawings: { name: string; style: string }[];
}

/** Icons with at least two drawings, of all the sets. */
export function readFamilies(): Family[] {
  return Object.entries(STYLED_SETS).flatMap(([set, ending]) => {
    const drawings = new Map<string, Family["drawings"]>();
    for (const name of openSet(set).names) {
      const { base, style } = baseOf(name, ending);
      drawings.set(base, [...(drawings.get(base) ?? []), { name, style }]);
    }
    return [...drawings]
      .filter(([, drawn]) => drawn.length > 1)
      .map(([base, drawn]) => {
        const words = base.split("-");
        const head = words.find((word) => !/^\d+$/.test(word)) ?? words[0];
        return { key: `${set}:${base}`, set, words: new Set(words), head, drawings: drawn };
      });
  });
}

export function baseOf(name: string, ending: RegExp): { base: string; style: string } {
  const style = name.match(ending)?.[1];
  return style === undefined ? { base: name, style: "regular" } : { base: name.slice(0, -style.length - 1), style };
}

/** Words in more icons of a set than this ("arrow", "circle") say nothing of likeness. */
const COMMON = 400;

/**
 * For each family, those of the same set whose names differ by at most two words and share at least half as many:
 * "calendar-add" and "calendar-cancel". Nearest first, equals in a drawn order.
 */
export function nearNames(families: readonly Family[]): Map<Family, Family[]> {
  const byWord = new Map<string, Family[]>();
  for (const family of families) {
    for (const word of family.words) {
      const key = `${family.set} ${word}`;
      const list = byWord.get(key);
      if (list) list.push(family);
      else byWord.set(key, [family]);
    }
  }
  const near = new Map<Family, Family[]>();
  for (const family of families) {
    const shared = new Map<Family, number>();
    for (const word of family.words) {
      const list = byWord.get(`${family.set} ${word}`) ?? [];
      if (list.length > COMMON) continue;
      for (const other of list) if (other !== family) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const candidates = [...shared]
      .map(([other, common]) => ({ other, common, different: other.words.size + family.words.size - 2 * common }))
      .filter(({ common, different }) => different <= 2 && common >= different / 2)
      .map(({ other, different }) => ({ other, different, at: draw(`near ${family.key}`, other.key) }))
      .sort((a, b) => a.different - b.different || a.at - b.at);
    if (candidates.length > 0)
      near.set(
        family,
        candidates.map(({ other }) => other),
      );
  }
  return near;
}
