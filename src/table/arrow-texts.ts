import type { Data, Utf8, Vector } from "apache-arrow";
import { cutTexts } from "./texts";

/** Longer chunks are decoded text by text: engines refuse one text of more than about 500 million characters. */
const MOST_BYTES = 2 ** 28;

/** Decoded as one text a chunk and cut, which takes a fraction of the time of a decoding for every value. */
export function textsFrom(vector: Vector<Utf8>): (string | null)[] {
  const lengths = new Int32Array(vector.length);
  const parts: string[] = [];
  let start = 0;
  for (const chunk of vector.data) {
    const into = lengths.subarray(start, start + chunk.length);
    const whole = decodedAtOnce(chunk, into);
    if (whole === undefined) decodeEach(chunk, into, parts);
    else if (whole) parts.push(whole);
    start += chunk.length;
  }
  return cutTexts({ parts, lengths });
}

/** The chunk's text, its texts' lengths written to `lengths`; undefined where that cannot be done. */
function decodedAtOnce(chunk: Data<Utf8>, lengths: Int32Array): string | undefined {
  const { values, valueOffsets: offsets } = chunk;
  const first = offsets[0];
  const bytes = values.subarray(first, offsets[chunk.length]);
  if (bytes.length > MOST_BYTES) return undefined;
  let whole: string;
  try {
    whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // broken UTF-8: what stands for it may have another length in the whole than alone
  }
  const isAscii = whole.length === bytes.length;
  for (let i = 0; i < lengths.length; i++) {
    const from = offsets[i] - first;
    const to = offsets[i + 1] - first;
    const isMissing = chunk.nullCount > 0 && !chunk.getValid(i);
    if (isMissing && to > from) return undefined; // bytes behind a missing value are allowed, and would shift the others
    lengths[i] = isMissing ? -1 : isAscii ? to - from : unitsIn(bytes, from, to);
  }
  return whole;
}

/** UTF-16 code units of valid UTF-8: one for every byte that begins a character, and one more where it is of four bytes. */
function unitsIn(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let i = from; i < to; i++) units += +((bytes[i] & 0xc0) !== 0x80) + +(bytes[i] >= 0xf0);
  return units;
}

function decodeEach(chunk: Data<Utf8>, lengths: Int32Array, parts: string[]): void {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const { values, valueOffsets: offsets } = chunk;
  for (let i = 0; i < lengths.length; i++) {
    const text = chunk.getValid(i) ? decoder.decode(values.subarray(offsets[i], offsets[i + 1])) : null;
    lengths[i] = text?.length ?? -1;
    if (text) parts.push(text);
  }
}
