/** The words of a text for comparing: small letters without accents, numbers kept, each once. */
export function wordsOf(text: string | null): string[] {
  if (text === null) return [];
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 || /\p{N}/u.test(word)))];
}

/** A value for comparing whole: its words in their order. */
export function keyOf(text: string | null): string | undefined {
  const words = wordsOf(text);
  return words.length === 0 ? undefined : words.join(" ");
}
