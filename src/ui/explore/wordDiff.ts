import { diffArrays } from "diff";

export interface Part {
  text: string;
  changed: boolean;
}

export interface WordDiff {
  /** The parts of a side, joined, are its text to the letter. */
  left: Part[];
  right: Part[];
  /** Whether any word stands on both sides. Where none does nothing is marked: all of it would be. */
  common: boolean;
}

/** A diff of two long and wholly different texts takes time that nobody gets anything for. */
const PATIENCE_MS = 60;

/** Which words of two texts stand on one side only. */
export function wordDiff(left: string, right: string): WordDiff {
  const changes = diffArrays(wordsOf(left), wordsOf(right), { timeout: PATIENCE_MS });
  const parts = changes?.map(({ value, added, removed }) => ({ text: value.join(""), added, removed })) ?? [];
  const common = parts.some((part) => !part.added && !part.removed && /[\p{L}\p{N}]/u.test(part.text));
  if (!common) return { left: whole(left), right: whole(right), common };
  return {
    left: joined(parts.filter((part) => !part.added).map(({ text, removed }) => ({ text, changed: removed }))),
    right: joined(parts.filter((part) => !part.removed).map(({ text, added }) => ({ text, changed: added }))),
    common,
  };
}

const WITHOUT_SPACES = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
/** Chromium's segmenter takes time by the square of a text's length: 18 s for 300,000 letters. */
const MOST_SEGMENTED = 3000;

/** Words, and what is between them; those of scripts without spaces by the browser's dictionary. */
function wordsOf(text: string): string[] {
  const plain = !WITHOUT_SPACES.test(text) || text.length > MOST_SEGMENTED || typeof Intl.Segmenter !== "function";
  if (plain) return text.match(/[\p{L}\p{N}\p{M}_]+|\s+|./gsu) ?? [];
  return Array.from(new Intl.Segmenter("en", { granularity: "word" }).segment(text), (each) => each.segment);
}

function whole(text: string): Part[] {
  return text === "" ? [] : [{ text, changed: false }];
}

/** Neighbours of one kind as one part; the space between two changed words is a part of the change. */
function joined(parts: Part[]): Part[] {
  const result: Part[] = [];
  for (const [i, part] of parts.entries()) {
    const gap = !part.changed && part.text.trim() === "" && parts[i - 1]?.changed && parts[i + 1]?.changed;
    const changed = part.changed || gap === true;
    const last = result.at(-1);
    if (last?.changed === changed) last.text += part.text;
    else result.push({ text: part.text, changed });
  }
  return result;
}
