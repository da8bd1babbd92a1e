import { learnerInput } from "../nets/checks";

/** Straight RGBA pictures, and which of them each row shows. */
export interface PictureTensor {
  rows: number;
  /** Pixels a side. */
  size: number;
  /** Distinct pictures x size x size x 4. */
  pixels: Uint8Array;
  /** Rows x columns: which picture, -1 where it is missing. */
  index: Int32Array;
  columns: number;
}

export const picturesOf = ({ pixels, size }: PictureTensor): number =>
  size === 0 ? 0 : pixels.length / (size * size * 4);

/**
 * Which pictures have a pixel that is not wholly transparent. An empty picture counts as a missing one, so that an exported
 * model, whose inputs are pictures, can be told of a missing one by an empty one.
 */
export function seenPictures(pictures: PictureTensor): Uint8Array {
  const { pixels, size } = pictures;
  const seen = new Uint8Array(picturesOf(pictures));
  const bytes = size * size * 4;
  for (let picture = 0; picture < seen.length; picture++) {
    for (let at = picture * bytes + 3; at < (picture + 1) * bytes; at += 4) {
      if (pixels[at] === 0) continue;
      seen[picture] = 1;
      break;
    }
  }
  return seen;
}

/** @throws Fault `learner-input` for pictures that do not fill their shape, or an index that points at none */
export function checkPictures(pictures: PictureTensor, purpose: "train" | "predict"): void {
  const { rows, size, columns, index } = pictures;
  const count = picturesOf(pictures);
  if (!Number.isInteger(count)) {
    throw learnerInput(
      `Cannot ${purpose}: ${pictures.pixels.length} bytes are no whole number of pictures of ${size} x ${size} pixels`,
      "Resize all pictures to one size of four channels.",
    );
  }
  if (columns < 1) throw learnerInput(`Cannot ${purpose}: there is no picture column`);
  if (index.length !== rows * columns) {
    throw learnerInput(`Cannot ${purpose}: ${index.length} pictures for ${rows} rows of ${columns} columns`);
  }
  const at = index.findIndex((picture) => picture < -1 || picture >= count);
  if (at >= 0) {
    throw learnerInput(
      `Cannot ${purpose}: row ${Math.floor(at / columns) + 1} shows picture ${index[at]}, and there are ${count}`,
    );
  }
}
