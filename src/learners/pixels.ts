import type { PictureTensor } from "./cnn/pictures";
import { IMAGE_SIZE } from "./image";
import type { Breathe, PictureColumn, PreparedColumn } from "./inputs";
import { PIXELS } from "./pictures";

/** The pictures of a dataset as a network sees them. */
export interface Pixels {
  /** Columns with a picture in them. */
  names: string[];
  /** Decodes the distinct pictures, once. */
  load(breathe: Breathe): Promise<void>;
  /** Of a split's rows, or of some of them: only the pictures that these show. */
  tensor(split: string, rows?: Int32Array): PictureTensor;
}

/** Works on the picture columns of the splits, which share one store. */
export function createPixels(splits: Record<string, readonly PreparedColumn[]>): Pixels {
  const columnsOf = (split: string) =>
    splits[split].filter((column): column is PictureColumn => column.as === "picture");
  const shown = columnsOf("train").filter(({ index }) => index.some((number) => number >= 0));
  const names = shown.map(({ name }) => name);
  const own = (split: string) => columnsOf(split).filter(({ name }) => names.includes(name));
  const places = new Map<number, number>();
  let pixels: Promise<Uint8Array> | undefined;
  let loaded = new Uint8Array(0);

  return {
    names,
    load: async (breathe) => {
      if (!pixels) {
        for (const split of Object.keys(splits)) {
          for (const { index } of own(split)) {
            for (const number of index) if (number >= 0 && !places.has(number)) places.set(number, places.size);
          }
        }
        const [first] = shown;
        pixels = first ? first.store.pixels(Int32Array.from(places.keys()), breathe) : Promise.resolve(loaded);
        pixels.catch(() => {
          pixels = undefined; // a stop is no answer to keep
        });
      }
      loaded = (await pixels) as Uint8Array<ArrayBuffer>;
    },
    tensor: (split, rows) => {
      const columns = own(split);
      const picked = rows ?? Int32Array.from({ length: columns[0]?.index.length ?? 0 }, (_, row) => row);
      const used = new Map<number, number>();
      const index = new Int32Array(picked.length * columns.length);
      picked.forEach((row, i) => {
        for (const [c, column] of columns.entries()) {
          const number = column.index[row];
          if (number >= 0 && !used.has(number)) used.set(number, used.size);
          index[i * columns.length + c] = number < 0 ? -1 : (used.get(number) as number);
        }
      });
      const copied = new Uint8Array(used.size * PIXELS);
      for (const [number, place] of used) {
        const from = (places.get(number) as number) * PIXELS;
        copied.set(loaded.subarray(from, from + PIXELS), place * PIXELS);
      }
      return { rows: picked.length, size: IMAGE_SIZE, pixels: copied, index, columns: columns.length };
    },
  };
}
