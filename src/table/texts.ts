/**
 * The texts of a column one after the other, in few parts: a text never lies across two. Lengths are in UTF-16 code
 * units, -1 where a text is missing.
 */
export interface JoinedTexts {
  parts: string[];
  lengths: Int32Array;
}

/** Engines refuse one text of more than about 500 million characters. */
const PART_CHARACTERS = 2 ** 24;

/** What texts were cut from. An engine keeps the long text for as long as its pieces, so this holds nothing more. */
const sources = new WeakMap<readonly (string | null)[], JoinedTexts>();

/** Total: lengths that the parts do not bear out give shorter texts. The texts are not to be changed in place. */
export function cutTexts(joined: JoinedTexts): (string | null)[] {
  const { parts, lengths } = joined;
  const texts = new Array<string | null>(lengths.length);
  let next = 0;
  let part = "";
  let at = 0;
  for (let row = 0; row < lengths.length; row++) {
    const length = lengths[row];
    if (length > 0 && at >= part.length) {
      part = parts[next++] ?? "";
      at = 0;
    }
    texts[row] = length < 0 ? null : part.slice(at, at + length);
    if (length > 0) at += length;
  }
  sources.set(texts, joined);
  return texts;
}

export function joinTexts(texts: readonly (string | null)[]): JoinedTexts {
  const source = sources.get(texts);
  if (source) return source;
  const lengths = new Int32Array(texts.length);
  const parts: string[] = [];
  let start = 0;
  let characters = 0;
  for (let row = 0; row < texts.length; row++) {
    const length = texts[row]?.length ?? 0;
    lengths[row] = texts[row] === null ? -1 : length;
    if (characters > 0 && characters + length > PART_CHARACTERS) {
      parts.push(texts.slice(start, row).join("")); // what is missing joins as nothing
      start = row;
      characters = 0;
    }
    characters += length;
  }
  if (characters > 0) parts.push(texts.slice(start).join(""));
  return { parts, lengths };
}
