import { squash, stretch } from "./logistic";

/**
 * A context-mixing predictor of bytes, bit by bit, after Mahoney's lpaq: several contexts each say how likely the next
 * bit is a one, and a small network, trained as it goes, weighs them. Much stronger than deflate on short texts, since it
 * starts with all that a priming text taught it.
 *
 * A link made in one browser is read in another, so every step is integer arithmetic or one of `+ - * /` on doubles,
 * which the language defines to the last bit; `Math.exp` and its like are not.
 */
export interface Predictor {
  /** That the next bit is a one, out of 65,536; 1 to 65,535. */
  chance(): number;
  /** What the next bit was. */
  learn(bit: number): void;
  /** One that has seen the same bytes, with room for `capacity` in all. */
  copy(capacity: number): Predictor;
}

/** The bytes before, so many of them; then the word begun; and that with the word before. */
const ORDERS = [1, 2, 3, 4, 6];
const CONTEXTS = ORDERS.length + 2;
/** Those, what follows the longest repeat, and a constant. */
const INPUTS = CONTEXTS + 2;
const SLOT_BITS = 18;
const SLOTS = 1 << SLOT_BITS;
/** An estimate moves by 1 / (times seen + 1.3), down to this many times. */
const MOST_SEEN = 30;
const RATE = Float64Array.from({ length: 64 }, (_, seen) => 1 / (seen + 1.3));
/** How much an estimate counts that was made from so many sights. */
const SURENESS = Float64Array.from({ length: 64 }, (_, seen) => 0.7 + 0.3 * Math.min(1, seen / 6));
const LONGEST_MATCH = 63;
/** A repeat is looked for by its last five bytes. */
const MATCH_BYTES = 5;
const MATCH_SLOTS = 1 << 16;
/** The two networks, each with weights for: known orders, bit and repeat; the byte begun. */
const SET_SIZES = [64 * 3, 256];
const SETS = SET_SIZES.length;
const WEIGHTS = (SET_SIZES[0] + SET_SIZES[1]) * INPUTS;

/** All that was learned. A slot holds a chance (16 bits), a check of its context (10) and how often it was seen (6). */
interface State {
  history: Uint8Array;
  slots: Uint32Array;
  weights: Float64Array;
  /** How the networks' answers are weighed, by the byte begun. */
  finals: Float64Array;
  matches: Int32Array;
  /** How often what follows a repeat of this length is right. */
  trust: Float64Array;
  length: number;
}

export function createPredictor(capacity: number): Predictor {
  return predictorOn({
    history: new Uint8Array(capacity),
    slots: new Uint32Array(CONTEXTS * SLOTS),
    weights: new Float64Array(WEIGHTS).fill(0.28),
    finals: new Float64Array(256 * SETS).fill(1 / SETS),
    matches: new Int32Array(MATCH_SLOTS).fill(-1),
    trust: new Float64Array(LONGEST_MATCH + 1).fill(0.9),
    length: 0,
  });
}

