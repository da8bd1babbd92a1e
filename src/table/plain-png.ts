import { unzlibSync } from "fflate";
import { joinBytes } from "../base";

/** What the chunks of a PNG say, its samples unfiltered and one after the other. */
export interface PngSamples {
  width: number;
  height: number;
  /** Samples a pixel: 1 (grey, or an index of the palette), 2, 3 or 4. */
  channels: number;
  depth: 8;
  data: Uint8Array;
  palette?: number[][];
  transparency?: Uint16Array;
}

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;
/** Memory that is kept for the next picture: pictures of a task have one size. */
const MOST_KEPT = 4_000_000;
let kept = new Uint8Array(0);

/**
 * Reads the usual PNG: 8 bits a sample, not interlaced. Undefined for every other and for a damaged one, which fast-png
 * reads or has words for. That library inflates as if the data came in pieces, into 256 kB for a picture of 16 kB:
 * three fifths of its time on small pictures.
 */
export function readPlainPng(bytes: Uint8Array): PngSamples | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  if (nameAt(view, 12) !== "IHDR") return undefined;
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const [depth, colour, compression, filter, interlace] = bytes.subarray(24, 29);
  const channels = CHANNELS[colour];
  if (depth !== 8 || !channels || compression || filter || interlace || width === 0 || height === 0) return undefined;

  const pieces: Uint8Array[] = [];
  let palette: number[][] | undefined;
  let transparency: Uint16Array | undefined;
  let name = "";
  for (let at = 8; name !== "IEND"; ) {
    if (at + 12 > bytes.length) return undefined;
    const length = view.getUint32(at);
    name = nameAt(view, at + 4);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) return undefined;
    at += 12 + length;
    if (name === "IDAT") pieces.push(data);
    else if (name === "PLTE") {
      if (length % 3) return undefined;
      palette = coloursOf(data);
    } else if (name === "tRNS" && colour === PALETTE) {
      if (!palette || length > palette.length) return undefined;
      for (const [i, each] of palette.entries()) each.push(data[i] ?? 255);
    } else if (name === "tRNS") {
      if (length !== channels * 2 || channels % 2 === 0) return undefined;
      transparency = Uint16Array.from({ length: channels }, (_, i) => (data[i * 2] << 8) | data[i * 2 + 1]);
    } else if (name === "acTL") return undefined; // an animation
  }
  if (colour === PALETTE && !palette) return undefined;
  const data = unfiltered(pieces, height, width * channels, channels);
  return (
    data && {
      width,
      height,
      channels,
      depth,
      data,
      ...(colour === PALETTE && { palette }),
      ...(transparency && { transparency }),
    }
  );
}

function coloursOf(data: Uint8Array): number[][] {
  return Array.from({ length: data.length / 3 }, (_, i) => [...data.subarray(i * 3, i * 3 + 3)]);
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** The samples, `stride` a row; undefined where the data is damaged or too little. */
function unfiltered(pieces: Uint8Array[], height: number, stride: number, channels: number): Uint8Array | undefined {
  const size = height * (stride + 1);
  let filtered: Uint8Array;
  try {
    filtered = unzlibSync(pieces.length === 1 ? pieces[0] : joinBytes(pieces), { out: room(size) });
  } catch {
    return undefined;
  }
  if (filtered.length !== size) return undefined;
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1) + 1;
    if (!unfilterRow(filtered[from - 1], filtered.subarray(from, from + stride), out, y * stride, stride, channels))
      return undefined;
  }
  return out;
}

/** PNG's five filters (W3C PNG, section 9): each sample is told as its difference from what lies left of and above it. */
function unfilterRow(
  filter: number,
  row: Uint8Array,
  out: Uint8Array,
  start: number,
  stride: number,
  channels: number,
): boolean {
  const isFirst = start === 0;
  if (filter > 4) return false;
  for (let i = 0; i < stride; i++) {
    const at = start + i;
    const left = i >= channels ? out[at - channels] : 0;
    const above = isFirst ? 0 : out[at - stride];
    if (filter === 0) out[at] = row[i];
    else if (filter === 1) out[at] = row[i] + left;
    else if (filter === 2) out[at] = row[i] + above;
    else if (filter === 3) out[at] = row[i] + ((left + above) >> 1);
    else out[at] = row[i] + paeth(left, above, isFirst || i < channels ? 0 : out[at - stride - channels]);
  }
  return true;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** More data than fits is dropped by fflate, so one byte more than asked for tells it from the right amount. */
function room(size: number): Uint8Array {
  if (size + 1 > MOST_KEPT) return new Uint8Array(size + 1);
  if (kept.length < size + 1) kept = new Uint8Array(size + 1);
  return kept.subarray(0, size + 1);
}
