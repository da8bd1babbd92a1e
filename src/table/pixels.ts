import { Fault } from "../base";
import { readPictureHeader } from "./picture-header";
import { decodePng, type Raster } from "./png";

/** More would take seconds and hundreds of megabytes for a picture that is shrunk at once. */
export const MOST_PIXELS = 16_000_000;
const LARGEST_SIZE = 1024;

/**
 * Decodes an encoded picture and resizes it to `size` x `size` by area averaging, the whole picture centred and padded
 * with transparent black to keep its aspect.
 *
 * Returns straight (not premultiplied) RGBA, `size * size * 4` bytes, row by row. PNG gives the same numbers in Node and
 * in every tab; JPEG, WebP and GIF (its first frame) go through the browser's own decoder.
 * @throws Fault `picture-unreadable`, `picture-too-large` (over 16 megapixels, told from the header), `picture-format`
 * (no browser decoder here), `invalid` (a size that is no whole number from 1 to 1024)
 */
export async function rgba(bytes: Uint8Array, size: number): Promise<Uint8ClampedArray> {
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
    throw new Fault("invalid", `Cannot resize a picture to ${size} pixels`, {
      hint: `Sizes are whole numbers from 1 to ${LARGEST_SIZE}.`,
    });
  }
  const { format, width, height } = readPictureHeader(bytes);
  if (width * height > MOST_PIXELS) {
    throw new Fault("picture-too-large", `Cannot decode a picture of ${width} x ${height} pixels`, {
      hint: `The limit is ${MOST_PIXELS / 1e6} megapixels: shrink it before bringing it here.`,
    });
  }
  return resized(format === "png" ? decodePng(bytes) : await decodeByBrowser(bytes, format), size);
}

async function decodeByBrowser(bytes: Uint8Array, format: string): Promise<Raster> {
  if (typeof createImageBitmap !== "function" || typeof OffscreenCanvas !== "function") {
    throw new Fault("picture-format", `Cannot decode ${format.toUpperCase()} here: there is no browser decoder`, {
      hint: "Convert the pictures to PNG, which Polytab decodes everywhere.",
    });
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), {
      premultiplyAlpha: "none",
      colorSpaceConversion: "none",
    });
  } catch (error) {
    throw new Fault("picture-unreadable", `Cannot read a ${format.toUpperCase()}: ${(error as Error).message}`, {
      hint: "The file is damaged; export it again.",
      cause: error,
    });
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Fault("picture-format", "Cannot decode pictures: the browser gave no canvas");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** Every target pixel is the mean of the source area below it, colours weighted by their alpha. */
function resized(source: Raster, size: number): Uint8ClampedArray {
  if (source.width === size && source.height === size) return asItIs(source);
  const scale = size / Math.max(source.width, source.height);
  const width = Math.max(1, Math.round(source.width * scale));
  const height = Math.max(1, Math.round(source.height * scale));
  const left = Math.floor((size - width) / 2);
  const top = Math.floor((size - height) / 2);
  const averaged = averageRows(averageColumns(source, width), width, source.height, height);
  const out = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = ((y + top) * size + x + left) * 4;
      const alpha = averaged[from + 3];
      if (alpha <= 0) continue;
      for (let channel = 0; channel < 3; channel++) out[to + channel] = Math.round(averaged[from + channel] / alpha);
      out[to + 3] = Math.round(alpha);
    }
  }
  return out;
}

/** A picture of the right size already; transparent pixels have no colour, as when they are averaged. */
function asItIs({ data }: Raster): Uint8ClampedArray {
  const out = Uint8ClampedArray.from(data);
  for (let at = 0; at < out.length; at += 4) if (out[at + 3] === 0) out.fill(0, at, at + 4);
  return out;
}

/** Memory that is kept from picture to picture: made anew, it would cost as much as the sums in it. */
const MOST_KEPT = 500_000;
const kept = { columns: new Float64Array(0), rows: new Float64Array(0) };

function room(of: keyof typeof kept, length: number): Float64Array {
  if (length > MOST_KEPT) return new Float64Array(length);
  if (kept[of].length < length) kept[of] = new Float64Array(length);
  return kept[of];
}

/** Premultiplies (colour times alpha) and shrinks or stretches every row to `width`. */
function averageColumns(source: Raster, width: number): Float64Array {
  const { data } = source;
  const out = room("columns", width * source.height * 4);
  const spans = spansOf(source.width, width);
  for (let y = 0; y < source.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = spans[x];
      let red = 0;
      let green = 0;
      let blue = 0;
      let cover = 0;
      for (let i = 0; i < weights.length; i++) {
        const from = (y * source.width + first + i) * 4;
        const alpha = data[from + 3] * weights[i];
        red += data[from] * alpha;
        green += data[from + 1] * alpha;
        blue += data[from + 2] * alpha;
        cover += alpha;
      }
      const to = (y * width + x) * 4;
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
      out[to + 3] = cover;
    }
  }
  return out;
}

function averageRows(source: Float64Array, width: number, sourceHeight: number, height: number): Float64Array {
  const stride = width * 4;
  const out = room("rows", stride * height);
  const spans = spansOf(sourceHeight, height);
  for (let y = 0; y < height; y++) {
    const { first, weights } = spans[y];
    for (let k = 0; k < stride; k++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += source[(first + i) * stride + k] * weights[i];
      out[y * stride + k] = sum;
    }
  }
  return out;
}

type Span = { first: number; weights: number[] };

/** Pictures of a task have few sizes. */
const MOST_SPANS = 64;
const knownSpans = new Map<string, Span[]>();

function spansOf(from: number, to: number): Span[] {
  const key = `${from} ${to}`;
  const known = knownSpans.get(key) ?? spansBetween(from, to);
  if (knownSpans.size >= MOST_SPANS) knownSpans.clear();
  knownSpans.set(key, known);
  return known;
}

/** For each of `to` cells over `from` pixels: the first pixel under it and the share of the cell that each one covers. */
function spansBetween(from: number, to: number): Span[] {
  return Array.from({ length: to }, (_, cell) => {
    // Whole-number arithmetic in units of 1/to pixel: no pixel is lost or counted twice by rounding.
    const start = cell * from;
    const end = start + from;
    const first = Math.floor(start / to);
    const last = Math.ceil(end / to);
    const weights = Array.from({ length: last - first }, (_, i) => {
      const pixel = (first + i) * to;
      return (Math.min(end, pixel + to) - Math.max(start, pixel)) / from;
    });
    return { first, weights };
  });
}
