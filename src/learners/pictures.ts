import { Fault } from "../base";
import { rgba } from "../table";
import { IMAGE_FEATURES, IMAGE_SIZE, pictureFeatures } from "./image";

/** Numbers a picture: 32 x 32 straight RGBA. */
export const PIXELS = IMAGE_SIZE * IMAGE_SIZE * 4;

/** So many pictures are kept from one request to the next; an edited notebook mostly reads the same ones again. */
const MOST_KEPT = 60_000;

/**
 * Distinct pictures, decoded once: pairs of records repeat their pictures many times over, and so do a notebook's runs.
 * A picture is known by its number here.
 */
export class PictureStore {
  /** count x IMAGE_FEATURES. */
  features = new Float32Array(0);
  private readonly encoded: Uint8Array[] = [];
  private readonly numbers = new Map<number, number[]>();

  get count(): number {
    return this.encoded.length;
  }

  /**
   * The picture's number.
   * @throws Fault of `rgba`, with the column and row
   */
  async add(bytes: Uint8Array, column: string, row: number): Promise<number> {
    const key = fingerprint(bytes);
    const twin = this.numbers.get(key)?.find((number) => isEqual(this.encoded[number], bytes));
    if (twin !== undefined) return twin;
    const number = this.count;
    const own = pictureFeatures(await pixelsOf(bytes, column, row));
    if ((number + 1) * IMAGE_FEATURES > this.features.length) {
      const grown = new Float32Array(Math.max(256, number * 2) * IMAGE_FEATURES);
      grown.set(this.features);
      this.features = grown;
    }
    this.features.set(own, number * IMAGE_FEATURES);
    this.encoded.push(bytes);
    this.numbers.set(key, [...(this.numbers.get(key) ?? []), number]);
    return number;
  }

  /** The pictures with these numbers, decoded again: numbers x PIXELS. */
  async pixels(numbers: Int32Array, breathe: (done: number) => Promise<void>): Promise<Uint8Array> {
    const out = new Uint8Array(numbers.length * PIXELS);
    for (let i = 0; i < numbers.length; i++) {
      out.set(await pixelsOf(this.encoded[numbers[i]], "pictures", i), i * PIXELS);
      if (i % 16 === 0) await breathe(i / numbers.length);
    }
    return out;
  }

  /** Lets the pictures go when they have become too many. Numbers given before are void then. */
  tidy(): void {
    if (this.count <= MOST_KEPT) return;
    this.features = new Float32Array(0);
    this.encoded.length = 0;
    this.numbers.clear();
  }
}

async function pixelsOf(bytes: Uint8Array, column: string, row: number): Promise<Uint8ClampedArray> {
  try {
    return await rgba(bytes, IMAGE_SIZE);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(error.code, `${error.message} (row ${row + 1} of "${column}")`, {
      hint: error.hint,
      cause: error,
    });
  }
}

/** FNV-1a over the bytes, 32 bits. */
function fingerprint(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
