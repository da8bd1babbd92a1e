import { type DecodedPng, decode } from "fast-png";
import { Fault } from "../base";
import { type PngSamples, readPlainPng } from "./plain-png";

/** Straight RGBA, 8 bits a channel, row by row from the top. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/**
 * Decodes a PNG of any colour type and depth. Sixteen-bit samples are rounded to eight; gamma and colour profiles are
 * left aside, so that every engine sees the same numbers.
 * @throws Fault `picture-unreadable` when the file is damaged
 */
export function decodePng(bytes: Uint8Array): Raster {
  // The interlace method is the last byte of IHDR. fast-png 8.0.0 reads interlaced pictures below 8 bits wrongly.
  if (bytes[28] === 1 && bytes[24] < 8) {
    throw new Fault("picture-unreadable", `Cannot read an interlaced PNG of ${bytes[24]} bits a sample`, {
      hint: "Save it without interlacing.",
    });
  }
  const png = readPlainPng(bytes) ?? readAnyPng(bytes);
  const { width, height } = png;
  if (png.channels === 4 && png.depth === 8)
    return { width, height, data: new Uint8ClampedArray(png.data.buffer, png.data.byteOffset, png.data.length) };
  const data = new Uint8ClampedArray(width * height * 4);
  const samples = eightBitSamples(png);
  if (png.palette) fromPalette(data, samples, png.palette);
  else fromChannels(data, samples, png);
  return { width, height, data };
}

function readAnyPng(bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes);
  } catch (error) {
    throw new Fault("picture-unreadable", `Cannot read a PNG: ${(error as Error).message}`, {
      hint: "The file is damaged; export it again.",
      cause: error,
    });
  }
}

/** One number a sample: unpacked from bits where the depth is below 8, without the padding at the rows' ends. */
function eightBitSamples(png: DecodedPng | PngSamples): ArrayLike<number> {
  if (png.depth >= 8) return png.data;
  const { width, height, channels, depth } = png;
  const perRow = width * channels;
  const rowBytes = Math.ceil((perRow * depth) / 8);
  const mask = (1 << depth) - 1;
  const samples = new Uint8Array(perRow * height);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < perRow; i++) {
      const bit = i * depth;
      samples[y * perRow + i] = (png.data[y * rowBytes + (bit >> 3)] >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

function fromPalette(data: Uint8ClampedArray, samples: ArrayLike<number>, palette: number[][]): void {
  for (let i = 0; i < samples.length; i++) {
    const colour = palette[samples[i]];
    if (!colour) {
      throw new Fault("picture-unreadable", `Cannot read a PNG: it uses colour ${samples[i]} of ${palette.length}`);
    }
    if (colour.length > 4) throw new Fault("picture-unreadable", "Cannot read a PNG: its colours have two alphas");
    data.set(colour, i * 4);
    if (colour.length === 3) data[i * 4 + 3] = 255;
  }
}

/** Grey, grey + alpha, RGB or RGBA; `transparency` is the one colour that stands for "see-through" (chunk tRNS). */
function fromChannels(data: Uint8ClampedArray, samples: ArrayLike<number>, png: DecodedPng | PngSamples): void {
  const { channels, depth, transparency } = png;
  const scale = 255 / (2 ** depth - 1);
  const grey = channels < 3;
  const alpha = channels % 2 === 0;
  for (let from = 0, to = 0; to < data.length; from += channels, to += 4) {
    const red = samples[from];
    const green = grey ? red : samples[from + 1];
    const blue = grey ? red : samples[from + 2];
    data[to] = Math.round(red * scale);
    data[to + 1] = Math.round(green * scale);
    data[to + 2] = Math.round(blue * scale);
    if (alpha) data[to + 3] = Math.round(samples[from + channels - 1] * scale);
    else data[to + 3] = isSeeThrough(transparency, grey, red, green, blue) ? 0 : 255;
  }
}

function isSeeThrough(key: Uint16Array | undefined, grey: boolean, red: number, green: number, blue: number): boolean {
  if (!key) return false;
  return grey ? key[0] === red : key[0] === red && key[1] === green && key[2] === blue;
}