function predictorOn(state: State): Predictor {
  const { history, slots, weights, finals, matches, trust } = state;
  const hashes = new Int32Array(CONTEXTS);
  const groups = new Int32Array(CONTEXTS);
  const checks = new Int32Array(CONTEXTS);
  const at = new Int32Array(CONTEXTS);
  const inputs = new Float64Array(INPUTS);
  const from = new Int32Array(SETS);
  const outs = new Float64Array(SETS);
  /** The mixed chance, in an array: a double in a closure is allocated anew with every change. */
  const chance = new Float64Array(1);
  let { length } = state;
  let begun = 1;
  let bitAt = 0;
  let word = 0;
  let wordBefore = 0;
  let matchAt = -1;
  let matchLength = 0;
  /** The byte that follows the repeat, with a one before it; 0 for none. */
  let expected = 0;

  const noteWord = (byte: number): void => {
    const letter = (byte | 32) >= 97 && (byte | 32) <= 122;
    if (letter || byte >= 128 || (byte >= 48 && byte <= 57) || byte === 95) {
      word = Math.imul(word + (byte | 32) + 1, 0x3d4d51cb);
    } else if (word !== 0) {
      wordBefore = word;
      word = 0;
    }
  };

  const hashContexts = (): void => {
    let hash = 0;
    let order = 0;
    for (let i = 0; i < ORDERS.length; i++) {
      for (; order < ORDERS[i]; order++) {
        const byte = length > order ? history[length - order - 1] : 0;
        hash = Math.imul(hash + byte + 1, 0x2f0b4c47) ^ (hash >>> 15);
      }
      hashes[i] = Math.imul(hash ^ order, 0x9e3779b1);
    }
    hashes[ORDERS.length] = Math.imul(word ^ 0x1234567, 0x3d4d51cb) ^ 0x55;
    hashes[ORDERS.length + 1] = Math.imul(word + Math.imul(wordBefore, 0x2545f491), 0x3d4d51cb) ^ 0xaa;
  };

  const findMatch = (): void => {
    if (matchLength > 0 && history[matchAt] === history[length - 1]) {
      matchAt++;
      if (matchLength < LONGEST_MATCH) matchLength++;
    } else matchLength = 0;
    if (length >= MATCH_BYTES) {
      let hash = 0;
      for (let back = 1; back <= MATCH_BYTES; back++)
        hash = Math.imul(hash + history[length - back] + 1, 0x2c9277b5) ^ (hash >>> 13);
      const slot = (hash ^ (hash >>> 16)) & (MATCH_SLOTS - 1);
      if (matchLength === 0 && matches[slot] >= 0) {
        matchAt = matches[slot];
        while (
          matchLength < LONGEST_MATCH &&
          matchAt > matchLength &&
          history[matchAt - matchLength - 1] === history[length - matchLength - 1]
        )
          matchLength++;
        if (matchLength < MATCH_BYTES) matchLength = 0;
      }
      matches[slot] = length;
    }
    expected = matchLength > 0 ? history[matchAt] | 256 : 0;
  };

  /** Half a byte of a context is sixteen neighbouring slots, one line of the processor's cache. */
  const findGroups = (): void => {
    const step = Math.imul(begun, 0x6a09e667);
    for (let i = 0; i < CONTEXTS; i++) {
      let hash = Math.imul(hashes[i] + step, 0x85ebca6b);
      hash ^= hash >>> 15;
      groups[i] = i * SLOTS + (hash & (SLOTS - 16));
      checks[i] = (hash >>> SLOT_BITS) & 1023;
    }
  };

  const predict = (): void => {
    if (bitAt === 0 || bitAt === 4) findGroups();
    const inGroup = bitAt < 4 ? begun : (begun & ((1 << (bitAt - 4)) - 1)) | (1 << (bitAt - 4));
    let known = 0;
    for (let i = 0; i < CONTEXTS; i++) {
      const slot = groups[i] + inGroup;
      const check = checks[i];
      at[i] = slot;
      const value = slots[slot];
      const seen = value & 63;
      if (seen === 0 || ((value >>> 6) & 1023) !== check) {
        slots[slot] = ((32768 << 16) | (check << 6)) >>> 0;
        inputs[i] = 0;
      } else {
        inputs[i] = stretch(value >>> 20) * SURENESS[seen];
        if (i < ORDERS.length) known = i + 1;
      }
    }
    let repeat = 0;
    inputs[CONTEXTS] = 0;
    if (expected !== 0) {
      if (expected >>> (8 - bitAt) === begun) {
        const sure = stretch((trust[matchLength] * 4095) | 0);
        inputs[CONTEXTS] = (expected >>> (7 - bitAt)) & 1 ? sure : -sure;
        repeat = matchLength < 16 ? 1 : 2;
      } else expected = 0;
    }
    inputs[CONTEXTS + 1] = 0.3;
    from[0] = ((known * 8 + bitAt) * 3 + repeat) * INPUTS;
    from[1] = (SET_SIZES[0] + begun) * INPUTS;
    let mixed = 0;
    for (let s = 0; s < SETS; s++) {
      const base = from[s];
      let sum = 0;
      for (let i = 0; i < INPUTS; i++) sum += inputs[i] * weights[base + i];
      outs[s] = sum > 11.9 ? 11.9 : Math.max(sum, -11.9);
      mixed += outs[s] * finals[begun * SETS + s];
    }
    chance[0] = squash(mixed);
  };

  const learn = (bit: number): void => {
    const missed = (bit - chance[0]) * 0.005;
    for (let s = 0; s < SETS; s++) {
      const error = (bit - squash(outs[s])) * 0.02;
      const base = from[s];
      for (let i = 0; i < INPUTS; i++) weights[base + i] += error * inputs[i];
      finals[begun * SETS + s] += missed * outs[s];
    }
    const target = bit === 1 ? 65535 : 0;
    for (let i = 0; i < CONTEXTS; i++) {
      const value = slots[at[i]];
      const seen = value & 63;
      const was = value >>> 16;
      const now = was + (((target - was) * RATE[seen]) | 0);
      slots[at[i]] = ((now << 16) | (value & 0xffc0) | (seen < MOST_SEEN ? seen + 1 : seen)) >>> 0;
    }
    if (expected !== 0) {
      const right = ((expected >>> (7 - bitAt)) & 1) === bit ? 1 : 0;
      trust[matchLength] += (right - trust[matchLength]) * 0.02;
      if (right === 0) {
        expected = 0;
        matchLength = 0;
      }
    }
    begun = (begun << 1) | bit;
    bitAt++;
    if (bitAt === 8) {
      history[length++] = begun;
      noteWord(begun & 255);
      begun = 1;
      bitAt = 0;
      findMatch();
      hashContexts();
    }
    predict();
  };

  // A copy comes to where its original is by the last bytes: enough for the words and the contexts.
  const { length: seenBytes } = state;
  for (let back = Math.min(seenBytes, 200); back > 0; back--) noteWord(history[seenBytes - back]);
  hashContexts();
  predict();
  return {
    chance: () => {
      const scaled = (chance[0] * 65536) | 0;
      return scaled < 1 ? 1 : Math.min(scaled, 65535);
    },
    learn,
    copy: (capacity) => {
      const next = new Uint8Array(capacity);
      next.set(history.subarray(0, length));
      return predictorOn({
        history: next,
        slots: slots.slice(),
        weights: weights.slice(),
        finals: finals.slice(),
        matches: matches.slice(),
        trust: trust.slice(),
        length,
      });
    },
  };
}
