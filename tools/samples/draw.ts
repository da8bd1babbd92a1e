import { createHash } from "node:crypto";

/** MD5 in hex: short, fast and the same everywhere. It hides nothing; it only scatters. */
export function md5(content: string | Uint8Array): string {
  return createHash("md5").update(content).digest("hex");
}

/**
 * A number in [0, 1) drawn for a purpose and a thing. All randomness of the samples comes from here: no stream of
 * numbers has a state, so that leaving one thing out changes nothing for the others.
 */
export function draw(purpose: string, thing: string): number {
  return Number.parseInt(md5(`${purpose}\n${thing}`).slice(0, 8), 16) / 2 ** 32;
}

/** An id that tells nothing of the row's class or of its place in the source. */
export function opaqueId(task: string, thing: string): string {
  return md5(`${task}\n${thing}`).slice(0, 12);
}

/** The items in an order drawn for a purpose. Each key is drawn once, not once a comparison. */
export function shuffled<T>(items: Iterable<T>, purpose: string, keyOf: (item: T) => string): T[] {
  return [...items]
    .map((item) => ({ item, at: draw(purpose, keyOf(item)) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** One item, drawn for a purpose. @throws when there is none. */
export function pick<T>(items: readonly T[], purpose: string, thing: string): T {
  if (items.length === 0) throw new Error(`Nothing to pick from for ${purpose} ${thing}`);
  return items[Math.floor(draw(purpose, thing) * items.length)];
}
