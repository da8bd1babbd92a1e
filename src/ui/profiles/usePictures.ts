import { isAbort } from "../../base";
import { readPictureHeader, rgba, type Table } from "../../table";
import { type ColumnProfile, type Frame, pictureSampleSql } from "../../tasks";
import { type Asked, useApp, useAsked } from "../pages/useApp";
import { whenIdle } from "../parts/idle";

export interface PictureSample {
  pictures: { bytes: Uint8Array; label: string | null; colour: Colour | undefined }[];
  /** Sizes in px of those whose header can be read, most frequent first. */
  sizes: { words: string; count: number }[];
  /** Pictures that could not be decoded. */
  undecodable: number;
}

/** Mean red, green and blue of a picture's opaque parts, 0 to 255, weighted by their opacity. */
export interface Colour {
  red: number;
  green: number;
  blue: number;
}

const SLICE_MS = 8;

/** At most 200 pictures of train with their mean colours, decoded while the page has nothing else to do. */
export function usePictures(
  frame: Frame,
  profile: Extract<ColumnProfile, { modality: "image" }> | undefined,
): Asked<PictureSample> {
  const app = useApp();
  return useAsked(profile && `${frame.task}\n${profile.column.name}`, async (signal) => {
    if (!profile) throw new Error("asked for the pictures of no column");
    const sql = pictureSampleSql(frame, profile.column, profile.bytes.summary.train.mean);
    return decoded(await app.tasks.query(sql, signal), signal);
  });
}

async function decoded(table: Table, signal: AbortSignal): Promise<PictureSample> {
  const [column, labels] = table.columns;
  const sample: PictureSample = { pictures: [], sizes: [], undecodable: 0 };
  const sizes = new Map<string, number>();
  let until = 0;
  for (let row = 0; row < table.rows; row++) {
    const bytes = column.kind === "bytes" ? column.values[row] : null;
    if (!bytes) continue;
    if (performance.now() > until) until = await idle(signal);
    const colour = await meanColour(bytes);
    if (!colour) sample.undecodable++;
    const size = sizeOf(bytes);
    if (size) sizes.set(size, (sizes.get(size) ?? 0) + 1);
    const label = labels.values[row];
    sample.pictures.push({ bytes, label: label === null ? null : String(label), colour });
  }
  sample.sizes = [...sizes].map(([words, count]) => ({ words, count })).sort((a, b) => b.count - a.count);
  return sample;
}

/** Waits for the page to be idle; resolves to when this slice of work should end. */
function idle(signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const go = (): void => {
      if (signal.aborted) reject(signal.reason);
      else resolve(performance.now() + SLICE_MS);
    };
    whenIdle(go, 500);
  });
}

async function meanColour(bytes: Uint8Array): Promise<Colour | undefined> {
  let pixels: Uint8ClampedArray;
  try {
    pixels = await rgba(bytes, 8);
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
  const sums = [0, 0, 0];
  let weight = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3];
    weight += alpha;
    for (let channel = 0; channel < 3; channel++) sums[channel] += alpha * pixels[i + channel];
  }
  if (weight === 0) return undefined;
  const [red, green, blue] = sums.map((sum) => Math.round(sum / weight));
  return { red, green, blue };
}

function sizeOf(bytes: Uint8Array): string | undefined {
  try {
    const { width, height } = readPictureHeader(bytes);
    return `${width} × ${height}`;
  } catch {
    return undefined;
  }
}
