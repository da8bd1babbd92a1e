import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import { DICTIONARY_1 } from "./dictionary";
import { tooLarge, unreadable } from "./faults";
import type { Packed } from "./provenance";

/** The longest text that a link may inflate to. */
export const MOST_DEFLATED = 2_000_000;

/** Form 1: a JSON line of provenance, a line break and the text, deflated with a dictionary. */
export function packDeflated({ markdown, provenance }: Packed): Uint8Array {
  const bytes = strToU8(`${provenance || "{}"}\n${markdown}`);
  if (bytes.length > MOST_DEFLATED) throw tooLarge(MOST_DEFLATED);
  return deflateSync(bytes, {
    level: 9,
    mem: 9,
    dictionary: strToU8(DICTIONARY_1),
  });
}

/** Inflates piece by piece and stops at the cap, so that a bomb costs no more than the cap. */
export function unpackDeflated(packed: Uint8Array): Packed {
  const pieces: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const inflater = new Inflate({ dictionary: strToU8(DICTIONARY_1) });
  inflater.ondata = (piece, final) => {
    total += piece.length;
    if (total > MOST_DEFLATED) throw tooLarge(MOST_DEFLATED);
    pieces.push(piece);
    ended ||= final;
  };
  try {
    for (let at = 0; at < packed.length; at += 1024)
      inflater.push(packed.subarray(at, at + 1024), at + 1024 >= packed.length);
  } catch (error) {
    throw total > MOST_DEFLATED ? error : unreadable(error);
  }
  if (!ended) throw unreadable();
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  const payload = strFromU8(bytes);
  const end = payload.indexOf("\n");
  return { markdown: payload.slice(end + 1), provenance: payload.slice(0, Math.max(0, end)) };
}
