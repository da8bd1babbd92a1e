/** Code points of a text, at most `most`: what edit distances count. */
export function pointsOf(text: string, most: number): Int32Array {
  const points: number[] = [];
  for (let i = 0; i < text.length && points.length < most; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    points.push(point);
  }
  return Int32Array.from(points);
}

/** Where each code point stands in the pattern, as bits; all zero between calls. */
const places = new Int32Array(0x110000);

/** Myers' bit vectors of blocks of 32 pattern places. */
let positive = new Int32Array(8);
let negative = new Int32Array(8);

/**
 * Levenshtein distance by bit-parallel columns: O(|a|·|b| / 32) (Myers 1999; blocks as in Hyyrö 2003). Counts what the
 * arrays hold, code points here.
 */
export function levenshtein(a: Int32Array, b: Int32Array): number {
  const [text, pattern] = a.length < b.length ? [b, a] : [a, b];
  if (pattern.length === 0) return text.length;
  return pattern.length <= 32 ? oneBlock(pattern, text) : manyBlocks(pattern, text);
}

function oneBlock(pattern: Int32Array, text: Int32Array): number {
  const length = pattern.length;
  for (let i = 0; i < length; i++) places[pattern[i]] |= 1 << i;
  const last = 1 << (length - 1);
  let pv = -1;
  let mv = 0;
  let score = length;
  for (let j = 0; j < text.length; j++) {
    const eq = places[text[j]];
    const xv = eq | mv;
    const xh = (((eq & pv) + pv) ^ pv) | eq;
    let ph = mv | ~(xh | pv);
    let mh = pv & xh;
    if (ph & last) score++;
    else if (mh & last) score--;
    ph = (ph << 1) | 1;
    mh <<= 1;
    pv = mh | ~(xv | ph);
    mv = ph & xv;
  }
  for (let i = 0; i < length; i++) places[pattern[i]] = 0;
  return score;
}

/** A block of the pattern at a time over the whole text; what crosses a block's lower edge is kept as bits. */
function manyBlocks(pattern: Int32Array, text: Int32Array): number {
  const words = Math.ceil(text.length / 32);
  if (positive.length < words) {
    positive = new Int32Array(words);
    negative = new Int32Array(words);
  }
  positive.fill(-1, 0, words);
  negative.fill(0, 0, words);
  let score = pattern.length;
  for (let start = 0; start < pattern.length; start += 32) {
    const length = Math.min(32, pattern.length - start);
    for (let i = 0; i < length; i++) places[pattern[start + i]] |= 1 << i;
    const isLast = start + length === pattern.length;
    const edge = length - 1;
    let pv = -1;
    let mv = 0;
    for (let j = 0; j < text.length; j++) {
      const word = j >> 5;
      const bit = j & 31;
      const pin = (positive[word] >>> bit) & 1;
      const min = (negative[word] >>> bit) & 1;
      let eq = places[text[j]];
      const xv = eq | mv;
      eq |= min;
      const xh = (((eq & pv) + pv) ^ pv) | eq;
      let ph = mv | ~(xh | pv);
      let mh = pv & xh;
      const pout = (ph >>> edge) & 1;
      const mout = (mh >>> edge) & 1;
      if (isLast) score += pout - mout;
      if (pout !== pin) positive[word] ^= 1 << bit;
      if (mout !== min) negative[word] ^= 1 << bit;
      ph = (ph << 1) | pin;
      mh = (mh << 1) | min;
      pv = mh | ~(xv | ph);
      mv = ph & xv;
    }
    for (let i = 0; i < length; i++) places[pattern[start + i]] = 0;
  }
  return score;
}

/** How many leading places agree. */
export function commonPrefix(a: Int32Array, b: Int32Array): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a[same] === b[same]) same++;
  return same;
}

let leftMatched = new Int32Array(64);
let rightTaken = new Uint8Array(64);

/**
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990): Jaro, raised by a tenth of the rest for each of the first four places that
 * agree, where Jaro is above 0.7. 0 where either is empty.
 */
export function jaroWinkler(a: Int32Array, b: Int32Array): number {
  const weight = jaro(a, b);
  if (weight <= 0.7) return weight;
  return weight + Math.min(4, commonPrefix(a, b)) * 0.1 * (1 - weight);
}

/** Jaro similarity (Jaro 1989): places match within half the longer length minus one. */
function jaro(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (leftMatched.length < a.length) leftMatched = new Int32Array(a.length);
  if (rightTaken.length < b.length) rightTaken = new Uint8Array(b.length);
  rightTaken.fill(0, 0, b.length);
  const reach = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
  let common = 0;
  for (let i = 0; i < a.length; i++) {
    const high = Math.min(i + reach, b.length - 1);
    for (let j = Math.max(0, i - reach); j <= high; j++) {
      if (rightTaken[j] === 1 || b[j] !== a[i]) continue;
      rightTaken[j] = 1;
      leftMatched[common++] = a[i];
      break;
    }
  }
  if (common === 0) return 0;
  let outOfOrder = 0;
  for (let j = 0, k = 0; k < common; j++) {
    if (rightTaken[j] === 1 && b[j] !== leftMatched[k++]) outOfOrder++;
  }
  const transpositions = outOfOrder >> 1;
  return (common / a.length + common / b.length + (common - transpositions) / common) / 3;
}
