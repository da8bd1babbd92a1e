import { createPredictor, type Predictor } from "./mixing";

/** Arithmetic coding (Witten, Neal, Cleary 1987) by the predictor's chances, as in Mahoney's paq: carryless, 32 bits. */

const primed = new Map<string, { predictor: Predictor; seen: number }>();

/** The predictor that has read a priming text: made once, some tens of milliseconds, and copied for each text. */
function primedFor(priming: string, length: number): Predictor {
  let known = primed.get(priming);
  if (!known) {
    const bytes = new TextEncoder().encode(priming);
    const predictor = createPredictor(bytes.length);
    for (const byte of bytes) for (let shift = 7; shift >= 0; shift--) predictor.learn((byte >> shift) & 1);
    known = { predictor, seen: bytes.length };
    primed.set(priming, known);
  }
  return known.predictor.copy(known.seen + length);
}

/** Where the range from `low` to `high` is cut: below and at it a one, above it a zero. */
function cut(low: number, high: number, chance: number): number {
  return low + Math.floor(((high - low) * chance) / 65536);
}

export function packMixed(bytes: Uint8Array, priming: string): Uint8Array {
  const predictor = primedFor(priming, bytes.length);
  const packed: number[] = [];
  let low = 0;
  let high = 0xffffffff;
  for (const byte of bytes) {
    for (let shift = 7; shift >= 0; shift--) {
      const bit = (byte >> shift) & 1;
      const middle = cut(low, high, predictor.chance());
      if (bit === 1) high = middle;
      else low = middle + 1;
      predictor.learn(bit);
      while ((low ^ high) >>> 24 === 0) {
        packed.push(high >>> 24);
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
      }
    }
  }
  // The fewest bytes that lie in the range when the reader takes zeros for those that are not there.
  if (low > 0) {
    for (let count = 1; count <= 4; count++) {
      const unit = 2 ** (32 - 8 * count);
      const value = Math.ceil(low / unit) * unit;
      if (value > high) continue;
      for (let i = 0; i < count; i++) packed.push(Math.floor(value / 2 ** (24 - 8 * i)) & 255);
      break;
    }
  }
  while (packed.at(-1) === 0) packed.pop();
  return Uint8Array.from(packed);
}

/** Exactly `length` bytes, whatever `packed` holds: neither time nor memory is in a stranger's hand. */
export function unpackMixed(packed: Uint8Array, length: number, priming: string): Uint8Array {
  const predictor = primedFor(priming, length);
  const bytes = new Uint8Array(length);
  let low = 0;
  let high = 0xffffffff;
  let at = 0;
  let value = 0;
  const shiftIn = (): void => {
    value = ((value << 8) | (at < packed.length ? packed[at] : 0)) >>> 0;
    at++;
  };
  for (let i = 0; i < 4; i++) shiftIn();
  for (let i = 0; i < length; i++) {
    let byte = 0;
    for (let k = 0; k < 8; k++) {
      const middle = cut(low, high, predictor.chance());
      const bit = value <= middle ? 1 : 0;
      if (bit === 1) high = middle;
      else low = middle + 1;
      predictor.learn(bit);
      byte = (byte << 1) | bit;
      while ((low ^ high) >>> 24 === 0) {
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
        shiftIn();
      }
    }
    bytes[i] = byte;
  }
  return bytes;
}
